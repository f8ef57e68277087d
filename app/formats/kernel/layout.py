"""The order of words on a page: runs of characters become lines, cells and paragraphs.

The order is that in which the page was written, which is the order of reading for what word processors print.
Lines of a paragraph are joined only where that is safe, so that a word broken by the end of a line is found;
where it is not, a line stays a line.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import regex

from app.places import Box

SAME_SIZE = 0.2
"""Sizes of type that differ by less are one: boxes of a line are as high as its highest character."""
WIDEST_SPACING = 2.2
"""Of free paper between two lines of a paragraph, in sizes of type: a draft is printed with room for notes."""
SAME_SPACING = 0.4
"""Spacings in one paragraph differ by less, in sizes of type."""
RAGGED = 2.0
"""So much may be free at the end of a full line: a mark that must not begin a line takes a character along."""
SHORTEST_LINE = 12
"""Sizes of type; what is narrower may be a line of a table or an address, which nobody broke."""
MOST_RUNS = 1_000
"""Of a page with more, a drawing, no lines are joined: each is held against all others."""
ENDED = frozenset("。！？：；.!?:;")
BEGINNING = regex.compile(
    r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十0-9]{1,3}[)）]|[0-9]{1,2}[.．、](?![0-9])|第.{1,4}[章节条]|附件|[—●•·]",
    regex.ASCII,
)
PAGE_NUMBER = regex.compile(r"[—–－\- ·]*(?:第 ?)?[0-9]{1,4}(?: ?页)?[—–－\- ·]*", regex.ASCII)
DIGITS_BEFORE = regex.compile(r"[0-9]{10,17}$", regex.ASCII)
DIGITS_AFTER = regex.compile(r"[0-9]{0,8}[0-9Xx]$", regex.ASCII)
IDENTITY_NUMBER = 18


@dataclass(slots=True)
class Run:
    """Characters that stand side by side, with a box each."""

    text: str = field(repr=False)
    boxes: Sequence[Box] = field(repr=False)
    page: int
    left: float = 0
    top: float = 0
    right: float = 0
    bottom: float = 0

    def __post_init__(self) -> None:
        """Draw the box around all of them."""
        lefts, tops, rights, bottoms = zip(*self.boxes, strict=True)
        self.left, self.top = min(lefts), min(tops)
        self.right, self.bottom = max(rights), max(bottoms)

    @property
    def size(self) -> float:
        """The size of type."""
        return max(1.0, self.bottom - self.top)


@dataclass(slots=True)
class Laid:
    """A text with a page and a box for each character; four numbers a box, four noughts for what has none."""

    text: list[str] = field(repr=False, default_factory=list)
    pages: array[int] = field(default_factory=lambda: array("H"))
    edges: array[float] = field(default_factory=lambda: array("f"))

    def add(self, run: Run) -> None:
        """Add the characters of a run."""
        self.text.append(run.text)
        self.pages.extend([run.page] * len(run.text))
        for box in run.boxes:
            self.edges.extend(box)

    def part(self, mark: str, page: int) -> None:
        """Add a mark between two runs."""
        self.text.append(mark)
        self.pages.extend([page] * len(mark))
        self.edges.extend([0.0] * 4 * len(mark))


def lay_out(pages: Iterator[list[Run]]) -> Laid:
    """Put the runs of all pages in order."""
    laid = Laid()
    block: list[Run] = []
    right_edge = 0.0
    for runs in pages:
        body = _without_page_number(runs)
        for number, run in enumerate(body):
            if block:
                mark = _between(block, run, right_edge)
                if mark is None:
                    mark = _joint(block[-1], run)
                    block.append(run)
                else:
                    block = [run]
                laid.part(mark, run.page)
            else:
                block = [run]
            laid.add(run)
            right_edge = _right_edge(body, number) if len(body) <= MOST_RUNS else float("inf")
    if block:
        laid.part("\n", block[-1].page)
    return laid


def _without_page_number(runs: list[Run]) -> list[Run]:
    """Leave out the number at the foot or head of a page: it stands between the halves of a sentence."""
    lowest = max((run.bottom for run in runs), default=0.0)
    highest = min((run.top for run in runs), default=0.0)
    return [
        run
        for run in runs
        if len(runs) == 1
        or not (run.bottom == lowest or run.top == highest)
        or not PAGE_NUMBER.fullmatch(run.text.strip())
    ]


def _right_edge(runs: list[Run], number: int) -> float:
    """Give the right edge of the column in which a run stands: the farthest of runs of its size above or below."""
    own = runs[number]
    return max(
        run.right for run in runs if _same_size(run, own) and run.left < own.right and own.left < run.right
    )


def _same_size(one: Run, other: Run) -> bool:
    return abs(one.size - other.size) <= SAME_SIZE * max(one.size, other.size)


def _between(block: list[Run], run: Run, right_edge: float) -> str | None:
    """Tell what parts a run from the block before: a tab, a line break, or nothing if it goes on with it."""
    first, last = block[0], block[-1]
    right_of_all = run.page == last.page and run.left >= max(one.right for one in block) - last.size / 2
    if right_of_all and (_beside(first, run) or _beside(last, run)):
        # The next cell of a row.
        return "\t"
    if _continues_number(last, run) or _continues_paragraph(block, run, right_edge):
        return None
    return "\n"


def _beside(one: Run, other: Run) -> bool:
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared > 0.5 * min(one.size, other.size)


def _below(last: Run, run: Run) -> bool:
    return -0.3 * last.size < run.top - last.bottom < WIDEST_SPACING * last.size


def _continues_number(last: Run, run: Run) -> bool:
    """Tell whether a narrow cell has broken an identity number."""
    before, after = DIGITS_BEFORE.search(last.text), DIGITS_AFTER.match(run.text)
    return (
        before is not None
        and after is not None
        and len(before[0]) + len(after[0]) == IDENTITY_NUMBER
        and run.page == last.page
        and _same_size(last, run)
        and _below(last, run)
        and run.left < last.right
        and last.left < run.right
    )


def _continues_paragraph(block: list[Run], run: Run, right_edge: float) -> bool:
    last = block[-1]
    left = min(one.left for one in block[1:] or block)
    return (
        _same_size(last, run)
        and last.right - last.left >= SHORTEST_LINE * last.size
        and last.right >= right_edge - RAGGED * last.size
        and run.right <= right_edge + RAGGED * last.size
        # At the left edge, or where the first line was indented, left of it; never right of it.
        and (
            abs(run.left - left) < last.size / 2
            or (len(block) == 1 and -2.5 * last.size < run.left - left < 0)
        )
        and (run.page != last.page or (_below(last, run) and _spaced_alike(block, run)))
        and last.text.rstrip()[-1:] not in ENDED
        and BEGINNING.match(run.text) is None
    )


def _spaced_alike(block: list[Run], run: Run) -> bool:
    """Tell whether a run is as far from a block as the last line of the block is from the one before."""
    if len(block) < 2 or block[-2].page != run.page:
        return True
    before = block[-1].bottom - block[-2].bottom
    return abs(run.bottom - block[-1].bottom - before) < SAME_SPACING * run.size


def _joint(last: Run, run: Run) -> str:
    """Give the blank that the end of a line stood for: between Latin words."""
    before, after = last.text[-1], run.text[0]
    return " " if before.isascii() and after.isascii() and before.isalpha() and after.isalpha() else ""
