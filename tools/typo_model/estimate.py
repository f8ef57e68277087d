"""Interpolated modified Kneser–Ney probabilities of character n-grams, in back-off form.

Stanley Chen and Joshua Goodman, “An empirical study of smoothing techniques for language modeling”, 1999.
Pruned n-grams give their whole count to the back-off weight of their context, as in lmplz.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from detectors.kernel.language.ngrams import ORDER, sums_of
from detectors.kernel.language.symbols import CLAUSE_END
from tools.typo_model.corpus import Stream

KEPT_FROM = {1: 1, 2: 1, 3: 1, 4: 2, 5: 2}
"""Least count of the n-grams that are kept; those of third-party text alone need two in any case."""
THIRD_PARTY_FROM = 2
SINGLE_DISCOUNT = 0.75
UNSEEN_SYMBOLS = 2_000
"""Characters that the texts do not hold and that drafts may: they share what is left of one symbol."""

Integers = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Estimates:
    """The kept n-grams of one order."""

    sums: npt.NDArray[np.uint64]
    logs: Numbers
    weights: Numbers
    symbols: npt.NDArray[np.uint64]
    """The last symbol of each."""


@dataclass(frozen=True, slots=True, eq=False)
class _Counts:
    sums: npt.NDArray[np.uint64]
    starts: Integers
    counts: Integers


def _count(stream: Stream, order: int) -> _Counts:
    codes = stream.codes
    sums = sums_of(codes, order)
    is_end = np.concatenate(([0], np.cumsum(codes == CLAUSE_END)))
    length = len(sums)
    if order == 2:
        valid = (codes[:-1] != CLAUSE_END) | (codes[1:] != CLAUSE_END)
    else:
        inner = max(0, order - 2)
        valid = is_end[1 + inner : 1 + inner + length] == is_end[1 : 1 + length]
    starts = np.flatnonzero(valid)
    found, first, counts = np.unique(sums[starts], return_index=True, return_counts=True)
    return _Counts(found, starts[first], counts.astype(np.int64))


def estimate(stream: Stream) -> tuple[dict[int, Estimates], float]:
    """Estimate all orders; also the logarithm of the probability of a symbol never seen."""
    codes = stream.codes
    counted = {order: _count(stream, order) for order in range(1, ORDER + 1)}
    suffix, prefix = {}, {}
    for order in range(2, ORDER + 1):
        shorter, starts = counted[order - 1].sums, counted[order].starts
        sums = sums_of(codes, order - 1)
        suffix[order] = np.searchsorted(shorter, sums[starts + 1])
        prefix[order] = np.searchsorted(shorter, sums[starts])

    kept = {order: _kept(one, order, stream.third_party_from) for order, one in counted.items()}
    probabilities: dict[int, Numbers] = {}
    left_over = {order: np.ones(len(one.sums)) for order, one in counted.items()}
    # What a symbol is worth by itself: the number of symbols that it follows.
    single = _adjusted(codes, counted, suffix, 1).astype(np.float64)
    total, kinds = single.sum(), len(single)
    spared = SINGLE_DISCOUNT * kinds / total / (kinds + UNSEEN_SYMBOLS)
    probabilities[1] = (single - SINGLE_DISCOUNT) / total + spared
    for order in range(2, ORDER + 1):
        counts = _adjusted(codes, counted, suffix, order)
        contexts, size = prefix[order], len(counted[order - 1].sums)
        taken = np.where(kept[order], _discounts(counts), counts)
        totals = np.bincount(contexts, weights=counts, minlength=size)
        spare = np.bincount(contexts, weights=taken, minlength=size)
        left_over[order - 1] = np.where(totals > 0, spare / np.maximum(totals, 1), 1.0)
        probabilities[order] = (
            np.maximum(counts - taken, 0) / totals[contexts]
            + left_over[order - 1][contexts] * probabilities[order - 1][suffix[order]]
        )
    result = {}
    for order, one in counted.items():
        chosen = kept[order]
        result[order] = Estimates(
            one.sums[chosen],
            np.log10(probabilities[order][chosen]),
            np.log10(np.clip(left_over[order][chosen], 1e-6, 1)),
            codes[one.starts[chosen] + order - 1],
        )
    return result, float(np.log10(spared))


def _kept(one: _Counts, order: int, third_party_from: int) -> npt.NDArray[np.bool_]:
    of_others_only = one.starts + order - 1 >= third_party_from
    least = np.where(of_others_only, max(THIRD_PARTY_FROM, KEPT_FROM[order]), KEPT_FROM[order])
    if order == 1:
        least = np.ones_like(least)
    kept: npt.NDArray[np.bool_] = one.counts >= least
    return kept


def _adjusted(
    codes: npt.NDArray[np.uint64], counted: dict[int, _Counts], suffix: dict[int, Integers], order: int
) -> Integers:
    """Count the symbols that an n-gram follows; at the beginning of a clause, and at the top, itself."""
    one = counted[order]
    if order == ORDER:
        return one.counts
    followed = np.bincount(suffix[order + 1], minlength=len(one.sums))
    begins = codes[one.starts] == CLAUSE_END
    adjusted: Integers = np.maximum(np.where(begins, one.counts, followed), 1)
    return adjusted


def _discounts(counts: Integers) -> Numbers:
    n1, n2, n3, n4 = (int((counts == times).sum()) for times in (1, 2, 3, 4))
    if not min(n1, n2, n3):
        # Too few texts to tell.
        return np.full(len(counts), SINGLE_DISCOUNT)
    share = n1 / (n1 + 2 * n2)
    one, two, more = 1 - 2 * share * n2 / n1, 2 - 3 * share * n3 / n2, 3 - 4 * share * n4 / n3
    discounts: Numbers = np.select([counts == 1, counts == 2], [one, two], more)
    return discounts
