"""Which stretches of a text are words of the dictionary, and how common: asked of whole arrays at once."""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

from detectors.kernel.language.dictionary import LONGEST, log_total, words_of
from detectors.kernel.language.ngrams import Hashes, sums_of
from detectors.kernel.language.symbols import FIRST_HAN, SYMBOLS, Codes

NO_WORD = -100.0
"""Logarithm of the frequency of what is no word: no way of cutting a text takes it."""
BITS = 23
"""A first look as in the table of n-grams: one stretch in thirty that is no word passes it."""

Numbers = npt.NDArray[np.float64]


class KnownWords:
    """The words of two to four letters by their hashes, and the single letters."""

    def __init__(self) -> None:
        """Index the dictionary (0.1 seconds)."""
        self.singles = np.full(SYMBOLS, -log_total())
        """Of every symbol as a word by itself; a letter that the dictionary does not know counts as seen once."""
        # Marks, numbers and Latin words part what stands on either side, at no cost.
        self.singles[:FIRST_HAN] = 0.0
        sums, logs = [], []
        for length in range(1, LONGEST + 1):
            letters, counts, _ = words_of(length)
            worth = np.log10(np.maximum(counts, 1)) - log_total()
            if length == 1:
                self.singles[letters[:, 0].astype(np.intp)] = worth
            else:
                sums.append(sums_of(letters.astype(np.uint64), length)[:, 0])
                logs.append(worth)
        every = np.concatenate(sums)
        order = np.argsort(every)
        self._sums, self._logs = every[order], np.concatenate(logs)[order]
        self._may_be = np.zeros(1 << BITS, np.bool_)
        self._may_be[_bits(every)] = True

    def logs(self, sums: Hashes) -> Numbers:
        """Give the logarithm (to base 10) of the frequency of stretches of two letters and more, by their hashes."""
        result = np.full(len(sums), NO_WORD)
        likely = np.flatnonzero(self._may_be[_bits(sums)])
        wanted = sums[likely]
        at = np.minimum(np.searchsorted(self._sums, wanted), len(self._sums) - 1)
        found = self._sums[at] == wanted
        result[likely[found]] = self._logs[at[found]]
        return result

    def of_text(self, codes: Codes) -> Numbers:
        """List for every length (a row, the first for one letter) and every place the word that begins there."""
        result = np.full((LONGEST, len(codes)), NO_WORD)
        result[0] = self.singles[codes]
        wide = codes.astype(np.uint64)
        for length in range(2, min(LONGEST, len(codes)) + 1):
            result[length - 1, : len(codes) - length + 1] = self.logs(sums_of(wide, length))
        return result


def _bits(sums: Hashes) -> npt.NDArray[np.intp]:
    return (sums >> np.uint64(64 - BITS)).astype(np.intp)


@cache
def known_words() -> KnownWords:
    """Index the dictionary once."""
    return KnownWords()
