"""A long text in pieces, each with what the rest of the text says about it (docs/decisions/0035).

A list of a million rows is not held in memory at once. A *piece* is some thousand whole lines. Around it stand the lines
before and after, since what is personal depends on them; before these the heads of its tables, since whether a word
stands in the text is asked of a piece, too. Which tables there are has been found out by reading the text once.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path
from typing import Self

from app.documents import BYTE_ORDER_MARKED, CONTROL, ENCODINGS, NO_ENCODING, NO_TEXT, WIDE, UnreadableError
from app.files import TEXT, known_formats
from app.formats.kernel.limits import Limits
from app.places import LinePlace
from detectors.kernel.columns import LONGEST_ROW, Table, Tables, lines_of, opening_of, tables_in
from detectors.kernel.finding import Finding, Span
from detectors.kernel.system_errors import reason_of
from detectors.kernel.text import Text

LONG = 1_000_000
"""Bytes of a file from which on it is read in pieces."""
PIECE = 100_000
"""Code points; the rest of the last line is added."""
BEFORE = LONGEST_ROW + 400
"""Code points of whole lines shown before a piece, at least: nothing in it asks for more."""
AFTER = 1_000
"""Likewise behind it."""


@dataclass(frozen=True)
class Piece:
    """Some lines of a long text between others, to be checked like a text of its own."""

    text: Text = field(repr=False)
    """To be checked: the heads of the tables, the lines before, its own, and those behind."""
    heads: int
    """Length of the heads."""
    shown: str = field(repr=False)
    """The same without the heads: places refer to this."""
    start: int
    """Where its own lines begin in what is shown, in code points."""
    end: int
    offset: int
    """Added to a place gives the place in the whole."""
    first_line: int
    """How many lines of the whole stand before its own."""

    def found(self, findings: Iterable[Finding]) -> list[Finding]:
        """Give what was found in its text, with places in what is shown."""
        return [
            replace(finding, span=Span(finding.span.start - self.heads, finding.span.end - self.heads))
            for finding in findings
            if finding.span.start >= self.heads
        ]

    def owns(self, finding: Finding) -> bool:
        """Tell whether a finding begins in its own lines, and not in those around them."""
        return self.start <= finding.span.start < self.end

    def place(self, span: Span) -> LinePlace:
        """Find line and column of a span; in its own lines only."""
        number = bisect_right(self._line_starts, span.start)
        return LinePlace(self.first_line + number, span.start - self._line_starts[number - 1] + 1)

    @cached_property
    def _line_starts(self) -> tuple[int, ...]:
        starts = (start for start, _ in lines_of(self.own))
        return tuple(self.start + start for start in starts)

    @property
    def own(self) -> str:
        """Its own lines."""
        return self.shown[self.start : self.end]


@dataclass(frozen=True, slots=True)
class LongText:
    """A text file that is read in pieces, as often as asked."""

    path: Path
    encoding: str
    state: tuple[int, int]
    """Size and time of the last change: places found in one reading must hold in the next."""
    tables: tuple[Table, ...] = field(repr=False)
    """In code points of the folded text."""
    opening: str = field(repr=False)

    @classmethod
    def of(cls, path: Path, limits: Limits) -> Self:
        """Read a file once, to find its encoding and its tables.

        Raises:
            UnreadableError: it is missing, forbidden, too large, or no text.
        """
        try:
            limits.refuse_large(path.stat().st_size)
            encoding = _encoding_of(path)
        except OSError as error:
            raise UnreadableError(f"读不到文件（{reason_of(error)}）") from error
        return cls.in_encoding(path, encoding)

    @classmethod
    def in_encoding(cls, path: Path, encoding: str) -> Self:
        """Read a file of a known encoding once, to find its tables."""
        state = _state_of(path)
        opening = next((opening_of(_folded(chunk)) for chunk in _chunks(path, encoding)), "")
        return cls(path, encoding, state, tuple(tables_in(_folded_lines(path, encoding))), opening)

    def pieces(self) -> Iterator[Piece]:
        """Read it piece by piece.

        Raises:
            UnreadableError: somebody writes into the file.
        """
        starts = [table.start for table in self.tables]
        before = ""
        offset = folded_offset = first_line = 0
        chunks = _chunks(self.path, self.encoding)
        chunk = next(chunks, "")
        while chunk:
            following = next(chunks, "")
            if _state_of(self.path) != self.state:
                raise UnreadableError("读取期间文件有改动")
            after = following[: following.find("\n", AFTER) + 1 or len(following)]
            lengths = [len(_folded(part)) for part in (before, chunk, after)]
            reaching = self._reaching(
                starts, folded_offset - lengths[0], folded_offset + lengths[1] + lengths[2]
            )
            heads = _heads(reaching)
            shown = f"{before}{chunk}{after}"
            distance = len(_folded(heads)) + lengths[0] - folded_offset
            moved = [table.moved(distance) for table in reaching]
            yield Piece(
                Text(f"{heads}{shown}", tables_of=partial(Tables, known=moved, opening=self.opening)),
                len(heads),
                shown,
                len(before),
                len(before) + len(chunk),
                offset - len(before),
                first_line,
            )
            offset += len(chunk)
            folded_offset += lengths[1]
            first_line += chunk.count("\n")
            before += chunk
            before = before[before.rfind("\n", 0, max(0, len(before) - BEFORE)) + 1 :]
            chunk = following

    def _reaching(self, starts: list[int], first: int, last: int) -> tuple[Table, ...]:
        """Give the tables that have a part between two places of the folded text."""
        begun = earliest = bisect_left(starts, last)
        while earliest > 0 and self.tables[earliest - 1].end > first:
            earliest -= 1
        return self.tables[earliest:begun]


def is_long_text(path: Path) -> bool:
    """Tell whether a file is a text, and so long that it is read in pieces.

    UTF-16 is read at once: nobody writes lists of a million rows in it.
    """
    try:
        known = known_formats().get(path.suffix.lower(), known_formats()[TEXT])
        is_long = known == known_formats()[TEXT] and path.is_file() and path.stat().st_size >= LONG
        return is_long and not _is_wide(path)
    except OSError:
        return False


def _is_wide(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(2) in WIDE.values()


def _heads(tables: Iterable[Table]) -> str:
    """Write the heads of some tables, each once."""
    lines = dict.fromkeys(table.separator.join(head.cells) for table in tables for head in table.heads)
    return "".join(f"{line}\n" for line in lines)


def _state_of(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_size, status.st_mtime_ns


def _encoding_of(path: Path) -> str:
    for encoding in ENCODINGS:
        try:
            for chunk in _chunks(path, encoding):
                if CONTROL.search(chunk):
                    raise UnreadableError(NO_TEXT)
        except UnicodeDecodeError:
            continue
        with path.open("rb") as file:
            marked = file.read(len(BOM_UTF8)) == BOM_UTF8
        return "utf-8" if encoding == BYTE_ORDER_MARKED and not marked else encoding
    raise UnreadableError(NO_ENCODING)


def _chunks(path: Path, encoding: str) -> Iterator[str]:
    """Read whole lines, so many at a time as make a piece."""
    # Ends of lines stay as they are.
    with path.open(encoding=encoding, newline="\n") as file:
        while chunk := file.read(PIECE) + file.readline():
            yield chunk


def _folded_lines(path: Path, encoding: str) -> Iterator[tuple[int, str]]:
    offset = 0
    for chunk in _chunks(path, encoding):
        folded = _folded(chunk)
        for start, line in lines_of(folded):
            yield offset + start, line
        offset += len(folded)


def _folded(lines: str) -> str:
    # Nothing is folded across the end of a line, so that whole lines are folded as in the whole text.
    return Text.of(lines).folded
