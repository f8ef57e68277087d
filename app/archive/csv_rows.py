"""A table as CSV, in UTF-8 or GB18030; or with tabs."""

from __future__ import annotations

import csv
from codecs import BOM_UTF8
from collections.abc import Iterator, Sequence
from typing import IO

from app.archive.rows import Row, SourceError
from app.archive.storage import opened, suffix_of
from app.documents import WIDE

BEGINNING = 1 << 20
"""Bytes by which the encoding is told."""
BAD_BYTES = "\ufffd"
BAD_ENCODING = "这一行的编码有误"


class CsvRows:
    """The records of a file; one may go over several lines."""

    def __init__(self, location: str, longest: int) -> None:
        """Take a file.

        Args:
            location: where it lies.
            longest: characters of a cell; a longer one ends the reading.
        """
        self._location, self._longest = location, longest
        self._mark = "\t" if suffix_of(location) == ".tsv" else ","
        self._start: tuple[Sequence[str], int, str] | None = None

    def headings(self) -> Sequence[str]:
        """Read the first record."""
        return self._beginning()[0]

    def rows(self, number: int = 1, position: int | None = None) -> Iterator[Row]:
        """Read records; empty ones count as rows and are left out."""
        headings, first, encoding = self._beginning()
        with opened(self._location) as file:
            file.seek(first if position is None else position)
            for start, cells in self._records(file, encoding):
                if any(cells):
                    fault = BAD_ENCODING if any(BAD_BYTES in cell for cell in cells) else ""
                    yield Row(number, start, dict(zip(headings, cells, strict=False)), fault)
                number += 1

    def _beginning(self) -> tuple[Sequence[str], int, str]:
        """Find headings, the position of the first row, and the encoding."""
        if self._start is None:
            with opened(self._location) as file:
                beginning = file.read(BEGINNING)
                if beginning.startswith(tuple(WIDE.values())):
                    # Rows are found again by the position of their lines, which ends of one byte tell.
                    raise SourceError(
                        "清单是 UTF-16 编码（Excel 的“Unicode 文本”）；请另存为 CSV UTF-8 或 xlsx"
                    )
                encoding = _encoding_of(beginning)
                # Behind the byte order mark: before a quoted heading it would hide the quotation mark.
                file.seek(len(BOM_UTF8) if beginning.startswith(BOM_UTF8) else 0)
                records = self._records(file, encoding)
                _, headings = next(records, (0, []))
                if not any(headings):
                    raise SourceError("来源文件是空的，第 1 行应是列名")
                self._start = [heading.strip() for heading in headings], file.tell(), encoding
        return self._start

    def _records(self, file: IO[bytes], encoding: str) -> Iterator[tuple[int, list[str]]]:
        """Give each record with the position at which it begins."""
        csv.field_size_limit(self._longest)
        # The reader takes as many lines as a record has, and not one more.
        lines = (line.decode(encoding, "replace") for line in iter(file.readline, b""))
        records = csv.reader(lines, delimiter=self._mark)
        while True:
            start = file.tell()
            try:
                yield start, next(records)
            except StopIteration:
                return
            except csv.Error:
                raise SourceError("来源文件不是有效的 CSV：有一格过长，或引号不成对") from None


def _encoding_of(beginning: bytes) -> str:
    # The last character may be cut.
    whole = beginning[: beginning.rfind(b"\n") + 1] or beginning
    try:
        whole.decode("utf-8")
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"
