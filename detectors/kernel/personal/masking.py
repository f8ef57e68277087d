"""How personal data is covered up: some characters at either end stay, lengths are kept."""

from __future__ import annotations

MASK = "*"
SEPARATORS = frozenset(" -–—()（）.\r\n")
SIGNS = "*×●•#_■█□○◆…某"
"""What is written over the characters that are hidden. X and x are masks, too, but not in the last place of an identity number."""


def mask(number: str, head: int, tail: int) -> str:
    """Cover all but the first `head` and the last `tail` characters, leaving separators in place."""
    if number.isalnum():
        return number[:head] + MASK * (len(number) - head - tail) + number[len(number) - tail :]
    places = [place for place, char in enumerate(number) if char not in SEPARATORS]
    covered = set(places[head : len(places) - tail])
    return "".join(MASK if place in covered else char for place, char in enumerate(number))
