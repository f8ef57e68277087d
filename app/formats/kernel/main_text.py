"""The main text of a page, found by trafilatura and led back to the visible text.

trafilatura tells no places, and it cleans what it gives. Only the question which lines of the page belong to the
main text is taken from it: its blocks are looked up in the visible text, in their order. What lies between the
first and the last of them is taken whole, since a paragraph that trafilatura dropped is checked rather than missed.
"""

from __future__ import annotations

import logging
from bisect import bisect_right
from itertools import accumulate
from typing import NamedTuple

import regex

from detectors.kernel.finding import Span

SHORTEST_MAIN_TEXT = 40
"""Code points; of less the whole page is read."""
LEAST_FOUND = 0.6
"""So much of what trafilatura gave must be found again in the page."""
LONGEST_SOURCE = 5_000_000
"""Code points; more is no article."""
SHORTEST_BLOCK = 4
SHORTEST_TITLE = 6
MOST_LINES_TO_TITLE = 12
UNCERTAIN = regex.compile(
    r"[\s\x1c-\x1f\x85\xa0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u3000|\ufeff\xad-]+", regex.ASCII
)
"""What trafilatura adds, drops or changes: blanks, bars between cells, marks of lists."""
TITLE = regex.compile(r"<title[^>]*>(.*?)</title>", regex.IGNORECASE | regex.DOTALL | regex.ASCII)


class Lines(NamedTuple):
    """The lines of the visible text, and all of them joined without what is uncertain."""

    starts: list[int]
    ends: list[int]
    bare: list[str]
    joined: str
    joined_starts: list[int]
    """Where each line begins in what is joined."""


def main_range(source: str, text: str) -> Span | None:
    """Find the range of the visible text that is the main text; None if the whole page should be read.

    Args:
        source: the page.
        text: its visible text, as `HtmlText` gives it.
    """
    found = _extracted(source) if len(source) <= LONGEST_SOURCE else ""
    blocks = [bare for block in found.split("\n") if len(bare := UNCERTAIN.sub("", block)) >= SHORTEST_BLOCK]
    wanted = sum(map(len, blocks))
    if wanted < SHORTEST_MAIN_TEXT:
        return None
    lines = _lines(text)
    hits = _hits(blocks, lines.joined)
    if sum(end - start for start, end in hits) < LEAST_FOUND * wanted:
        return None
    first = bisect_right(lines.joined_starts, hits[0][0]) - 1
    last = bisect_right(lines.joined_starts, hits[-1][1] - 1) - 1
    first = _with_title(source, lines, first)
    return Span(lines.starts[first], lines.ends[last])


def _extracted(source: str) -> str:
    # Half a second to import; only who reads main texts pays for it.
    import trafilatura  # noqa: PLC0415

    # It writes to the log, among other things, what it could not make sense of.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    try:
        found = trafilatura.extract(
            source, favor_recall=True, include_comments=False, include_tables=True, deduplicate=False
        )
    except Exception:  # noqa: BLE001 a page of which it can make nothing is read whole
        return ""
    return found or ""


def _lines(text: str) -> Lines:
    starts, ends, bare, at = [], [], [], 0
    for line in text.split("\n"):
        starts.append(at)
        ends.append(at + len(line))
        bare.append(UNCERTAIN.sub("", line))
        at += len(line) + 1
    return Lines(starts, ends, bare, "".join(bare), [0, *accumulate(map(len, bare))][:-1])


def _hits(blocks: list[str], joined: str) -> list[tuple[int, int]]:
    """Find the blocks in their order, from the longest one forwards and backwards.

    A short one, such as the headline, may stand in <title> and in a menu, too; the longest stands once.
    """
    anchor = max(range(len(blocks)), key=lambda number: len(blocks[number]))
    start = joined.find(blocks[anchor])
    if start < 0:
        return []
    hits = [(start, start + len(blocks[anchor]))]
    for block in reversed(blocks[:anchor]):
        before = joined.rfind(block, 0, hits[0][0])
        if before >= 0:
            hits.insert(0, (before, before + len(block)))
    for block in blocks[anchor + 1 :]:
        behind = joined.find(block, hits[-1][1])
        if behind >= 0:
            hits.append((behind, behind + len(block)))
    return hits


def _with_title(source: str, lines: Lines, first: int) -> int:
    """Begin with the headline, if it stands a few lines above: it is the line that <title> repeats."""
    title = TITLE.search(source)
    if title is None:
        return first
    words = UNCERTAIN.sub("", title[1])
    for number in range(first - 1, max(-1, first - 1 - MOST_LINES_TO_TITLE), -1):
        if len(lines.bare[number]) >= SHORTEST_TITLE and lines.bare[number] in words:
            return number
    return first
