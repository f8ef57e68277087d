"""The table as an xlsx workbook: lists to choose from when it goes out, distrust when it comes in."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.datavalidation import DataValidation

from app.site.entry import Kept
from app.site_files.columns import (
    CATEGORIES,
    CATEGORY,
    EXPIRES,
    HEADINGS,
    KIND,
    KINDS,
    LEVEL,
    LEVELS,
    MATCH,
    MATCHES,
    MOST_ROWS,
    REASON,
    CellFault,
    FileRefusedError,
    Line,
    read_table,
    written,
)
from app.zip_errors import ZIP_ERRORS

SHEET = "本站词库"
UNPACKED_LIMIT = 256 * 1024 * 1024
"""Bytes of all parts together; 200,000 full rows take less than half."""
MOST_PARTS = 200
STRETCH = 1 << 20
DOCTYPE = b"<!DOCTYPE"
NO_WORKBOOK = "不是有效的 xlsx 文件"
CHOICES: Mapping[str, Collection[str]] = {KIND: KINDS, CATEGORY: CATEGORIES, LEVEL: LEVELS, MATCH: MATCHES}
WIDTHS = {"词语": 24, "改为": 24, "范围": 18, REASON: 48, "单位": 24, EXPIRES: 12}


def read_xlsx(content: bytes) -> list[Line]:
    """Read the first sheet of a workbook.

    Raises:
        FileRefusedError: it is no workbook, unpacks to too much, or a cell cannot be read.
    """
    return read_table(*xlsx_rows(content))


def xlsx_rows(content: bytes) -> tuple[str, list[tuple[int, Sequence[str]]]]:
    """Give the name of the first sheet of a workbook, and number and cells of each of its rows.

    Raises:
        FileRefusedError: it is no workbook, unpacks to too much, or a cell is no text.
    """
    _refuse_bombs(content)
    # The library has no one error for what is broken inside a package.
    broken = (InvalidFileException, ParseError, zipfile.BadZipFile, KeyError, ValueError, TypeError, EOFError)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        sheet = book.worksheets[0]
        title = str(sheet.title)
        rows = list(_rows(sheet, title))
        book.close()
    except (*broken, IndexError, AttributeError):
        raise _refusal(NO_WORKBOOK) from None
    return title, rows


def _refuse_bombs(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
            # A part that holds more than it declares is cut off there and fails its check sum.
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > UNPACKED_LIMIT:
                raise _refusal("文件展开后过大")
            defines = any(_defines_entities(package, part) for part in parts)
    except ZIP_ERRORS:
        raise _refusal(NO_WORKBOOK) from None
    if defines:
        raise _refusal(NO_WORKBOOK)


def _defines_entities(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Tell whether a part declares a document type: the format knows none, and entities can blow up."""
    rest = b""
    with package.open(part) as content:
        while chunk := content.read(STRETCH):
            # Without its noughts, UTF-16 reads like ASCII.
            chunk = rest + chunk.replace(b"\0", b"")
            if DOCTYPE in chunk:
                return True
            rest = chunk[-len(DOCTYPE) :]
    return False


def _refusal(reason: str) -> FileRefusedError:
    return FileRefusedError([CellFault("xlsx", 0, "", reason)])


def _rows(sheet: Any, title: str) -> Iterator[tuple[int, Sequence[str]]]:
    last = MOST_ROWS + 2
    for number, cells in enumerate(sheet.iter_rows(max_row=last, max_col=len(HEADINGS) + 5), start=1):
        yield number, [_text_of(cell, title, number) for cell in cells]


def _text_of(cell: Any, title: str, row: int) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        raise FileRefusedError([CellFault(title, row, get_column_letter(cell.column), "是公式，不能导入")])
    if isinstance(value, datetime | date):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, bool | float):
        reason = "应是文字；数字请设为文本格式"
        raise FileRefusedError([CellFault(title, row, get_column_letter(cell.column), reason)])
    return str(value)


def write_xlsx(kept: Iterable[Kept]) -> bytes:
    """Write entries as a workbook, with lists to choose kind, category, level and match from."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(SHEET)
    sheet.freeze_panes = "A2"
    for place, name in enumerate(HEADINGS, start=1):
        column = get_column_letter(place)
        sheet.column_dimensions[column].width = WIDTHS.get(name, 10)
        if name in CHOICES:
            choice = DataValidation("list", formula1=f'"{",".join(CHOICES[name])}"', allow_blank=True)
            choice.add(f"{column}2:{column}{MOST_ROWS + 1}")
            sheet.data_validations.append(choice)
    sheet.append(HEADINGS)
    for one in kept:
        sheet.append([_as_text(sheet, cell) for cell in written(one)])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _as_text(sheet: Any, value: str) -> Any:
    """Make a cell that a spreadsheet takes for text, whatever it looks like."""
    if not value:
        return None
    cell = WriteOnlyCell(sheet, value)
    cell.data_type = "s"
    cell.number_format = "@"
    return cell
