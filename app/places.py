"""Where something stands in a file, as an editor finds it and as a program reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in points, from the upper left corner of the page."""


class Place(Protocol):
    """A place in a file; as a string it is what an editor looks for."""

    def fields(self) -> Mapping[str, object]:
        """Name its parts for programs."""


@dataclass(frozen=True, slots=True)
class LinePlace:
    """Of a text; both count from 1, columns in code points."""

    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.line}:{self.column}"

    def fields(self) -> Mapping[str, object]:
        """Name line and column."""
        return {"line": self.line, "column": self.column}


@dataclass(frozen=True, slots=True)
class TablePlace:
    """Of a text that is a table: its line, and the cell as spreadsheets name it once they have opened the file."""

    at: LinePlace
    row: int
    column: int

    def __str__(self) -> str:
        return str(self.at)

    def fields(self) -> Mapping[str, object]:
        """Name line, column and cell."""
        return {**self.at.fields(), "cell": cell_name(self.row, self.column)}


@dataclass(frozen=True, slots=True)
class CellPlace:
    """Of a workbook; row and column count from 1, both are 0 for the name of the sheet."""

    sheet: str
    row: int
    column: int

    def __str__(self) -> str:
        return f"{self.sheet}!{cell_name(self.row, self.column)}" if self.row else f"工作表名“{self.sheet}”"

    def fields(self) -> Mapping[str, object]:
        """Name sheet and cell."""
        return {"sheet": self.sheet, "cell": cell_name(self.row, self.column) if self.row else None}


@dataclass(frozen=True, slots=True)
class ParagraphPlace:
    """Of a Word document: a paragraph, or the cell of a table; all count from 1 within the part."""

    part: str
    paragraph: int = 0
    table: int = 0
    row: int = 0
    column: int = 0

    def __str__(self) -> str:
        if self.table:
            return f"{self.part}第{self.table}个表格第{self.row}行第{self.column}列"
        return f"{self.part}第{self.paragraph}段"

    def fields(self) -> Mapping[str, object]:
        """Name the part, and the paragraph or the cell of a table."""
        if self.table:
            return {"part": self.part, "table": self.table, "cell": cell_name(self.row, self.column)}
        return {"part": self.part, "paragraph": self.paragraph}


@dataclass(frozen=True, slots=True)
class PagePlace:
    """Of a page: the boxes around the words, one for each line they stand in."""

    page: int
    boxes: tuple[Box, ...]

    def __str__(self) -> str:
        if not self.boxes:
            return f"第{self.page}页"
        left, top = self.boxes[0][:2]
        return f"第{self.page}页({left:.0f},{top:.0f})"

    def fields(self) -> Mapping[str, object]:
        """Name page and boxes."""
        return {"page": self.page, "boxes": [[round(edge, 1) for edge in box] for box in self.boxes]}


def cell_name(row: int, column: int) -> str:
    """Name a cell as spreadsheets do: B3."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"
