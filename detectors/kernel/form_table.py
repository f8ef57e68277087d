"""A set of forms that is searched without an automaton, so that it can change while texts are checked.

Building an automaton of 100,000 forms holds the interpreter for 0.3 seconds, and a single new form means
building it anew. This table marks hashed beginnings and keeps a dictionary of them: it is made by vector operations
of milliseconds, and a new form marks one place of a copy.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from detectors.kernel.overlaid import Overlaid
from detectors.kernel.terms import Hit

Codes = npt.NDArray[np.uint32]
Marks = npt.NDArray[np.uint8]

BEGINNINGS = (2, 3, 4)
"""Code points by which forms of two, of three, and of four or more are looked up."""
PLACES_PER_FORM = 16
"""Places of the table for each form: so few that the table of 100,000 stays near the processor."""
FEWEST_BITS = 12
# Multipliers of multiplicative hashing: odd, their bits well mixed.
STEP = np.uint32(0x9E3779B1)
SPREAD = np.uint32(0x85EBCA6B)
FREE, SHARED = 0, 255
"""Marks of a place at which no beginning has its mark, and of one at which several have different ones."""
OWN_MARKS = np.uint32(254)


@dataclass(frozen=True, slots=True, eq=False)
class FormTable:
    """Forms of at least two code points, folded; immutable."""

    _lengths: Overlaid[str, tuple[int, ...]]
    """For each beginning, how long the forms are that begin so."""
    _marks: Marks
    """At the place that the hash of a beginning names, another hash of it."""
    _bits: int

    @classmethod
    def of(cls, forms: Iterable[str]) -> Self:
        """Build the table; a tenth of a second for 100,000 forms."""
        lengths = _lengths_of(forms)
        bits = max(FEWEST_BITS, (len(lengths) * PLACES_PER_FORM).bit_length())
        marks = np.zeros(1 << bits, np.uint8)
        _mark(marks, bits, lengths)
        return cls(Overlaid(lengths), marks, bits)

    @property
    def is_full(self) -> bool:
        """Tell whether so much was added that the table is better built anew."""
        return len(self._lengths) * PLACES_PER_FORM >= 2 << self._bits

    def extended(self, forms: Iterable[str]) -> Self:
        """Give a table with further forms. Forms are never taken out: whoever asks knows which still count."""
        new = _lengths_of(forms)
        if not new:
            return self
        changes: dict[str, tuple[int, ...] | None] = {
            beginning: tuple({*(self._lengths.get(beginning) or ()), *wanted})
            for beginning, wanted in new.items()
        }
        marks = self._marks.copy()
        _mark(marks, self._bits, new)
        return type(self)(self._lengths.changed(changes), marks, self._bits)

    def hits(self, folded: str) -> Iterator[Hit]:
        """Find all places where a form may stand, overlapping ones too, in no particular order.

        A place is sure to begin like a form of that length; that it holds the form, the caller looks up.
        """
        codes = np.frombuffer(folded.encode("utf-32-le", "surrogatepass"), np.uint32)
        by_size = list(_hashes(codes))
        if not by_size:
            return
        # All three in one go: for a text of usual length, the number of operations is what costs.
        hashed = np.concatenate(by_size)
        marked = self._marks.take(hashed >> np.uint32(32 - self._bits), mode="clip")
        places = np.flatnonzero(marked != FREE)
        marks = marked[places]
        places = places[(marks == _own_mark(hashed[places])) | (marks == SHARED)]
        lengths_of, last, first = self._lengths.get, len(folded), 0
        bounds = np.searchsorted(places, np.cumsum([len(hashes) for hashes in by_size])).tolist()
        begun = 0
        for size, hashes, bound in zip(BEGINNINGS, by_size, bounds, strict=False):
            for start in (places[begun:bound] - first).tolist():
                for length in lengths_of(folded[start : start + size]) or ():
                    end = start + length
                    if end <= last:
                        yield Hit(start, end, folded[start:end])
            first, begun = first + len(hashes), bound


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
    """Write the mark of each beginning at its place."""
    by_size: dict[int, list[str]] = defaultdict(list)
    for beginning in lengths:
        by_size[len(beginning)].append(beginning)
    for number, size in enumerate(BEGINNINGS):
        joined = "".join(by_size[size]).encode("utf-32-le", "surrogatepass")
        # One column a form: the hash runs down it as it runs along a text.
        columns = np.frombuffer(joined, np.uint32).reshape(-1, size).T
        hashed = list(_hashes(columns))[number].ravel()
        places, own = hashed >> np.uint32(32 - bits), _own_mark(hashed)
        former = marks[places]
        marks[places] = np.where((former == FREE) | (former == own), own, SHARED)
        # Of several new ones at one place, the last has been written: those that it does not speak for share.
        marks[places[marks[places] != own]] = SHARED


def _hashes(codes: Codes) -> Iterator[Codes]:
    """Hash each run of two, of three and of four code points."""
    hashed = codes
    for size in range(2, BEGINNINGS[-1] + 1):
        if len(codes) < size:
            return
        hashed = hashed[:-1] * STEP + codes[size - 1 :]
        yield hashed * SPREAD


def _own_mark(hashed: Codes) -> Marks:
    """Give the second hash: neither the mark of a free place nor that of a shared one."""
    own: Marks = (hashed % OWN_MARKS + np.uint32(1)).astype(np.uint8)
    return own
