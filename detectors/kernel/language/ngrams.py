"""A character 5-gram model in one table of hashes, read by whole arrays.

The estimate is interpolated modified Kneser–Ney (Chen and Goodman 1999), written in back-off form. A
sum of products hashes an n-gram, so that the n-grams of a text, and those of all its candidates, are
hashed without a loop over characters. Each lies in one of two buckets of four cells; a cell holds 16
bits of the hash, the logarithm of the probability and that of the back-off weight, in 8 bits each.
Of n-grams that the table does not hold, one in some ten thousand is taken for another.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import NamedTuple, Self

import numpy as np
import numpy.typing as npt

from detectors.kernel.language.symbols import CLAUSE_END, SYMBOLS

SHIPPED = Path(__file__).parents[3] / "models" / "typos"
"""The folder of the model that comes with the project."""
ORDER = 5
CELLS = 4
"""Cells of a bucket."""
PAIR_BITS = 24
"""A bit for each value of these many bits of a pair's hash: one pair in thirty that is not known passes."""
LOWEST = 8.0
"""Probabilities are kept from 1 down to 10 to the minus this."""
LOWEST_WEIGHT = 3.0
"""Likewise back-off weights."""
STEPS = 255

Numbers = npt.NDArray[np.float32]
Hashes = npt.NDArray[np.uint64]

# Odd numbers without meaning (the golden ratio's and its powers'): part of the format of the table.
FACTORS = np.array(
    [0x9E3779B97F4A7C15, 0xF39CC0605CEDC835, 0x1082276BF3A27251, 0x86A8E5A1DF7A5F3D, 0x5851F42D4C957F2D],
    np.uint64,
)
MIXERS = (np.uint64(0xFF51AFD7ED558CCD), np.uint64(0xC4CEB9FE1A85EC53))


class Likelihood(NamedTuple):
    """Of every place of every row."""

    log_probabilities: Numbers
    """To base 10, of the symbol after those before it."""
    orders: npt.NDArray[np.int8]
    """Length of the longest n-gram that ends there and is known."""


class Slots(NamedTuple):
    """Where an n-gram may lie."""

    tag: npt.NDArray[np.uint32]
    one: npt.NDArray[np.intp]
    other: npt.NDArray[np.intp]


class _Found(NamedTuple):
    """The n-grams that the table holds, of those that were looked up."""

    at: npt.NDArray[np.intp]
    logs: Numbers
    weights: Numbers


def slots(sums: Hashes, order: int, buckets: int) -> Slots:
    """Tell in which two buckets n-grams lie, and by which tag they are known there."""
    mixed = sums + np.uint64(order)
    for mixer in MIXERS:
        mixed = (mixed ^ (mixed >> np.uint64(33))) * mixer
    mixed ^= mixed >> np.uint64(33)
    low, size = np.uint64(0xFFFFFFFF), np.uint64(buckets)
    return Slots(
        np.maximum(mixed & np.uint64(0xFFFF), np.uint64(1)).astype(np.uint32),
        (((mixed >> np.uint64(32)) * size) >> np.uint64(32)).astype(np.intp),
        ((((mixed >> np.uint64(8)) & low) * size) >> np.uint64(32)).astype(np.intp),
    )


def sums_of(rows: npt.NDArray[np.uint64], order: int) -> Hashes:
    """Hash the n-grams of every row; the first stands for the n-gram of its first `order` symbols."""
    length = rows.shape[-1] - order + 1
    sums: Hashes = rows[..., order - 1 : order - 1 + length] * FACTORS[0]
    for back in range(1, order):
        sums += rows[..., order - 1 - back : order - 1 - back + length] * FACTORS[back]
    return sums


def pair_bits(sums: Hashes) -> npt.NDArray[np.int64]:
    """Tell which bit stands for a pair."""
    return (sums >> np.uint64(64 - PAIR_BITS)).astype(np.int64)


def pack(tags: npt.NDArray[np.uint32], logs: Numbers, weights: Numbers) -> npt.NDArray[np.uint32]:
    """Write the cells of n-grams."""
    probability = np.clip(np.rint(-logs * STEPS / LOWEST), 0, STEPS).astype(np.uint32)
    weight = np.clip(np.rint(-weights * STEPS / LOWEST_WEIGHT), 0, STEPS).astype(np.uint32)
    cells: npt.NDArray[np.uint32] = (tags << np.uint32(16)) | (probability << np.uint32(8)) | weight
    return cells


