"""A text as the language model reads it: Han characters, clause ends, and one symbol for any number or word."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Self

import numpy as np
import numpy.typing as npt

CLAUSE_END = 0
"""Any mark that parts clauses; also before the beginning and behind the end of a text."""
SKIPPED = 1
NUMBER = ord("0")
LATIN = ord("A")
LISTING = ord("、")
FIRST_HAN, LAST_HAN = 0x4E00, 0x9FFF
SYMBOLS = 0x10000
"""Symbols fit in 16 bits: ideographs beyond the basic plane count as clause ends."""

Codes = npt.NDArray[np.uint16]


def _symbols() -> Codes:
    symbols = np.full(0x110000, CLAUSE_END, np.uint16)
    symbols[FIRST_HAN : LAST_HAN + 1] = np.arange(FIRST_HAN, LAST_HAN + 1)
    symbols[0x3007] = 0x3007
    symbols[ord("0") : ord("9") + 1] = NUMBER
    symbols[ord("A") : ord("Z") + 1] = LATIN
    symbols[ord("a") : ord("z") + 1] = LATIN
    symbols[LISTING] = LISTING
    # Quotation marks stand round words of a clause; blanks between Han letters mean nothing.
    symbols[[ord(mark) for mark in "“”‘’\"' \t\u3000"]] = SKIPPED
    return symbols


SYMBOL_OF = _symbols()


@dataclass(frozen=True, slots=True, eq=False)
class Symbols:
    """A text as symbols, with a clause end at either end, and the place of each in the folded text."""

    codes: Codes = field(repr=False)
    places: npt.NDArray[np.intp] = field(repr=False)
    """Meaningless for the two clause ends outside the text."""

    @classmethod
    def of(cls, folded: str) -> Self:
        """Read a folded text: numbers, Latin words and rows of marks count as one symbol each."""
        points = np.frombuffer(folded.encode("utf-32-le", "surrogatepass"), np.uint32)
        symbols = SYMBOL_OF[points]
        places = np.flatnonzero(symbols != SKIPPED)
        symbols = symbols[places]
        goes_on = (symbols[1:] == symbols[:-1]) & (symbols[1:] < FIRST_HAN) & (symbols[1:] != LISTING)
        kept = np.flatnonzero(np.concatenate(([True], ~goes_on))) if len(symbols) else places
        ends = np.zeros(1, np.uint16)
        return cls(
            np.concatenate((ends, symbols[kept], ends)), np.concatenate(([0], places[kept], [len(folded)]))
        )


def is_han(codes: npt.NDArray[np.integer]) -> npt.NDArray[np.bool_]:
    """Tell which symbols are Han characters."""
    return codes >= FIRST_HAN
