"""Puts n-grams into buckets so that each lies in one of its two."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt

from detectors.kernel.language.ngrams import CELLS, ORDER, PAIR_BITS, pack, pair_bits, slots
from detectors.kernel.language.symbols import SYMBOLS
from tools.typo_model.estimate import Estimates

FULL = 0.93
"""Share of the cells that are used."""
ROUNDS = 500
EMPTY = -1


def write(folder: Path, estimates: dict[int, Estimates], unseen: float) -> int:
    """Write the table and the single symbols into a folder; give the number of n-grams."""
    singles = np.zeros((2, SYMBOLS), np.float32)
    singles[0] = unseen
    symbols = estimates[1].symbols.astype(np.intp)
    singles[0, symbols], singles[1, symbols] = estimates[1].logs, estimates[1].weights
    np.save(folder / "characters.npy", singles)
    bits = np.zeros(1 << PAIR_BITS, np.uint8)
    bits[pair_bits(estimates[2].sums)] = 1
    np.save(folder / "pairs.npy", np.packbits(bits, bitorder="little"))
    orders = range(2, ORDER + 1)
    count = sum(len(estimates[order].sums) for order in orders)
    buckets = int(count / CELLS / FULL) + 1
    parts = [slots(estimates[order].sums, order, buckets) for order in orders]
    tags, one, other = (np.concatenate(arrays) for arrays in zip(*parts, strict=True))
    logs = np.concatenate([estimates[order].logs for order in orders]).astype(np.float32)
    weights = np.concatenate([estimates[order].weights for order in orders]).astype(np.float32)
    owners = _place(one, other, buckets)
    used = owners != EMPTY
    cells = np.zeros((buckets, CELLS), np.uint32)
    cells[used] = pack(tags, logs, weights)[owners[used]]
    np.save(folder / "ngrams.npy", cells)
    return count


def _place(one: npt.NDArray[np.intp], other: npt.NDArray[np.intp], buckets: int) -> npt.NDArray[np.int64]:
    """Cuckoo hashing, a whole round at a time: who finds no room moves another on, to its other bucket."""
    owners = np.full((buckets, CELLS), EMPTY, np.int64)
    filled = np.zeros(buckets, np.int64)
    bucket = one.copy()
    waiting = np.arange(len(one))
    draw = np.random.default_rng(20260101)
    for _ in range(ROUNDS):
        order = np.argsort(bucket[waiting], kind="stable")
        waiting = waiting[order]
        wanted = bucket[waiting]
        leads = np.concatenate(([True], wanted[1:] != wanted[:-1]))
        count = np.arange(len(wanted))
        cell = filled[wanted] + count - np.maximum.accumulate(np.where(leads, count, 0))
        fits = cell < CELLS
        owners[wanted[fits], cell[fits]] = waiting[fits]
        filled += np.bincount(wanted[fits], minlength=buckets)
        waiting, wanted = waiting[~fits], wanted[~fits]
        if not len(waiting):
            return owners
        full, first = np.unique(wanted, return_index=True)
        chosen = draw.integers(0, CELLS, len(full))
        moved = owners[full, chosen]
        owners[full, chosen] = waiting[first]
        waiting = np.concatenate((np.delete(waiting, first), moved))
        bucket[waiting] = np.where(bucket[waiting] == one[waiting], other[waiting], one[waiting])
    raise SystemExit(f"{len(waiting)} n-grams found no room; lower FULL")
