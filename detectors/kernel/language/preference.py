"""What the language model says of two wordings in one place: which of them is the likelier there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detectors.kernel.language.ngrams import ORDER, Ngrams
from detectors.kernel.language.symbols import Symbols

REACH = 2 * ORDER
"""Code points read on either side: quotation marks and long numbers count, but are no symbols."""


@dataclass(frozen=True, slots=True)
class Preference:
    """A witness for entries whose wrong form is right in other places."""

    ngrams: Ngrams

    def gain(self, folded: str, start: int, end: int, other: str) -> float:
        """Say how much likelier another wording of the same length is in a place.

        Returns:
            The logarithm (to base 10) of the ratio of the probabilities; below zero what stands is preferred.
        """
        before, after = folded[max(0, start - REACH) : start], folded[end : end + REACH]
        as_it_is, changed = (
            Symbols.of(before + wording + after).codes for wording in (folded[start:end], other)
        )
        scores = self.ngrams.likelihood(np.stack((as_it_is, changed))).log_probabilities.sum(axis=1)
        return float(scores[1] - scores[0])
