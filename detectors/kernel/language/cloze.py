"""A second opinion with a longer reach: which character fits the gap between what stands on either side.

Two small recurrent networks (gated recurrent units, Cho et al. 2014) read what stands before and behind a
place, sixteen symbols either way and beyond the marks; what they know is held against every character. They learn
what n-grams cannot count: that a word five characters away wants this one. Asked only at the few
places where the n-grams leave a doubt. Trained by tools/typo_model/cloze.py.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, Self

import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits

from detectors.kernel.language.changes import Proposals
from detectors.kernel.language.symbols import SYMBOLS, Codes

REACH = 16
"""Symbols read on either side."""
BATCH = 512
"""Gaps read in one go."""
NOTHING = -1
"""Before the beginning and behind the end of what is read."""

Numbers = npt.NDArray[np.float32]
Windows = npt.NDArray[np.int64]


class Fit(NamedTuple):
    """How well characters fit their places; natural logarithms of probabilities, summed over the symbols of a change."""

    old: Numbers
    new: Numbers


@dataclass(frozen=True, slots=True, eq=False)
class Unit:
    """One recurrent network: its three gates (reset, update, new) side by side."""

    of_input: Numbers = field(repr=False)
    of_state: Numbers = field(repr=False)
    bias: Numbers = field(repr=False)
    bias_of_state: Numbers = field(repr=False)

    def read(self, vectors: Numbers, windows: Windows) -> Numbers:
        """Read windows from their first column to their last; give the last state."""
        symbols, which = np.unique(windows, return_inverse=True)
        which = which.reshape(windows.shape)
        inputs = vectors[symbols] @ self.of_input + self.bias
        size = len(self.of_state)
        state = np.zeros((len(windows), size), np.float32)
        for column in range(windows.shape[1]):
            came = inputs[which[:, column]]
            kept = state @ self.of_state + self.bias_of_state
            gates = _sigmoid(came[:, : 2 * size] + kept[:, : 2 * size])
            new = np.tanh(came[:, 2 * size :] + gates[:, :size] * kept[:, 2 * size :])
            state = new + gates[:, size:] * (state - new)
            state[windows[:, column] == NOTHING] = 0
        return state


def _sigmoid(values: Numbers) -> Numbers:
    halved: Numbers = 0.5 * np.tanh(0.5 * values) + 0.5
    return halved


@dataclass(frozen=True, slots=True, eq=False)
class Cloze:
    """The networks, and the characters that they know."""

    number: npt.NDArray[np.int16] = field(repr=False)
    """Of every symbol, its row below; 0 for those not known."""
    read: Numbers = field(repr=False)
    """What a symbol means where it is read."""
    written: Numbers = field(repr=False)
    """And where it is thought of."""
    bias: Numbers = field(repr=False)
    forwards: Unit
    backwards: Unit
    mix: tuple[Numbers, Numbers] = field(repr=False)
    meet: tuple[Numbers, Numbers] = field(repr=False)

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read the networks; from then on the process multiplies matrices in one thread."""
        # The matrices of a page are small. Threads gain nothing on them, and where others compute, too,
        # they wait for one another: a page then takes three times as long.
        threadpool_limits(1, user_api="blas")
        with np.load(path) as stored:
            one = {name: stored[name] for name in stored.files}
        number = np.zeros(SYMBOLS, np.int16)
        number[one["symbols"]] = np.arange(1, len(one["symbols"]) + 1)
        whole = {
            name: one[name].astype(np.float32) * one[f"{name}_scale"].astype(np.float32)
            for name in ("read", "written")
        }
        plain = {name: array.astype(np.float32) for name, array in one.items() if name not in whole}
        forwards, backwards = (
            Unit(*[plain[f"{side}_{part}"] for part in ("of_input", "of_state", "bias", "bias_of_state")])
            for side in ("forwards", "backwards")
        )
        return cls(
            number,
            # The row behind the last stands for nothing: NOTHING finds it.
            np.concatenate((whole["read"], np.zeros((1, whole["read"].shape[1]), np.float32))),
            whole["written"],
            plain["bias"],
            forwards,
            backwards,
            (plain["mix"], plain["mix_bias"]),
            (plain["meet"], plain["meet_bias"]),
        )

    def fit(self, codes: Codes, proposed: Proposals) -> Fit:
        """Tell how well what stands, and what would be written, fits what stands around it."""
        if not len(proposed):
            return Fit(np.zeros(0, np.float32), np.zeros(0, np.float32))
        old = np.zeros(len(proposed), np.float32)
        new = np.zeros(len(proposed), np.float32)
        known = self.number[codes].astype(np.int64)
        padded = np.concatenate((np.full(REACH, NOTHING), known, np.full(REACH + 1, NOTHING)))
        around = np.lib.stride_tricks.sliding_window_view(padded, 2 * REACH + 1)
        single, double = np.flatnonzero(proposed.lengths == 1), np.flatnonzero(proposed.lengths == 2)
        places, which = np.unique(proposed.places[single], return_inverse=True)
        stands = np.lib.stride_tricks.sliding_window_view(padded, 2 * REACH + 2)[proposed.places[double]]
        would = stands.copy()
        would[:, REACH] = self.number[proposed.first[double]]
        would[:, REACH + 1] = self.number[proposed.second[double]]
        # Each of two symbols is held against its gap with the other in place.
        pairs = np.concatenate((stands[:, :-1], stands[:, 1:], would[:, :-1], would[:, 1:]))
        scores = self._scores(np.concatenate((around[places], pairs)))
        alone, paired = scores[: len(places)], scores[len(places) :]
        old[single] = alone[which, known[places][which]]
        new[single] = alone[which, self.number[proposed.first[single]]]
        of_pairs = paired[np.arange(len(pairs)), pairs[:, REACH]].reshape(4, -1)
        old[double], new[double] = of_pairs[:2].sum(axis=0), of_pairs[2:].sum(axis=0)
        return Fit(old, new)

    def gain_of_insertions(
        self, codes: Codes, places: npt.NDArray[np.intp], letters: npt.NDArray[np.int64]
    ) -> Numbers:
        """Tell of letters put in before places how well they fit, and how much better the symbols on either side do."""
        known = self.number[codes].astype(np.int64)
        padded = np.concatenate((np.full(REACH + 1, NOTHING), known, np.full(REACH + 1, NOTHING)))
        # From as far before the symbol ahead of the place as the network reads, to as far behind the one at the place.
        around = np.lib.stride_tricks.sliding_window_view(padded, 2 * REACH + 2)[places]
        written = np.concatenate(
            (around[:, : REACH + 1], self.number[letters][:, None], around[:, REACH + 1 :]), axis=1
        )
        rows = [
            *(around[:, step : step + 2 * REACH + 1] for step in range(2)),
            *(written[:, step : step + 2 * REACH + 1] for step in range(3)),
        ]
        stacked = np.concatenate(rows)
        fits = self._scores(stacked)[np.arange(len(stacked)), stacked[:, REACH]].reshape(len(rows), -1)
        gains: Numbers = fits[2:].sum(axis=0) - fits[:2].sum(axis=0)
        return gains

    def _scores(self, rows: Windows) -> Numbers:
        """Give the logarithm of the probability of every character in the middle of rows."""
        return np.concatenate(
            [self._scores_of(rows[first : first + BATCH]) for first in range(0, len(rows), BATCH)]
        )

    def _scores_of(self, rows: Windows) -> Numbers:
        before = self.forwards.read(self.read, rows[:, :REACH])
        behind = self.backwards.read(self.read, rows[:, :REACH:-1])
        both = np.concatenate((before, behind), axis=1)
        meant = np.maximum(both @ self.mix[0] + self.mix[1], 0) @ self.meet[0] + self.meet[1]
        logits = meant @ self.written.T + self.bias
        top = logits.max(axis=1, keepdims=True)
        scores: Numbers = logits - top - np.log(np.exp(logits - top).sum(axis=1, keepdims=True))
        return scores
