"""Words of the same sound: what an input method offers beside the word that was meant."""

from __future__ import annotations

import numpy as np

from detectors.kernel.confusion import Characters
from detectors.kernel.language.changes import NAMES, Kind, Places, Proposals
from detectors.kernel.language.dictionary import Listing, words_of
from detectors.kernel.language.symbols import SYMBOLS, Codes

WORD_FREQUENCY = 10
"""Words of two letters at least this common are tried for others of the same sound."""
READINGS = 2
"""Readings of a character that count, the usual one first."""


class SoundWords:
    """Words of two letters by their sound, as an input method offers them."""

    def __init__(self, characters: Characters) -> None:
        """Index the common words under every reading."""
        readings = {char: characters.readings(char)[:READINGS] for char in characters}
        sounds = sorted({reading for several in readings.values() for reading in several})
        number = {sound: place for place, sound in enumerate(sounds)}
        self._sounds = len(sounds)
        self._readings = np.full((SYMBOLS, READINGS), -1, np.int64)
        for char, several in readings.items():
            self._readings[ord(char), : len(several)] = [number[reading] for reading in several]
        letters, counts, _ = words_of(2)
        letters = letters[counts >= WORD_FREQUENCY].astype(np.int64)
        first, second = letters.T
        # Every reading of the first letter with every one of the second.
        ways = [(one, other) for one in range(READINGS) for other in range(READINGS)]
        sounding = np.array(
            [[self._readings[first, one], self._readings[second, other]] for one, other in ways]
        )
        one, other = sounding.transpose(1, 2, 0).reshape(2, -1)
        written = np.repeat(first << 16 | second, len(ways))
        spoken = (one >= 0) & (other >= 0)
        keys = one[spoken] * self._sounds + other[spoken]
        self._words = Listing.of(keys, written[spoken], self._sounds**2)

    def proposals(self, codes: Codes, pairs: Places) -> Proposals:
        """Another word of the same sound was meant, both letters being different."""
        found = [Proposals(*[np.zeros(0, np.int64)] * len(NAMES))]
        for first in self._readings[codes[pairs]].T:
            for second in self._readings[codes[pairs + 1]].T:
                sounding = np.flatnonzero((first >= 0) & (second >= 0))
                owners, words = self._words.of_all((first * self._sounds + second)[sounding])
                places = pairs[sounding][owners]
                one, other = words >> 16, words & 0xFFFF
                chosen = (one != codes[places]) & (other != codes[places + 1])
                same = np.ones(int(chosen.sum()), np.int64)
                found.append(
                    Proposals(
                        places[chosen], 2 * same, one[chosen], other[chosen], same * Kind.WORD_SOUND, 0 * same
                    )
                )
        return Proposals.joined(found)
