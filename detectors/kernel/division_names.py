"""What the names of administrative divisions are made of, and the levels in their list."""

from __future__ import annotations

PROVINCE, PREFECTURE, COUNTY = "1", "2", "3"
"""Levels."""
PROVINCE_ENDINGS = ("维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "省", "市")
SHORTEST = 2
"""Letters without the kind of division; 城区 and 郊区 have no shorter name."""


def short_name(name: str, endings: tuple[str, ...]) -> str:
    """Leave out the kind of division, if at least two letters are left.

    Args:
        name: of a division.
        endings: kinds of division, the longer before those in which they end.
    """
    for ending in endings:
        if name.endswith(ending) and len(name) - len(ending) >= SHORTEST:
            return name.removesuffix(ending)
    return name
