"""A set of forms that is searched without an automaton, so that it can change while texts are checked.

Building an automaton of 100,000 forms holds the interpreter for 0.3 seconds, and a single new form means
building it anew. This table is a bitmap of hashed beginnings and a dictionary: it is made by vector
operations of milliseconds, and a new form sets one place of a copy.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from detectors.kernel.terms import Hit

Codes = npt.NDArray[np.uint32]
Marks = npt.NDArray[np.bool_]

BEGINNINGS = (2, 3, 4)
"""Code points by which forms of two, of three, and of four or more are looked up."""
PLACES_PER_FORM = 32
"""Places of the bitmap for each form: three in a hundred places of a text are looked at in vain."""
FEWEST_BITS = 12
# Multipliers of Knuth's multiplicative hashing: odd, near 2**32 divided by the golden ratio.
STEP = np.uint32(0x9E3779B1)
SPREAD = np.uint32(0x85EBCA6B)


@dataclass(frozen=True, slots=True, eq=False)
class FormTable:
    """Forms of at least two code points, folded; immutable."""

    _lengths: Mapping[str, tuple[int, ...]]
    """For each beginning, how long the forms are that begin so."""
    _marks: Marks
    _bits: int

    @classmethod
    def of(cls, forms: Iterable[str]) -> Self:
        """Build the table; a tenth of a second for 100,000 forms."""
        lengths = _lengths_of(forms)
        bits = max(FEWEST_BITS, (len(lengths) * PLACES_PER_FORM).bit_length())
        marks = np.zeros(1 << bits, np.bool_)
        _mark(marks, bits, lengths)
        return cls(lengths, marks, bits)

    @property
    def is_full(self) -> bool:
        """Tell whether so much was added that the table is better built anew."""
        return len(self._lengths) * PLACES_PER_FORM >= 2 << self._bits

    def extended(self, forms: Iterable[str]) -> Self:
        """Give a table with further forms. Forms are never taken out: whoever asks knows which still count."""
        new = _lengths_of(forms)
        lengths = dict(self._lengths)
        for beginning, wanted in new.items():
            lengths[beginning] = tuple({*lengths.get(beginning, ()), *wanted})
        marks = self._marks.copy()
        _mark(marks, self._bits, new)
        return type(self)(lengths, marks, self._bits)

    def hits(self, folded: str) -> Iterator[Hit]:
        """Find all places where a form may stand, overlapping ones too, in no particular order.

        A place is sure to begin like a form of that length; that it holds the form, the caller looks up.
        """
        lengths = self._lengths
        codes = np.frombuffer(folded.encode("utf-32-le", "surrogatepass"), np.uint32)
        for size, places in zip(BEGINNINGS, _places(codes, self._bits), strict=False):
            for start in np.flatnonzero(self._marks[places]).tolist():
                for length in lengths.get(folded[start : start + size], ()):
                    end = start + length
                    if end <= len(folded):
                        yield Hit(start, end, folded[start:end])


def _lengths_of(forms: Iterable[str]) -> dict[str, tuple[int, ...]]:
    lengths: dict[str, tuple[int, ...]] = {}
    for form in forms:
        beginning, length = form[: BEGINNINGS[-1]], (len(form),)
        # Most beginnings belong to one form: a set for each would cost more than all the rest.
        known = lengths.setdefault(beginning, length)
        if known != length and length[0] not in known:
            lengths[beginning] = known + length
    return lengths


def _mark(marks: Marks, bits: int, lengths: Iterable[str]) -> None:
    """Mark the place of each beginning."""
    by_size: dict[int, list[str]] = defaultdict(list)
    for beginning in lengths:
        by_size[len(beginning)].append(beginning)
    for number, size in enumerate(BEGINNINGS):
        joined = "".join(by_size[size]).encode("utf-32-le", "surrogatepass")
        # One column a form: the hash runs down it as it runs along a text.
        columns = np.frombuffer(joined, np.uint32).reshape(-1, size).T
        marks[list(_places(columns, bits))[number].ravel()] = True


def _places(codes: Codes, bits: int) -> Iterator[npt.NDArray[np.uint32]]:
    """Hash each run of two, of three and of four code points to a place of the bitmap."""
    hashed, shift = codes, np.uint32(32 - bits)
    for size in range(2, BEGINNINGS[-1] + 1):
        if len(codes) < size:
            return
        hashed = hashed[:-1] * STEP + codes[size - 1 :]
        yield (hashed * SPREAD) >> shift
