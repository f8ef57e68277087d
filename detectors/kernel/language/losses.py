"""Letters that were lost: where a text stumbles, and one more letter between two others would mend it.

Lost letters leave no trace but what is left of their word (减税降费策, 决性进展). So a letter is tried only where it makes a common word
with a neighbour, where the n-grams are surprised at once, and only if it is no function word, number or the like: those
come and go in right texts. Two things are then asked: how much likelier the n-grams find the clause with the letter, and
how much better the letters around it, and it itself, fit their gaps.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from detectors.kernel.language.cloze import Cloze
from detectors.kernel.language.dictionary import followers
from detectors.kernel.language.evidence import FUNCTION_WORDS
from detectors.kernel.language.ngrams import ORDER, Likelihood, Ngrams
from detectors.kernel.language.symbols import CLAUSE_END, SYMBOLS, Codes, is_han

BEHIND = ORDER - 1
"""Symbols behind a letter whose probability it has a part in."""
COMES_AND_GOES = FUNCTION_WORDS + "者们些么份年月日个"
"""Letters without which a wording is another, and no less right (或者, 或; 5月份, 5月)."""
LONGER_BY_CHOICE = frozenset(
    "按照 依照 遵照 比照 根据 依据 因为 由于 虽然 但是 而且 并且 如果 已经 曾经 仍然 应当 必须 需要 自从 对于 关于 经过 为了".split()
)
"""Words of which one letter alone says the same (按直线法计提); the other letter is no function word everywhere (执照)."""
KNOWN_TOGETHER = 2
"""Where a longer stretch than a pair is known, nothing is missing."""
LEAST_LOSS = -7.0
"""Logarithm (base 10) of the probability of what stands behind a loss; what is likelier has nothing to gain."""
LEAST_OF_PAIRS = -4.5
"""And of the letter between its neighbours, under the model of two characters."""
LEAST_PAIR_GAIN = 3.0
LEAST_GAIN = 3.0
"""Logarithms (base 10): how much likelier the clause must become."""
MUCH_LESS = 1.0
"""What gains so much less than the best is not offered beside it."""
MOST_RIGHTS = 3
OF_NETWORK, ODDS_OF_NONE = 0.23, -6.2
"""Weight of the network (natural logarithms), and the odds of a letter that gains nothing: by logistic regression on letters taken out of clean
text, with what is found in clean text as it stands counted five times (docs/decisions/0043)."""

Places = npt.NDArray[np.intp]
Numbers = npt.NDArray[np.float64]
Letters = npt.NDArray[np.int64]


class Loss(NamedTuple):
    """A letter that seems to be missing between two others."""

    place: int
    """Of the symbol that now follows the one before the loss."""
    rights: tuple[str, ...]
    """What one of the two makes with it, likeliest first."""
    joins_before: bool
    """Whether that is the one before."""
    odds: float


class Losses:
    """Knows which letters go with which, and tries them where a text stumbles."""

    def __init__(self, ngrams: Ngrams, cloze: Cloze) -> None:
        """Prepare the common pairs of letters."""
        self._ngrams = ngrams
        self._cloze = cloze
        self._behind, self._before = followers(), followers(backwards=True)
        self._may_be_lost = np.ones(SYMBOLS, np.bool_)
        self._may_be_lost[[ord(letter) for letter in COMES_AND_GOES]] = False

    def find(self, codes: Codes, likelihood: Likelihood, least: float) -> list[Loss]:
        """Find the letters whose odds reach the least.

        Args:
            codes: symbols, with a clause end at either end.
            likelihood: theirs.
            least: odds, the logarithm to base e.
        """
        stands = _of_next(codes, likelihood.log_probabilities[0].astype(np.float64))
        han = is_han(codes)
        stumbles = (
            han[1:] & han[:-1] & (likelihood.orders[0][1:] <= KNOWN_TOGETHER) & (stands[1:] < LEAST_LOSS)
        )
        at = np.flatnonzero(stumbles) + 1
        owners, letters = self._likely(codes, at, stands)
        if not len(owners):
            return []
        gains = self._with_letter(codes, at[owners], letters) - stands[at[owners]]
        order = np.lexsort((-gains, owners))
        firsts = np.flatnonzero(np.diff(owners[order], prepend=-1))
        firsts = firsts[gains[order[firsts]] >= LEAST_GAIN]
        if not len(firsts):
            return []
        best = order[firsts]
        fits = self._cloze.gain_of_insertions(codes, at[owners[best]], letters[best])
        odds = gains[best] + OF_NETWORK * fits + ODDS_OF_NONE
        found = []
        for number in np.flatnonzero(odds >= least):
            of_place = order[firsts[number] :][:MOST_RIGHTS]
            of_place = of_place[
                (owners[of_place] == owners[best[number]])
                & (gains[of_place] > gains[best[number]] - MUCH_LESS)
            ]
            place = int(at[owners[best[number]]])
            loss = self._spelt(codes, place, letters[of_place], float(odds[number]))
            if loss.rights[0] not in LONGER_BY_CHOICE:
                found.append(loss)
        return found

    def _likely(self, codes: Codes, at: Places, stands: Numbers) -> tuple[Places, Letters]:
        """List letters that go with both neighbours: the number of the place in `at`, and the letter."""
        behind, before = self._behind.of_all(codes[at - 1]), self._before.of_all(codes[at])
        owners, letters = (np.concatenate(pair) for pair in zip(behind, before, strict=True))
        left, right = codes[at - 1][owners], codes[at][owners]
        likely = self._may_be_lost[letters] & self._ngrams.may_know(left, letters)
        likely &= self._ngrams.may_know(letters, right)
        owners, letters, left, right = owners[likely], letters[likely], left[likely], right[likely]
        pairs = self._ngrams.pairs_of(left, letters) + self._ngrams.pairs_of(letters, right)
        likely = pairs > np.maximum(LEAST_OF_PAIRS, stands[at][owners] + LEAST_PAIR_GAIN)
        # A letter may go with either neighbour: it is tried once.
        keys = np.unique((owners[likely] << 16) | letters[likely])
        return keys >> 16, keys & 0xFFFF

    def _with_letter(self, codes: Codes, places: Places, letters: Letters) -> Numbers:
        """Score what stands from each place on with a letter before it, as far as the letter matters."""
        padded = np.concatenate((np.zeros(BEHIND), codes, np.zeros(BEHIND))).astype(np.int64)
        rows = np.lib.stride_tricks.sliding_window_view(padded, 2 * BEHIND)[places]
        written = np.concatenate((rows[:, :BEHIND], letters[:, None], rows[:, BEHIND:]), axis=1)
        scores = self._ngrams.likelihood(written).log_probabilities[:, BEHIND:].astype(np.float64)
        is_end = rows[:, BEHIND:] == CLAUSE_END
        scores[:, 1:][np.cumsum(is_end, axis=1) > is_end] = 0
        summed: Numbers = scores.sum(axis=1)
        return summed

    def _spelt(self, codes: Codes, place: int, letters: Letters, odds: float) -> Loss:
        """Spell what may have been meant: those of the letters that go with the same neighbour as the first."""
        before, behind = codes[place - 1], codes[place]
        ahead = self._ngrams.pairs_of(np.full(len(letters), before), letters)
        joins = ahead >= self._ngrams.pairs_of(letters, np.full(len(letters), behind))
        same = map(chr, letters[joins == joins[0]].tolist())
        rights = [chr(before) + letter if joins[0] else letter + chr(behind) for letter in same]
        return Loss(place, tuple(rights), bool(joins[0]), odds)


def _of_next(codes: Codes, scores: Numbers) -> Numbers:
    """Sum for every place the scores of as many symbols as a letter before it matters for, up to the end of the clause."""
    padded = np.concatenate((scores, np.zeros(BEHIND)))
    is_end = np.concatenate((codes == CLAUSE_END, np.ones(BEHIND, np.bool_)))
    summed, goes_on = np.zeros(len(codes)), np.ones(len(codes), np.bool_)
    for step in range(BEHIND):
        summed += np.where(goes_on, padded[step : step + len(codes)], 0)
        goes_on &= ~is_end[step : step + len(codes)]
    return summed
