"""What may have been meant in place of what stands: candidates, and the few of them that a text likes better.

A cheap first look leaves out the places where the model is not surprised: nine in ten of a clean text.
At the others, candidates must gain under the model of two characters before they are tried under that
of five.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

import numpy as np
import numpy.typing as npt

from detectors.kernel.confusion import Characters, Likeness
from detectors.kernel.language.changes import Integers, Kind, Places, Proposals
from detectors.kernel.language.dictionary import Listing, MaskedWords, followers
from detectors.kernel.language.ngrams import Ngrams
from detectors.kernel.language.sound_words import SoundWords
from detectors.kernel.language.symbols import SYMBOLS, Codes, is_han

Numbers = npt.NDArray[np.float64]

NUMERALS = "一二三四五六七八九十百千万亿零两第"
CONJUNCTIONS = "和或及与暨"
"""Among these, and among numerals, another would say something else, and no slip of sound leads there."""
SURPRISE = 4.3
"""Two places together less likely than 10 to the minus this are looked at."""
KIND_OF = {Likeness.SOUND: Kind.SOUND, Likeness.NEAR_SOUND: Kind.NEAR_SOUND, Likeness.SHAPE: Kind.SHAPE}
LEAST_GAINS = {
    Kind.SOUND: (-0.5, -0.5),
    Kind.NEAR_SOUND: (0.0, 0.0),
    Kind.SHAPE: (0.0, 0.0),
    Kind.OTHER: (3.0, 2.0),
    Kind.SWAPPED: (0.5, 0.5),
    Kind.WORD_SOUND: (0.5, 0.5),
    Kind.PARTICLE: (-0.5, -0.5),
}
"""Least gains under the models of two characters and of five (logarithms to base 10). Common slips of sound
are often no less likely than what was meant: only a longer look tells."""
LEAST_GAINS_OF_WORDS = {3: (0.0, 0.0), 4: (-3.0, -1.0)}
"""Likewise where a word of so many letters would come about: the dictionary knows rare words and idioms
better than either model."""


class Proposer:
    """Knows what each character may stand for."""

    def __init__(self, ngrams: Ngrams, characters: Characters) -> None:
        """Prepare the candidates of every character (half a second)."""
        self.ngrams = ngrams
        self._alike = _alike(ngrams, characters)
        owners, members = self._alike.of_all(np.arange(SYMBOLS))
        keys = (owners << 16) | (members & 0xFFFF)
        order = np.argsort(keys)
        self._alike_keys, self._alike_kinds = keys[order], members[order] >> 16
        self._behind = followers()
        self._before = followers(backwards=True)
        self._masked = (MaskedWords(3, 20), MaskedWords(4, 2))
        self._same_sound = SoundWords(characters)
        self._class = np.zeros(SYMBOLS, np.int8)
        for number, letters in enumerate((NUMERALS, CONJUNCTIONS), 1):
            self._class[[ord(letter) for letter in letters]] = number

    def propose(self, codes: Codes, scores: Numbers, wanted: npt.NDArray[np.bool_]) -> Proposals:
        """List changes that the model of two characters likes, at places where that of five is surprised.

        Args:
            codes: symbols, with a clause end at either end.
            scores: the logarithm of the probability of each.
            wanted: where to look at all; the rest is context.
        """
        surprising = wanted & is_han(codes) & (-(scores + np.append(scores[1:], 0)) > SURPRISE)
        at = np.flatnonzero(surprising)
        pairs = np.flatnonzero(is_han(codes[:-1]) & is_han(codes[1:]) & (surprising[:-1] | surprising[1:]))
        proposed = Proposals.joined(
            [
                *self._letters(codes, at),
                *self._completions(codes, surprising),
                _swaps(codes, pairs),
                self._same_sound.proposals(codes, pairs),
            ]
        )
        return proposed.only(self._gains(codes, scores, proposed))

    def _letters(self, codes: Codes, at: Places) -> Iterator[Proposals]:
        owners, members = self._alike.of_all(codes[at])
        places, letters = at[owners], members & 0xFFFF
        before, behind = codes[places - 1], codes[places + 1]
        fits = self.ngrams.may_know(before, letters) | self.ngrams.may_know(letters, behind)
        yield self._single(codes, places[fits], letters[fits], members[fits] >> 16, 0)
        for listing, beside in ((self._behind, at - 1), (self._before, at + 1)):
            owners, members = listing.of_all(codes[beside])
            places = at[owners]
            # Letters that resemble nothing must gain much, and hardly do unless they go with either neighbour.
            fits = self._goes_with(codes[places - 1], members) & self._goes_with(members, codes[places + 1])
            yield self._single(codes, places[fits], members[fits], Kind.OTHER, 0)

    def _goes_with(
        self, first: npt.NDArray[np.integer], second: npt.NDArray[np.integer]
    ) -> npt.NDArray[np.bool_]:
        return ~is_han(first) | ~is_han(second) | self.ngrams.may_know(first, second)

    def _completions(self, codes: Codes, surprising: npt.NDArray[np.bool_]) -> Iterator[Proposals]:
        for masked in self._masked:
            places, letters = masked.near(codes, surprising)
            yield self._single(codes, places, letters, self._kinds(codes[places], letters), masked.length)

    def _kinds(self, old: Codes, new: Integers) -> Integers:
        """Tell how letters are alike."""
        keys = (old.astype(np.int64) << 16) | new
        at = np.minimum(np.searchsorted(self._alike_keys, keys), len(self._alike_keys) - 1)
        return np.where(self._alike_keys[at] == keys, self._alike_kinds[at], Kind.OTHER)

    def _single(
        self, codes: Codes, places: Places, letters: Integers, kinds: Integers | int, word: int
    ) -> Proposals:
        old = codes[places]
        chosen = (letters != old) & ((self._class[old] != self._class[letters]) | (self._class[old] == 0))
        places, letters = places[chosen], letters[chosen]
        kinds = kinds[chosen] if isinstance(kinds, np.ndarray) else np.full(len(places), kinds)
        return Proposals(
            places,
            np.ones(len(places), np.int64),
            letters,
            np.zeros(len(places), np.int64),
            kinds.astype(np.int64),
            np.full(len(places), word),
        )

    def _gains(self, codes: Codes, scores: Numbers, proposed: Proposals) -> npt.NDArray[np.bool_]:
        """Tell which changes make their neighbourhood likelier under the model of two characters."""
        padded = np.append(codes, np.zeros(3, codes.dtype)).astype(np.int64)
        behind = np.append(scores, np.zeros(3))
        least = least_gains(proposed, 0)
        gains = np.zeros(len(proposed))
        for length in (1, 2):
            mine = np.flatnonzero(proposed.lengths == length)
            gains[mine] = -sum(behind[proposed.places[mine] + step] for step in range(length + 1))
            for step in range(length + 1):
                # No probability is more than one: what has lost too much already is not looked up further.
                mine = mine[gains[mine] > least[mine]]
                places = proposed.places[mine]
                letters = (
                    padded[places - 1],
                    *(proposed.first[mine], proposed.second[mine])[:length],
                    padded[places + length],
                )
                gains[mine] += self.ngrams.pairs_of(*letters[step : step + 2])
        return gains > least


def least_gains(proposed: Proposals, model: int) -> Numbers:
    """Tell what every change must gain under the model of two characters (0) or of five (1)."""
    needed = np.array([least[model] for least in LEAST_GAINS.values()])[proposed.kinds]
    for length, least in LEAST_GAINS_OF_WORDS.items():
        needed[proposed.words == length] = least[model]
    return needed


def _alike(ngrams: Ngrams, characters: Characters) -> Listing:
    """List for every character those that sound or look like it, with the kind above bit 16."""
    above = {likeness: kind << 16 for likeness, kind in KIND_OF.items()}
    chars = list(characters)
    alike = [characters.alike(char) for char in chars]
    owners = np.repeat(np.array([ord(char) for char in chars]), [len(others) for others in alike])
    joined = "".join(chain.from_iterable(alike)).encode("utf-32-le")
    others = np.frombuffer(joined, np.uint32).astype(np.int64)
    why = chain.from_iterable(row.values() for row in alike)
    kinds = np.fromiter(map(above.__getitem__, why), np.int64, len(others))
    known = ngrams.is_known(others)
    return Listing.of(owners[known], (others | kinds)[known], SYMBOLS)


def _swaps(codes: Codes, pairs: Places) -> Proposals:
    """Two letters changed places."""
    pairs = pairs[codes[pairs] != codes[pairs + 1]]
    same = np.ones(len(pairs), np.int64)
    first, second = codes[pairs + 1].astype(np.int64), codes[pairs].astype(np.int64)
    return Proposals(pairs, 2 * same, first, second, same * Kind.SWAPPED, 0 * same)
