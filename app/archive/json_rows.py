"""A dataset with a JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import IO, Any

from app.archive.rows import Row, SourceError
from app.archive.storage import opened

BAD_LINE = "这一行不是 JSON 对象"
FEW = 100
"""Rows that are looked at for the names of columns."""


class JsonRows:
    """The lines of a file."""

    def __init__(self, location: str, longest: int) -> None:
        """Take a file.

        Args:
            location: where it lies.
            longest: bytes of a line that are read; a longer one is a fault.
        """
        self._location, self._longest = location, longest

    def headings(self) -> Sequence[str]:
        """Name the keys of the first rows."""
        names: dict[str, None] = {}
        for row in self.rows():
            names |= dict.fromkeys(row.cells)
            if row.number == FEW:
                break
        if not names:
            raise SourceError("来源文件中没有 JSON 对象")
        return list(names)

    def rows(self, number: int = 1, position: int | None = None) -> Iterator[Row]:
        """Read lines; empty ones count as rows and are left out."""
        with opened(self._location) as file:
            file.seek(position or 0)
            while line := file.readline(self._longest + 1):
                start = position or 0
                size = len(line) if line.endswith(b"\n") else len(line) + _skip_line(file, line)
                if len(line) > self._longest:
                    yield Row(number, start, {}, f"这一行超过 {self._longest:,} 字节")
                elif line.strip():
                    yield _row(number, start, line)
                number, position = number + 1, start + size


def _skip_line(file: IO[bytes], begun: bytes) -> int:
    """Read on to the end of a line that is too long; give how many bytes that were."""
    skipped, stretch = 0, begun
    while not stretch.endswith(b"\n") and (stretch := file.readline(1 << 20)):
        skipped += len(stretch)
    return skipped


def _row(number: int, start: int, line: bytes) -> Row:
    try:
        cells: Any = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        cells = None
    if not isinstance(cells, dict):
        return Row(number, start, {}, BAD_LINE)
    return Row(number, start, cells)
