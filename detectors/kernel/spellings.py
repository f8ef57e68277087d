"""The ways in which a form is written otherwise than it is listed.

Traditional characters, letter case, and the disguises of those who want to be read and not found. Width, blanks and invisible characters are no spellings: `Text.of` folds them for every detector.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from enum import StrEnum
from functools import cache
from itertools import islice, product
from pathlib import Path

from detectors.kernel.confusion import Characters, characters_of
from detectors.kernel.sources import LexiconError


class Spelling(StrEnum):
    """A way of writing a form; the value is what an entry asks for in `variants`."""

    TRADITIONAL = "traditional"
    CASE = "case"
    MARKS = "marks"
    SPLIT = "split"
    PINYIN = "pinyin"


MARKS = "·•・-.*_/|+~～#★☆"
"""Marks that part the characters of a disguised word. The comma and 、 part words of lawful lists."""
MOST_TRADITIONAL = 24
"""Spellings of one form; 台 and 发 have several traditional characters each."""
COLUMNS = 3


class WrittenForms:
    """The table lexicons/written_forms.txt: traditional characters, and parts that a character falls into."""

    def __init__(
        self, rows: Mapping[str, tuple[str, tuple[str, ...]]], characters: Characters | None
    ) -> None:
        """Take for each character its traditional ones and its parts, and the table of sounds."""
        self._rows = rows
        self._characters = characters
        self.plain = {
            ord(traditional): char
            for char, (others, _) in rows.items()
            for traditional in others
            if traditional not in rows
        }
        """For `str.translate`: from the traditional characters back to those of the lexicon."""

    def __contains__(self, char: object) -> bool:
        """Tell whether the table knows a character, be it one that is written in one way only."""
        return char in self._rows

    def traditional(self, form: str) -> Iterator[str]:
        """Write a form with traditional characters, all of them or some, if it has any that differ."""
        choices = [(*self._rows.get(char, ("", ()))[0],) or (char,) for char in form]
        return (
            written
            for written in islice(map("".join, product(*choices)), MOST_TRADITIONAL)
            if written != form
        )

    def split(self, form: str) -> Iterator[str]:
        """Write one character, or each, as the parts it is made of (代孕 → 代乃子)."""
        parts = [self._rows.get(char, ("", ()))[1] for char in form]
        for place, choices in enumerate(parts):
            for choice in choices:
                yield form[:place] + choice + form[place + 1 :]
        if sum(map(bool, parts)) > 1:
            yield "".join(choices[0] if choices else char for char, choices in zip(form, parts, strict=True))

    def pinyin(self, form: str) -> Iterator[str]:
        """Write one character as it sounds (代孕 → dai孕); wholly in letters, a form is another language."""
        for place, char in enumerate(form):
            if self._characters and (sound := self._characters.sound(char)):
                yield form[:place] + sound + form[place + 1 :]


@cache
def written_forms_of(lexicons: Path) -> WrittenForms:
    """Read the table of a lexicon folder once; a folder without one knows no such spellings.

    Raises:
        LexiconError: a line has not three columns, or a character stands twice.
    """
    table = lexicons / "written_forms.txt"
    if not table.exists():
        return WrittenForms({}, None)
    rows: dict[str, tuple[str, tuple[str, ...]]] = {}
    for number, line in enumerate(table.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("#"):
            continue
        columns = line.split("\t")
        if len(columns) != COLUMNS or len(columns[0]) != 1 or columns[0] in rows:
            raise LexiconError(f"{table.name} 第 {number} 行：应是 字⇥繁体⇥拆分，一字一行")
        rows[columns[0]] = (columns[1], tuple(columns[2].split()))
    return WrittenForms(rows, characters_of(lexicons))


def spellings(form: str, kinds: Collection[Spelling], table: WrittenForms) -> Iterator[str]:
    """List the other ways in which a folded form is written; some may come twice."""
    written = [form]
    if Spelling.TRADITIONAL in kinds:
        written += table.traditional(form)
    if Spelling.MARKS in kinds:
        written += _parted(form)
    if Spelling.SPLIT in kinds:
        written += table.split(form)
    if Spelling.PINYIN in kinds:
        written += table.pinyin(form)
    if Spelling.CASE in kinds:
        written += [cased for one in tuple(written) for cased in (one.lower(), one.upper(), one.title())]
    return (one for one in written if one != form)


def _parted(form: str) -> Iterator[str]:
    """Put one mark between all characters of a form, or between two of them."""
    for mark in MARKS:
        yield mark.join(form)
        for place in range(1, len(form)):
            yield form[:place] + mark + form[place:]