@dataclass(frozen=True, slots=True, eq=False)
class Ngrams:
    """The table, and what single symbols are worth."""

    cells: npt.NDArray[np.uint32] = field(repr=False)
    """One bucket a row."""
    logs: Numbers = field(repr=False)
    """Of every single symbol, the logarithm of its probability."""
    weights: Numbers = field(repr=False)
    """And that of its back-off weight."""
    pairs: npt.NDArray[np.uint8] = field(repr=False)
    """For a first look: the bits of the pairs of symbols that are known."""

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Map the table into memory: pages are read when they are needed, and shared between processes."""
        single = np.load(folder / "characters.npy")
        cells = np.load(folder / "ngrams.npy", mmap_mode="r")
        pairs = np.load(folder / "pairs.npy")
        return cls(np.asarray(cells), np.ascontiguousarray(single[0]), np.ascontiguousarray(single[1]), pairs)

    def may_know(
        self, first: npt.NDArray[np.integer], second: npt.NDArray[np.integer]
    ) -> npt.NDArray[np.bool_]:
        """Tell quickly which pairs of symbols may be in the table; of those that are not, most are left out."""
        return self._may_know(first.astype(np.uint64) * FACTORS[1] + second.astype(np.uint64) * FACTORS[0])

    def is_known(self, codes: npt.NDArray[np.integer]) -> npt.NDArray[np.bool_]:
        """Tell which symbols the model has seen at all."""
        known: npt.NDArray[np.bool_] = self.logs[codes] > self.logs.min()
        return known

    def holds(self, letters: str) -> bool:
        """Tell whether a few letters (five at most) stood side by side in what the model has read, more than rarely."""
        (row,) = self.likelihood(np.array([[ord(letter) for letter in letters]])).orders
        return bool(row[-1] == len(letters))

    def pairs_of(self, first: npt.NDArray[np.integer], second: npt.NDArray[np.integer]) -> Numbers:
        """Score symbols after only one other each: the model of two characters."""
        scores: Numbers = self.logs[second] + self.weights[first]
        sums = second.astype(np.uint64) * FACTORS[0] + first.astype(np.uint64) * FACTORS[1]
        likely = np.flatnonzero(self._may_know(sums))
        found, logs, _ = self._look_up(sums[likely], 2)
        scores[likely[found]] = logs
        return scores

    def likelihood(self, rows: npt.NDArray[np.integer]) -> Likelihood:
        """Score every place of every row; a context ends at the beginning of its row and at a clause end."""
        wide = rows.astype(np.uint64)
        height, width = wide.shape
        inner = wide != CLAUSE_END
        scores = self.logs[rows]
        known = self.is_known(rows)
        orders = known.astype(np.int8)
        # The back-off weight of the context that ends at each place, for the next order.
        weights = self.weights[rows]
        context = np.ones((height, max(0, width - 1)), np.bool_)
        for order in range(2, min(ORDER, width) + 1):
            places = width - order + 1
            if order > 2:
                # No clause end inside: only its first and its last symbol may be one.
                context = context[:, 1:] & inner[:, 1 : 1 + places]
            sums = sums_of(wide, order)
            # Whatever is known, so is its beginning and its end; the others need not be looked for.
            likely = known[:, :-1] & known[:, 1:] & context
            if order == 2:
                likely &= self._may_know(sums)
            at = np.flatnonzero(likely)
            found, logs, found_weights = self._look_up(sums.ravel()[at], order)
            at = at[found]
            known = np.zeros((height, places), np.bool_)
            known.ravel()[at] = True
            backed_off = scores[:, order - 1 :] + np.where(context, weights[:, -places - 1 : -1], 0)
            backed_off.ravel()[at] = logs
            scores[:, order - 1 :] = backed_off
            orders[:, order - 1 :][known] = order
            weights = np.zeros((height, width), np.float32)
            added = np.zeros((height, places), np.float32)
            added.ravel()[at] = found_weights
            weights[:, order - 1 :] = added
        return Likelihood(scores, orders)

    def _may_know(self, sums: Hashes) -> npt.NDArray[np.bool_]:
        bits = pair_bits(sums)
        known: npt.NDArray[np.bool_] = (self.pairs[bits >> 3] >> (bits & 7).astype(np.uint8)) & 1 != 0
        return known

    def _look_up(self, sums: Hashes, order: int) -> _Found:
        place = slots(sums, order, len(self.cells))
        # A bucket is moved as one number of 16 bytes: a third of the time of a row of four.
        buckets = self.cells.view(np.complex128).ravel()
        both = np.concatenate((buckets.take(place.one), buckets.take(place.other))).view(np.uint32)
        same = (both.reshape(2, -1, CELLS) >> np.uint32(16)) == place.tag[:, None]
        cells = np.flatnonzero(same)
        # Where more than one has the tag, the first counts: it is written last.
        chosen = np.full(len(sums), -1)
        chosen[(cells // CELLS % max(1, len(sums)))[::-1]] = cells[::-1]
        known = np.flatnonzero(chosen >= 0)
        found = both[chosen[known]]
        return _Found(
            known,
            PROBABILITY[(found >> np.uint32(8)) & np.uint32(STEPS)],
            WEIGHT[found & np.uint32(STEPS)],
        )


@cache
def shared(folder: Path) -> Ngrams:
    """Load the model of a folder once for all who read it: a written model never changes."""
    return Ngrams.load(folder)


PROBABILITY: Numbers = (-np.arange(STEPS + 1) * LOWEST / STEPS).astype(np.float32)
WEIGHT: Numbers = (-np.arange(STEPS + 1) * LOWEST_WEIGHT / STEPS).astype(np.float32)
assert SYMBOLS <= 1 << 16
