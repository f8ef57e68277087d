"""Workbooks of Excel and WPS, cell by cell: a row becomes a line, and tabs keep the columns below their heads."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from app.documents import UnreadableError
from app.formats.kernel.limits import Allowance, Deadline
from app.formats.kernel.package import opened
from app.formats.kernel.pieces import Pieces
from app.formats.kernel.reading import File, Format, Options, Reading
from app.places import CellPlace

PACKAGE = b"PK"
DAMAGED = "不是完好的工作簿，或者加了密码"
EXACT = 10**15
"""From here on a spreadsheet has lost digits; it shows such a number as 1.10105E+17."""
LINE_BREAKS = str.maketrans("\r\n\t\v\f", "     ")


def read(file: File, options: Options) -> Reading:
    """Read all sheets, hidden ones too: they are published with the file."""
    # Only the worker imports it.
    from python_calamine import CalamineError, CalamineWorkbook, WorksheetNotFound  # noqa: PLC0415

    deadline = Deadline(options.limits)
    if file.content.startswith(PACKAGE):
        # The library trusts the sizes that a package declares.
        with opened(file.content, Allowance(options.limits), deadline, DAMAGED):
            pass
    pieces = Pieces()
    cells_left = options.limits.cells
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(file.content))
        for name in book.sheet_names:
            try:
                sheet = book.get_sheet_by_name(name)
            except WorksheetNotFound:
                # A chart.
                continue
            pieces.add(name, CellPlace(name, 0, 0))
            pieces.part("\n")
            # Rows count from the first of the sheet, columns from the first that holds anything.
            offset = sheet.start[1] if sheet.start else 0
            for number, row in enumerate(sheet.iter_rows() if sheet.start else (), start=1):
                cells_left -= _add_row(pieces, name, number, offset, row)
                if cells_left < 0:
                    raise UnreadableError(f"单元格超过 {options.limits.cells} 个")
                if number % 1000 == 0:
                    deadline.check()
            pieces.part("\n")
    except (CalamineError, OSError, ValueError):
        raise UnreadableError(DAMAGED) from None
    return Reading(file.name, pieces.text, pieces)


def _add_row(pieces: Pieces, sheet: str, number: int, offset: int, row: Sequence[Any]) -> int:
    """Add the cells of a row up to the last that holds anything, and count those that do."""
    texts = [shown(value) for value in row]
    while texts and not texts[-1]:
        texts.pop()
    if not texts:
        return 0
    for column, text in enumerate(texts, start=offset + 1):
        pieces.add(text, CellPlace(sheet, number, column))
        pieces.part("\t")
    pieces.part("\n")
    return len(texts) - texts.count("")


def shown(value: object) -> str:
    """Write the value of a cell as a spreadsheet shows it in a column of text."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        if value.is_integer() and abs(value) < EXACT:
            return str(int(value))
        return f"{value:.15G}" if abs(value) >= EXACT else repr(value)
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}"
    if isinstance(value, date | time | timedelta):
        return str(value)
    return str(value).translate(LINE_BREAKS)


FORMAT = Format(frozenset({".xlsx", ".xlsm", ".xls", ".et"}), read, isolated=True)
