"""The columns of an HTML table: which of them a cell takes, and which are taken by cells from above."""

from __future__ import annotations

from collections.abc import Mapping

MOST_COLUMNS = 100
MOST_ROWS = 65_534
"""What HTML allows a cell to span; columns fewer, since each becomes a tab."""


class Columns:
    """Where the next cell of a table stands."""

    __slots__ = ("_column", "_rows_left")

    def __init__(self) -> None:
        """Begin a table."""
        self._column = 0
        self._rows_left: dict[int, int] = {}
        """For a column that a cell spans downwards: the rows below it that it still takes."""

    def begin_row(self) -> None:
        """Begin a row."""
        self._column = 0

    def taken(self) -> int:
        """Pass over the columns that are taken from above, and count them."""
        passed = 0
        while self._rows_left.get(self._column, 0) > 0:
            self._rows_left[self._column] -= 1
            self._column += 1
            passed += 1
        return passed

    def take(self, attributes: Mapping[str, str | None]) -> int:
        """Place a cell; give the number of columns it takes."""
        width = _span(attributes.get("colspan"), MOST_COLUMNS)
        below = _span(attributes.get("rowspan"), MOST_ROWS) - 1
        if below:
            self._rows_left.update(dict.fromkeys(range(self._column, self._column + width), below))
        self._column += width
        return width


def _span(written: str | None, most: int) -> int:
    number = (written or "").strip()
    return min(most, max(1, int(number))) if number.isascii() and number.isdigit() and len(number) < 6 else 1
