"""Where the name of a set says what its members are (“四个自信”即……), whatever stands in a member's place stands for it.

Without the name a list that ends in another item is another list; behind the name it is a slip.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import regex

NAME_REACH = 30
"""Code points on either side in which the set's own name says that the whole is meant."""
DEFINES = r"[”’]?(?:工作|任务|要求|布局|总体布局|战略布局|制度)?(?:（[^）。]{1,12}）)?[，：—]{0,2}(?:就是|即是|是指|指的是|主要是|分别是|分别为|主要包括|包括|也就是|即|是|为|指)?"
"""What stands between a name and the members that it stands for."""
LAST = regex.compile(
    r"(?:[、，“”‘’]{1,3}[和与及]?|[和与及])[“‘]?(?P<item>[^、，,。！？；：“”‘’《》（）\s和与及等]{2,9})[”’]?(?=[，。；）！]|$|\n)",
    regex.ASCII,
)
"""An item behind a run that ends the list."""
ITEM_BEFORE_NAME = r"[、，“”‘’]{1,3}[和与及]?(?P<item>[^、，,。！？；：“”‘’《》（）\s和与及的]{2,9})(?<![^平]等)[”’]?的?[“‘]?"
"""Likewise, with the name of the set behind it (社会建设、生态建设“五位一体”总体布局)."""
LENGTHS_APART = 2
"""Letters: an item that is longer or shorter than the member by more is something else."""

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Definition:
    """What stands before the members of a set, or behind them, where its name says what they are."""

    defined: regex.Pattern[str]
    first: regex.Pattern[str]
    """The same, and an item in the place of the first member."""
    last: regex.Pattern[str]
    """An item in the place of the last member, and the name behind it."""

    @classmethod
    def by(cls, names: Sequence[str]) -> Self:
        """Take the names of a set."""
        called = f"(?:{'|'.join(map(regex.escape, names))})"
        name = called + DEFINES
        return cls(
            regex.compile(rf"{name}[“‘]?$", regex.ASCII),
            regex.compile(
                rf"{name}[“‘]?(?P<item>[^、，,。！？；：“”‘’《》\s是即为]{{2,9}})[、，“”‘’]{{1,3}}$",
                regex.ASCII,
            ),
            regex.compile(ITEM_BEFORE_NAME + called, regex.ASCII),
        )

    def in_last_place(self, folded: str, start: int, end: int, member: str) -> Place | None:
        """Find what stands behind a run of all members but the last, in its place, the name before the run or behind it."""
        found = LAST.match(folded, end) if self.defined.search(_before(folded, start)) else None
        found = found or self.last.match(folded, end)
        if found is None:
            return None
        return found.span("item") if _may_stand_for(found["item"], member) else None

    def in_first_place(self, folded: str, start: int, member: str) -> Place | None:
        """Find what stands before a run of all members but the first, in its place."""
        found = self.first.search(_before(folded, start))
        if found is None or not _may_stand_for(found["item"], member):
            return None
        offset = max(0, start - NAME_REACH)
        return offset + found.start("item"), offset + found.end("item")


def _before(folded: str, start: int) -> str:
    return folded[max(0, start - NAME_REACH) : start]


def _may_stand_for(item: str, member: str) -> bool:
    return item != member and abs(len(item) - len(member)) <= LENGTHS_APART
