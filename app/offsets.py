"""Positions in the unit that the caller's language counts in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum


class OffsetUnit(StrEnum):
    """What one step of an offset is: Python and Rust, JavaScript and Java, Go and bytes on disk."""

    CODEPOINT = "codepoint"
    UTF16 = "utf16"
    UTF8 = "utf8"


def convert(text: str, positions: Iterable[int], unit: OffsetUnit) -> Mapping[int, int] | range:
    """Map positions in code points to positions in another unit, in one walk over the text."""
    if unit is OffsetUnit.CODEPOINT or (unit is OffsetUnit.UTF16 and not _has_astral(text)):
        return range(len(text) + 1)
    ordered = sorted(set(positions))
    encoding, width = ("utf-16-le", 2) if unit is OffsetUnit.UTF16 else ("utf-8", 1)
    converted = {}
    last = total = 0
    for position in ordered:
        total += len(text[last:position].encode(encoding, "surrogatepass")) // width
        converted[position] = total
        last = position
    return converted


def _has_astral(text: str) -> bool:
    return bool(text) and max(text) > "\uffff"
