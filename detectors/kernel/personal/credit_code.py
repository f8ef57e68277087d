"""The unified social credit code of a legal person (GB 32100—2015), which is public and never a finding."""

from __future__ import annotations

import regex

WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""Without I, O, S, V and Z."""
FORM = regex.compile(rf"[159ANY][1-9]\d{{6}}[{ALPHABET}]{{10}}", regex.ASCII)


def is_credit_code(number: str) -> bool:
    """Tell whether eighteen characters are a code with the right check character."""
    if not FORM.fullmatch(number):
        return False
    total = sum(ALPHABET.index(char) * weight for char, weight in zip(number[:17], WEIGHTS, strict=True))
    return ALPHABET[-total % 31] == number[17]
