"""The make-up of a resident identity number, shared by the whole, the masked and the spoilt form.

GB 11643—1999: six digits of region, eight of birth date, three of sequence and a check character.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from operator import mul

import regex

from detectors.kernel.sources import LEXICONS

CUE = regex.compile(r"身份|证件|证号|公民", regex.ASCII)
"""What names a number that its mask, or a spreadsheet, has left in part."""
LENGTH = 18
REGION, BIRTH = slice(0, 6), slice(6, 14)
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_CHARACTERS = "10X98765432"
PROVINCES = frozenset(
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 "
    "50 51 52 53 54 61 62 63 64 65 71 81 82 83".split()
)
"""GB/T 2260, and 81 to 83 of the residence permits for people from 港澳台."""
FIRST_BIRTH_YEAR = 1900
REGION_CODES_FILE = "region_codes.txt"


def check_character(number: str) -> str:
    """Compute the 18th character from the first 17 (ISO 7064 MOD 11-2)."""
    total = sum(map(mul, map(int, number[:17]), WEIGHTS))
    return CHECK_CHARACTERS[total % 11]


def has_valid_check_character(number: str) -> bool:
    """Tell whether the 18th character follows from the first 17."""
    return check_character(number) == number[17].upper()


def is_birth_date(digits: str) -> bool:
    """Tell whether YYYYMMDD is a day on which a holder of a number may have been born."""
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return False
    return born.year >= FIRST_BIRTH_YEAR and born <= date.today()


def has_province(number: str) -> bool:
    """Tell whether the number begins with the code of a province."""
    return number[:2] in PROVINCES


def has_region(number: str) -> bool:
    """Tell whether the number begins with a code that a county or prefecture has or had."""
    return number[REGION] in _regions()


@cache
def _regions() -> frozenset[str]:
    regions: set[str] = set()
    for line in (LEXICONS / REGION_CODES_FILE).read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            prefecture, *counties = line.split()
            regions.update(prefecture + county for county in counties)
    return frozenset(regions)
