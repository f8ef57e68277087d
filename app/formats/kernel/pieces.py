"""A text that is put together from pieces, each of which knows its place."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from dataclasses import dataclass, field

from app.places import Place
from detectors.kernel.finding import Span


@dataclass(slots=True)
class Pieces:
    """Pieces in the order of the text."""

    _texts: list[str] = field(repr=False, default_factory=list)
    _starts: array[int] = field(default_factory=lambda: array("Q"))
    _places: list[Place] = field(default_factory=list)
    _length: int = 0

    def add(self, text: str, place: Place) -> None:
        """Add a piece."""
        self._starts.append(self._length)
        self._places.append(place)
        self.part(text)

    def part(self, separator: str) -> None:
        """Add what stands between two pieces, and in no place of its own."""
        self._texts.append(separator)
        self._length += len(separator)

    @property
    def text(self) -> str:
        """The whole text."""
        return "".join(self._texts)

    def place(self, span: Span) -> Place:
        """Find the piece in which a span begins."""
        return self._places[max(0, bisect_right(self._starts, span.start) - 1)]
