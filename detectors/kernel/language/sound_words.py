"""Words of the same sound: what an input method offers beside the word that was meant."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from detectors.kernel.confusion import Characters
from detectors.kernel.language.changes import NAMES, Kind, Places, Proposals
from detectors.kernel.language.dictionary import Listing, frequencies
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
        lists: dict[int, list[int]] = defaultdict(list)
        for word, frequency in frequencies().items():
            if len(word) == 2 and frequency >= WORD_FREQUENCY and word[0] in readings and word[1] in readings:
                for first in readings[word[0]]:
                    for second in readings[word[1]]:
                        key = number[first] * self._sounds + number[second]
                        lists[key].append(ord(word[0]) << 16 | ord(word[1]))
        self._words = Listing.of(lists, self._sounds**2)

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
