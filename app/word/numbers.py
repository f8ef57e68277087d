"""Numbers of lists as Word writes them (ECMA-376, ST_NumberFormat)."""

from __future__ import annotations

from collections.abc import Callable

DIGITS = "零一二三四五六七八九"
TEN_THOUSAND = 10_000
ROMAN = tuple(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        "m cm d cd c xc l xl x ix v iv i".split(),
        strict=True,
    )
)
STEMS = "甲乙丙丁戊己庚辛壬癸"
BRANCHES = "子丑寅卯辰巳午未申酉戌亥"


def chinese(number: int) -> str:
    """Count in Chinese: 十二, 一百零三."""
    if not 0 < number < TEN_THOUSAND:
        return str(number)
    written, gap = "", False
    for place, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        if digit:
            written += ("零" if gap else "") + DIGITS[digit] + unit
        gap = not digit and written != ""
    return written.removeprefix("一") if 10 <= number < 20 else written


def _digit_by_digit(number: int) -> str:
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(number))


def _roman(number: int) -> str:
    written = ""
    for value, sign in ROMAN:
        written += sign * (number // value)
        number %= value
    return written


def _letter(number: int) -> str:
    # After z come aa, bb: Word repeats the letter.
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _circled(number: int) -> str:
    return chr(ord("①") + number - 1) if number <= 20 else str(number)


def _full_width(number: int) -> str:
    return "".join(chr(ord("０") + int(digit)) for digit in str(number))


FORMATS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda number: f"{number:02}",
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerLetter": _letter,
    "upperLetter": lambda number: _letter(number).upper(),
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "taiwaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "ideographDigital": _digit_by_digit,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalFullWidth": _full_width,
    "ideographTraditional": lambda number: STEMS[(number - 1) % len(STEMS)],
    "ideographZodiac": lambda number: BRANCHES[(number - 1) % len(BRANCHES)],
}


def written(number: int, number_format: str) -> str:
    """Write a number in one of Word's formats; an unknown one counts in decimals."""
    if number < 1:
        return str(number)
    return FORMATS.get(number_format, str)(number)
