"""The rows of a table file, one by one: what all kinds of table have in common."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol


class SourceError(Exception):
    """An archive cannot be listed; the message is Chinese and quotes nothing of a text."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table. Its repr shows no cell."""

    number: int
    """Counts from 1, the headings not counted."""
    position: int
    """Where to begin in order to read it again: bytes, or the rows before it."""
    cells: Mapping[str, Any] = field(repr=False)
    fault: str = ""
    """Why it cannot be read; Chinese."""


class Table(Protocol):
    """A table file."""

    def headings(self) -> Sequence[str]:
        """Name the columns.

        Raises:
            SourceError: the file cannot be read.
        """

    def rows(self, number: int = 1, position: int | None = None) -> Iterator[Row]:
        """Read rows, from the first one or from one whose place is known; no more than a stretch is in memory.

        Args:
            number: of the row to begin with.
            position: its position; by default that of the first row.

        Raises:
            SourceError: the file cannot be read any further.
        """
