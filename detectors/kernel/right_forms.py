"""Right forms: the fixed wordings from which wrong ones are recognised, whatever they are.

A form is looked for by its pieces. So many changes as are allowed leave at least one piece whole;
where a piece stands and the form does not, the neighbourhood is compared with the form.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import rjieba

from detectors.kernel.finding import Category, Rule, Severity, Source
from detectors.kernel.tables import RULE_OPTIONAL, RULE_REQUIRED, TableFolder, TableReader
from detectors.kernel.text import fold, fold_all

SOFT_MARKS = frozenset("、，·“”‘’《》〈〉（）「」『』\"'(),—－-+ ")
"""Marks that come and go inside a form without making it another."""
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


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a form's letters that stands there without a mark inside."""

    letters: str
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

    @classmethod
    def of(cls, rule: Rule, form: str, *, is_name: bool = False) -> RightForm:
        """Take a form as an editor writes it."""
        folded = fold(form)
        return cls(rule, folded, letters_of(folded), is_name)

    @property
    def changes(self) -> int:
        """Through how many changes the form is recognised."""
        if len(self.letters) < LONG:
            return 1
        return 2 if len(self.letters) < VERY_LONG else 3

    def cuts(self) -> list[int]:
        """Choose where to cut the form: inside a word, as near as can be to even parts.

        A piece that ends inside a word stands nearly nowhere but in the form; a piece made of words
        stands everywhere, and each time its neighbourhood would have to be compared.
        """
        count, length = self.changes + 1, len(self.letters)
        edges, position = set(), 0
        for word in rjieba.cut(self.letters, False):
            position += len(word)
            edges.add(position)
        shortest = min(SHORTEST_PIECE, length // count)
        chosen = [0]
        for number in range(1, count):
            even = length * number // count
            least, most = chosen[-1] + shortest, length - shortest * (count - number)
            chosen.append(min(range(least, most + 1), key=lambda cut: (cut in edges, abs(cut - even), cut)))
        return [*chosen, length]

    @property
    def falls_into_words(self) -> bool:
        """Tell whether a short form can only be cut into common words, which would stand everywhere."""
        if len(self.letters) > LONGEST_OF_WORDS:
            return False
        cut = self.cuts()[1]
        return all(rjieba.has_word(part) for part in (self.letters[:cut], self.letters[cut:]))

    def pieces(self) -> Iterator[Piece]:
        """Cut the form into one piece more than there may be changes.

        A mark inside a piece ends it: in a text the mark may be there or not. The longest run of
        letters stands for the piece then.
        """
        marked = self._places_of_marks()
        for first, last in pairwise(self.cuts()):
            edges = [first, *(place for place in marked if first < place < last), last]
            start, end = max(pairwise(edges), key=lambda run: run[1] - run[0])
            yield Piece(self.letters[start:end], start, end)

    def seams(self) -> Iterator[Piece]:
        """Give the pieces in which two letters across a cut have changed places: both pieces are lost then."""
        for cut in self.cuts()[1:-1]:
            start, end = max(0, cut - SEAM), min(len(self.letters), cut + SEAM)
            swapped = self.letters[cut] + self.letters[cut - 1]
            letters = self.letters[start : cut - 1] + swapped + self.letters[cut + 1 : end]
            if swapped[0] != swapped[1]:
                yield Piece(letters, start, end)

    def with_marks(self, letters: str) -> str:
        """Put the form's marks between as many other letters; marks at either end are left out."""
        following = iter(letters)
        written = "".join(char if char in SOFT_MARKS else next(following) for char in self.form)
        return written.strip("".join(SOFT_MARKS))

    def is_beside_mark(self, place: int) -> bool:
        """Tell whether a letter is the first or the last of a part between marks."""
        marks = self._places_of_marks()
        return place in marks or place + 1 in marks

    def _places_of_marks(self) -> list[int]:
        places, letters = [], 0
        for char in self.form:
            if char in SOFT_MARKS:
                places.append(letters)
            else:
                letters += 1
        return places


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
