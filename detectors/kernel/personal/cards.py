"""The make-up of a bank card number (ISO/IEC 7812): who gave it out, how long it is, its check digit."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from detectors.kernel.sources import LEXICONS

BEGINNINGS_FILE = "card_bins.txt"
SHORTEST_BEGINNING, LONGEST_BEGINNING = 6, 8


def passes_luhn(number: str) -> bool:
    """Tell whether the last digit is the Luhn check digit of the others."""
    doubled = (int(digit) * 2 for digit in number[-2::-2])
    return (sum(map(int, number[-1::-2])) + sum(d - 9 * (d > 9) for d in doubled)) % 10 == 0


def is_given_out(number: str) -> bool:
    """Tell whether a bank of the mainland is known to give out cards that begin so and are so long."""
    known = _beginnings().get(len(number), frozenset())
    return any(number[:length] in known for length in range(SHORTEST_BEGINNING, LONGEST_BEGINNING + 1))


@cache
def _beginnings() -> Mapping[int, frozenset[str]]:
    known = {}
    for line in (LEXICONS / BEGINNINGS_FILE).read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            length, *beginnings = line.split()
            known[int(length)] = frozenset(beginnings)
    return known
