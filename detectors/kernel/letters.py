"""The letters of a stretch of text, without the soft marks between them, and the way back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from detectors.kernel.right_forms import SOFT_MARKS

HARD_MARKS = frozenset("。！？；：!?;:\n\t|…（）()")
MARK = re.compile("[" + "".join(map(re.escape, sorted(SOFT_MARKS | HARD_MARKS))) + "]", re.ASCII)
COMMAS = "，,"
PAUSES = "、" + COMMAS
"""Soft marks at which a reader pauses."""


@dataclass(frozen=True, slots=True)
class Letters:
    """Some letters of a folded text, in order."""

    folded: str = field(repr=False)
    places: tuple[int, ...]

    @classmethod
    def within(cls, folded: str, start: int, end: int) -> Letters:
        """Take the letters of a range."""
        places = tuple(place for place in range(start, end) if folded[place] not in SOFT_MARKS)
        return cls(folded, places)

    @property
    def word(self) -> str:
        """The letters by themselves."""
        return "".join(self.folded[place] for place in self.places)

    @property
    def span(self) -> tuple[int, int]:
        """From the first letter to behind the last, in code points of the folded text."""
        return self.places[0], self.places[-1] + 1

    def has_pause(self) -> bool:
        """Tell whether a comma stands among them."""
        start, end = self.span
        return any(mark in self.folded[start:end] for mark in PAUSES)

    def with_marks(self, first: int, last: int) -> str:
        """Cut out some letters with the marks behind each, save behind the last of all."""
        end = self.places[last] if last < len(self.places) else self.places[-1] + 1
        return self.folded[self.places[first] : end]

    def marks(self, first: int, last: int) -> str:
        """The marks among and behind some letters."""
        return (
            "".join(char for char in self.with_marks(first, last) if char in SOFT_MARKS)
            if first < last
            else ""
        )


def letters_around(folded: str, start: int, count: int) -> Sequence[int]:
    """Find up to `count` letters from a place on, or `-count` before it, not beyond a hard mark."""
    first, last = (start, start + count) if count > 0 else (max(0, start + count), start)
    if MARK.search(folded, first, last) is None:
        return range(first, min(last, len(folded)))
    places: list[int] = []
    step = 1 if count > 0 else -1
    place = start if count > 0 else start - 1
    while 0 <= place < len(folded) and len(places) < abs(count):
        char = folded[place]
        if char in HARD_MARKS:
            break
        if char not in SOFT_MARKS:
            places.append(place)
        place += step
    return places if count > 0 else places[::-1]
