"""The make-up of a bank card number (ISO/IEC 7812): who gave it out, how long it is, its check digit."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from detectors.kernel.sources import LEXICONS

BEGINNINGS_FILE = "card_bins.txt"
DOUBLED = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)
"""What Luhn adds for a digit that is doubled: the sum of the two digits."""
SHORTEST_BEGINNING, LONGEST_BEGINNING = 6, 8


def passes_luhn(number: str) -> bool:
    """Tell whether the last digit is the Luhn check digit of the others."""
    return (sum(map(int, number[-1::-2])) + sum(map(DOUBLED.__getitem__, map(int, number[-2::-2])))) % 10 == 0


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
