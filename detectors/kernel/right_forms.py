"""Right forms: the fixed wordings from which wrong ones are recognised, whatever they are.

A form is looked for by its pieces. So many changes as are allowed leave at least one piece whole;
where a piece stands and the form does not, the neighbourhood is compared with the form.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
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
SHORT = 5
"""Letters. Pieces of forms up to this length are common words."""
SHORTEST_PIECE = 3
LONGEST_OF_WORDS = 7
"""Letters."""
SEAM = 3
"""Letters on either side of a cut."""
COMMA = "，"
OTHER_PAUSE = str.maketrans("、，", "，、")
PAIR = 2
"""Letters at either end of a short form."""
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
    is_common: bool = False
    """A common phrase or an idiom; short ones with a letter more or less are often lawful, too (稳就业, 稳岗就业)."""
    is_short: bool = field(init=False)
    """Whether its pieces are common words, so that its wrong variants are looked for instead."""

    def __post_init__(self) -> None:
        """Judge its length now: every comparison asks for it."""
        object.__setattr__(self, "is_short", len(self.letters) <= SHORT or self._falls_into_words())

    @classmethod
    def of(
        cls,
        rule: Rule,
        form: str,
        *,
        is_name: bool = False,
        is_place: bool = False,
        is_common: bool = False,
    ) -> RightForm:
        """Take a form as an editor writes it."""
        folded = fold(form)
        return cls(rule, folded, letters_of(folded), is_name, is_place, is_common)

    @property
    def is_formula(self) -> bool:
        """Tell whether it is fixed as a whole, so that letters put in, lost or parted by a mark are looked for."""
        return not self.is_name and not self.is_common

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

    def pieces(self, cuts: Sequence[int]) -> Iterator[Piece]:
        """Cut the form into one piece more than there may be changes, with the marks inside each."""
        for start, end in pairwise(cuts):
            yield self._piece(start, end)

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

    def remarked_pieces(self, cuts: Sequence[int]) -> Iterator[Piece]:
        """Give the pieces with other marks: none at all, a comma for a 、, and a comma in any place.

        A slip in one piece and a mark in the other spoil both. Of three pieces or more a comma leaves one whole.
        """
        for piece in self.pieces(cuts):
            written, bare = piece.written, self.letters[piece.start : piece.end]
            others = {bare, written.translate(OTHER_PAUSE)}
            if self.changes == 1:
                others |= {written[:place] + COMMA + written[place:] for place in range(1, len(written))}
            yield from (Piece(other, piece.start, piece.end) for other in sorted(others - {written}))

    def ends(self) -> Iterator[Piece]:
        """Give pieces of a short form that survive what its wrong variants do not list.

        A letter put in anywhere leaves the one end or the other, if together they are one letter longer
        than the form; the shorter of the two is the rarer word. A slip and a comma leave two letters
        around the comma, or beside it.
        """
        length = len(self.letters)
        shorter, longer = (length + 1) // 2, length + 1 - (length + 1) // 2
        head_is_rarer = rjieba.suggest_freq(self.letters[:shorter]) <= rjieba.suggest_freq(
            self.letters[-shorter:]
        )
        head, tail = (shorter, longer) if head_is_rarer else (longer, shorter)
        yield from (self._piece(0, head), self._piece(length - tail, length))
        if self.form == self.letters:
            first, last = self.letters[:PAIR], self.letters[-PAIR:]
            for parted in (first + COMMA, first[0] + COMMA + first[1]):
                yield Piece(parted, 0, PAIR)
            for parted in (COMMA + last, last[0] + COMMA + last[1]):
                yield Piece(parted, length - PAIR, length)

    def _falls_into_words(self) -> bool:
        """Tell whether a short form can only be cut into common words, which would stand everywhere."""
        if len(self.letters) > LONGEST_OF_WORDS:
            return False
        cut = self.cuts({})[1]
        return all(rjieba.has_word(part) for part in (self.letters[:cut], self.letters[cut:]))

    def _piece(self, start: int, end: int) -> Piece:
        places = self._places_of_letters()
        return Piece(self.form[places[start] : places[end - 1] + 1], start, end)

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
