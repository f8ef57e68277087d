"""A table in the first sheet of a workbook. The sheet is read whole: a list of articles, at most a million rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

from app.archive.rows import Row, SourceError
from app.archive.storage import opened


class WorkbookRows:
    """The rows of the first sheet."""

    def __init__(self, location: str) -> None:
        """Take a file."""
        self._location = location

    def headings(self) -> Sequence[str]:
        """Read the first row."""
        return [str(cell).strip() for cell in next(iter(self._cells), [])]

    def rows(self, number: int = 1, position: int | None = None) -> Iterator[Row]:
        """Read rows; empty ones count and are left out."""
        headings = self.headings()
        for before in range(number - 1 if position is None else position, len(self._cells) - 1):
            cells = self._cells[before + 1]
            if any(cell != "" for cell in cells):
                yield Row(before + 1, before, dict(zip(headings, cells, strict=False)))

    @cached_property
    def _cells(self) -> list[list[Any]]:
        from python_calamine import CalamineWorkbook  # noqa: PLC0415 - loaded when a list is a workbook

        try:
            with opened(self._location) as file:
                sheet = CalamineWorkbook.from_filelike(file).get_sheet_by_index(0)
                return list(sheet.to_python(skip_empty_area=False))
        except SourceError:
            raise
        except Exception as error:  # noqa: BLE001 - the library has no one error for what is broken inside
            raise SourceError(f"不是有效的工作簿（{type(error).__name__}）") from None
