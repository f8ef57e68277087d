"""Right forms: the fixed wordings from which wrong ones are recognised, whatever they are.

A form is looked for by its pieces. So many changes as are allowed leave at least one piece whole;
where a piece stands and the form does not, the neighbourhood is compared with the form.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import rjieba

from detectors.kernel.boundaries import word_edges
from detectors.kernel.finding import Category, Rule, Severity, Source
from detectors.kernel.tables import RULE_OPTIONAL, RULE_REQUIRED, TableFolder, TableReader
from detectors.kernel.text import fold, fold_all

SOFT_MARKS = frozenset("、，·“”‘’《》〈〉「」『』\"',—－-+ ")
"""Marks that come and go inside a form without making it another."""
SOFT_MARK = re.compile("[" + "".join(map(re.escape, sorted(SOFT_MARKS))) + "]", re.ASCII)
"""One of them. Of single characters `re` finds one three times as fast as `regex`."""
SHORTEST = 4
"""Letters. Shorter formulas are words that stand in other words."""
SHORTEST_PIECE = 3
LONGEST_OF_WORDS = 7
"""Letters."""
SEAM = 3
"""Letters on either side of a cut."""
LONG, VERY_LONG = 12, 16
"""From so many letters on a form is recognised through two and through three changes."""
REQUIRED = {"form": list} | RULE_REQUIRED
OPTIONAL = {"allow": list} | RULE_OPTIONAL


def letters_of(form: str) -> str:
    """Strip a folded form of its soft marks."""
    return "".join(char for char in form if char not in SOFT_MARKS)


def without_marks(text: str) -> str:
    """Strip a stretch of text of its soft marks; most have none."""
    return text if SOFT_MARK.search(text) is None else SOFT_MARK.sub("", text)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a form, with the marks inside it."""

    written: str
    start: int
    end: int
    """Of the form's letters."""


@dataclass(frozen=True, slots=True)
class RightForm:
    """One fixed wording."""

    rule: Rule
    form: str
    """Folded, with its marks."""
    letters: str
    """Without them."""
    is_name: bool = False
    """A name, in which even 和 and 与 are fixed."""
    is_place: bool = False
    """One of thousands of names, which near sounds would lead from one to the other."""

    @classmethod
    def of(cls, rule: Rule, form: str, *, is_name: bool = False, is_place: bool = False) -> RightForm:
        """Take a form as an editor writes it."""
        folded = fold(form)
        return cls(rule, folded, letters_of(folded), is_name, is_place)

    @property
    def changes(self) -> int:
        """Through how many changes the form is recognised."""
        if len(self.letters) < LONG:
            return 1
        return 2 if len(self.letters) < VERY_LONG else 3

    def cuts(self, shared: Mapping[str, int]) -> list[int]:
        """Choose where to cut the form: inside a word, and where few other forms are cut alike.

        A piece that ends inside a word stands nearly nowhere but in the form; a piece made of words
        stands everywhere, and each time its neighbourhood would have to be compared.

        Args:
            shared: how many forms begin or end with a string.
        """
        count, length = self.changes + 1, len(self.letters)
        edges = word_edges(self.letters)
        shortest = min(SHORTEST_PIECE, length // count)
        chosen = [0]
        for number in range(1, count):
            even = length * number // count
            least, most = chosen[-1] + shortest, length - shortest * (count - number)
            weights = {
                cut: (
                    cut in edges,
                    shared.get(self.letters[:cut], 0) + shared.get(self.letters[cut:], 0),
                    abs(cut - even),
                )
                for cut in range(least, most + 1)
            }
            chosen.append(min(weights, key=weights.__getitem__))
        return [*chosen, length]

    @property
    def falls_into_words(self) -> bool:
        """Tell whether a short form can only be cut into common words, which would stand everywhere."""
        if len(self.letters) > LONGEST_OF_WORDS:
            return False
        cut = self.cuts({})[1]
        return all(rjieba.has_word(part) for part in (self.letters[:cut], self.letters[cut:]))

    def pieces(self, cuts: Sequence[int]) -> Iterator[Piece]:
        """Cut the form into one piece more than there may be changes, with the marks inside each."""
        places = self._places_of_letters()
        for start, end in pairwise(cuts):
            yield Piece(self.form[places[start] : places[end - 1] + 1], start, end)

    def seams(self, cuts: Sequence[int]) -> Iterator[Piece]:
        """Give the pieces in which two letters across a cut have changed places: both pieces are lost then."""
        places = self._places_of_letters()
        for cut in cuts[1:-1]:
            start, end = max(0, cut - SEAM), min(len(self.letters), cut + SEAM)
            left, right = self.letters[cut - 1], self.letters[cut]
            if left != right and places[cut] == places[cut - 1] + 1:
                before = self.form[places[start] : places[cut - 1]]
                behind = self.form[places[cut] + 1 : places[end - 1] + 1]
                yield Piece(before + right + left + behind, start, end)

    def with_marks(self, letters: str) -> str:
        """Put the form's marks between as many other letters; marks at either end are left out."""
        following = iter(letters)
        written = "".join(char if char in SOFT_MARKS else next(following) for char in self.form)
        return written.strip("".join(SOFT_MARKS))

    def is_beside_mark(self, place: int) -> bool:
        """Tell whether a letter is the first or the last of a part between marks."""
        marks = self._places_of_marks()
        return place in marks or place + 1 in marks

    def _places_of_letters(self) -> list[int]:
        return [place for place, char in enumerate(self.form) if char not in SOFT_MARKS]

    def _places_of_marks(self) -> list[int]:
        places, letters = [], 0
        for char in self.form:
            if char in SOFT_MARKS:
                places.append(letters)
            else:
                letters += 1
        return places


def shared_ends(forms: Iterable[RightForm]) -> Mapping[str, int]:
    """Count how many forms begin or end with each string."""
    return Counter(
        part
        for form in forms
        for cut in range(1, len(form.letters))
        for part in (form.letters[:cut], form.letters[cut:])
    )


@dataclass(frozen=True, slots=True)
class Formulas:
    """The forms of one folder, and the strings near them that are lawful."""

    forms: tuple[RightForm, ...]
    allowed: frozenset[str]


def read_formulas(folder: Path, sources: Mapping[str, Source], prefix: str) -> Formulas:
    """Read the formula entries of a folder.

    Raises:
        LexiconError: a file cannot be read, or an entry is not whole.
    """
    forms: list[RightForm] = []
    allowed: set[str] = set()
    for table, place in TableFolder(folder).entries():
        reader = TableReader(table, place, sources, required=REQUIRED, optional=OPTIONAL)
        written = reader.words("form")
        rule = reader.rule(
            prefix=prefix,
            name=f"“{written[0].strip('“”')}”应写准确",
            category=Category.EXPRESSION,
            severity=Severity.ERROR,
            uses=written,
        )
        for form in written:
            made = RightForm.of(rule, form)
            if len(made.letters) < SHORTEST:
                raise reader.refuse(f"form“{form}”太短，至少要 {SHORTEST} 个字")
            forms.append(made)
        for wording in fold_all(reader.words("allow")):
            allowed.update((wording, letters_of(wording)))
    return Formulas(tuple(forms), frozenset(allowed))
