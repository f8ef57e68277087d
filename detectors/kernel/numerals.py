"""Chinese numerals below one hundred (一, 十二, 三十)."""

from __future__ import annotations

DIGITS = "一二三四五六七八九"
NUMERAL = rf"[{DIGITS}]?十[{DIGITS}]?|[{DIGITS}]"
"""What a numeral looks like; an expression puts it into a group of its own."""


def value_of(numeral: str) -> int:
    """Give the number that a numeral means.

    Raises:
        ValueError: it is none (二三, 十十).
    """
    tens, ten, ones = numeral.partition("十")
    if not ten:
        tens, ones = "", numeral
    if len(tens) > 1 or len(ones) > 1 or not (ten or ones) or not set(tens + ones) <= set(DIGITS):
        raise ValueError("no numeral below one hundred")
    first = DIGITS.find(tens) + 1 if tens else int(bool(ten))
    return 10 * first + (DIGITS.find(ones) + 1 if ones else 0)
