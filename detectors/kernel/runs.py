"""Members of a set that follow one another in a text, parted by marks only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from detectors.kernel.terms import Hit

GAP = regex.compile(r"[、，,“”‘’ ]{0,3}(?:[和与及]|以及)?[“‘]?", regex.ASCII)
FOREIGN = regex.compile(
    r"[、，,“”‘’ ]{1,3}(?P<item>[^、，,。！？；：“”‘’\s]{1,9})[、，,“”‘’ ]{1,3}", regex.ASCII
)
LONGEST_GAP = 15
"""Code points that either expression takes at most."""
GAP_BEGINNINGS = "、，,“”‘’ 和与以"
"""What either begins with."""


@dataclass(frozen=True, slots=True)
class Item:
    """One place in a run: a member, or something foreign in its stead."""

    member: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Run:
    """Members that follow one another."""

    items: tuple[Item, ...]

    @property
    def start(self) -> int:
        """Where the first item begins."""
        return self.items[0].start

    @property
    def end(self) -> int:
        """Where the last item ends."""
        return self.items[-1].end

    @property
    def members(self) -> list[str]:
        """The members in the order of the text."""
        return [item.member for item in self.items if item.member is not None]

    @property
    def foreign(self) -> list[Item]:
        """What is no member."""
        return [item for item in self.items if item.member is None]


def longest_of(hits: Sequence[Hit]) -> list[Hit]:
    """Leave out hits inside longer ones."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda one: (one.start, -one.end)):
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    return kept


def crowds_of(folded: str, hits: Sequence[Hit]) -> Iterator[Sequence[Hit]]:
    """Part hits of which the next cannot belong to the same run, by what follows them and how far it is."""
    first = 0
    for place in range(1, len(hits)):
        end, following = hits[place - 1].end, hits[place].start
        if following > end and (following - end > LONGEST_GAP or folded[end] not in GAP_BEGINNINGS):
            yield hits[first:place]
            first = place
    yield hits[first:]


def runs_of(folded: str, hits: Sequence[Hit], mark: str) -> Iterator[Run]:
    """Join the members that follow one another, with the mark between them and at most one foreign item."""
    items: list[Item] = []
    for hit in hits:
        if items:
            gap = folded[items[-1].end : hit.start]
            foreign = FOREIGN.fullmatch(gap) if mark else None
            if foreign:
                start = items[-1].end + foreign.start("item")
                items.append(Item(None, start, start + len(foreign["item"])))
            elif not (GAP.fullmatch(gap) if mark else gap == ""):
                yield Run(tuple(items))
                items = []
        items.append(Item(hit.form, hit.start, hit.end))
    if items:
        yield Run(tuple(items))
