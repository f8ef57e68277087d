"""The table as CSV: UTF-8 with a byte order mark, so that spreadsheets know it; GB18030 is read, too."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from app.documents import UnreadableError, decode
from app.site.entry import Kept
from app.site_files.columns import HEADINGS, CellFault, FileRefusedError, Line, read_table, written

SHEET = "CSV"


def read_csv(content: bytes) -> list[Line]:
    """Read a CSV file.

    Raises:
        FileRefusedError: it is no text, no CSV, or a cell cannot be read.
    """
    return read_table(*csv_rows(content))


def csv_rows(content: bytes) -> tuple[str, Iterator[tuple[int, list[str]]]]:
    """Give what a CSV file is called in faults, and number and cells of each of its rows.

    Raises:
        FileRefusedError: it is no text; while the rows are read: it is no CSV.
    """
    try:
        text = decode(content)
    except UnreadableError as error:
        raise FileRefusedError([CellFault(SHEET, 0, "", str(error))]) from None
    return SHEET, _rows(text)


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    row = 0
    while True:
        row += 1
        try:
            yield row, next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise FileRefusedError([CellFault(SHEET, row, "", "不是合格的 CSV（引号不成对等）")]) from None


def write_csv(kept: Iterable[Kept]) -> bytes:
    """Write entries as a CSV file."""
    text = io.StringIO(newline="")
    rows = csv.writer(text)
    rows.writerow(HEADINGS)
    rows.writerows(map(written, kept))
    return text.getvalue().encode("utf-8-sig")
