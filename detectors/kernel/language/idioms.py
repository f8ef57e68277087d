"""The idioms of the segmenter's dictionary, and the stretches that differ from one of them by one letter.

Of four letters one slip leaves a half whole. So the halves are looked for, at all places at once; where one stands,
three letters of the four; and only then the idiom.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

import numpy as np
import numpy.typing as npt

from detectors.kernel.code_points import codes_of
from detectors.kernel.language.dictionary import frequencies, words_of

LETTERS = 4
HALF = 2
FREQUENCY = 4
"""Rarer ones have been counted nowhere; many are no idioms."""
TAGS = "il"
"""Of idioms and of set phrases."""
OTHER_TAGS, OTHER_FREQUENCY = "nvzacdo", 10
"""Of words that are idioms as well (节外生枝), if they do not fall into two words."""
HOLE = 0
"""Stands for a letter that is left open."""
BITS = 20
"""A first look: one stretch in a hundred that is no part of an idiom passes it."""
STEP = 0x9E3779B1
"""Odd, without meaning."""

Columns = npt.NDArray[np.uint32]
"""A row for each letter of a stretch, a column for each stretch."""
Marks = npt.NDArray[np.bool_]


class Idioms:
    """The idioms by what is left of them."""

    def __init__(self, further: Iterable[str]) -> None:
        """Index the dictionary, and further wordings (0.2 seconds)."""
        self._words = frequencies()
        idioms = sorted({*_of_dictionary(), *(wording for wording in further if len(wording) == LETTERS)})
        columns = codes_of("".join(idioms)).reshape(-1, LETTERS).T
        self._first, self._last = _marks(columns[:HALF]), _marks(columns[HALF:])
        self._but_one = _marks(np.concatenate(list(_but_one(columns)), axis=1))
        self._idioms: dict[str, list[str]] = defaultdict(list)
        for idiom in idioms:
            for masked in _masked(idiom):
                self._idioms[masked].append(idiom)

    def near(self, folded: str) -> Iterator[tuple[int, list[str]]]:
        """Find the places where four letters that are no word differ from idioms by one letter: the place, the idioms."""
        codes = codes_of(folded)
        if len(codes) < LETTERS:
            return
        pairs = _hashes(np.stack((codes[:-1], codes[1:])))
        starts = np.flatnonzero(self._first[pairs[:-HALF]] | self._last[pairs[HALF:]])
        columns = np.stack([codes[starts + place] for place in range(LETTERS)])
        likely = np.any([self._but_one[_hashes(masked)] for masked in _but_one(columns)], axis=0)
        for start in starts[likely].tolist():
            stretch = folded[start : start + LETTERS]
            idioms = [idiom for masked in _masked(stretch) for idiom in self._idioms.get(masked, ())]
            if idioms and stretch not in idioms and stretch not in self._words:
                yield start, idioms


def _of_dictionary() -> Iterator[str]:
    words, known = words_of(LETTERS), frequencies()
    for tags, least in ((TAGS, FREQUENCY), (OTHER_TAGS, OTHER_FREQUENCY)):
        chosen = (words.counts >= least) & np.isin(words.tags, [ord(tag) for tag in tags])
        for codes in words.letters[chosen].tolist():
            idiom = "".join(map(chr, codes))
            if tags == TAGS or idiom[:HALF] not in known or idiom[HALF:] not in known:
                yield idiom


def _masked(stretch: str) -> Iterator[str]:
    return (stretch[:place] + chr(HOLE) + stretch[place + 1 :] for place in range(len(stretch)))


def _but_one(columns: Columns) -> Iterator[Columns]:
    """Give stretches with each letter in turn left open."""
    for place in range(len(columns)):
        masked = columns.copy()
        masked[place] = HOLE
        yield masked


def _hashes(columns: Columns) -> npt.NDArray[np.intp]:
    hashed = columns[0]
    for column in columns[1:]:
        hashed = hashed * np.uint32(STEP) + column
    places: npt.NDArray[np.intp] = (hashed * np.uint32(STEP) >> np.uint32(32 - BITS)).astype(np.intp)
    return places


def _marks(columns: Columns) -> Marks:
    marks = np.zeros(1 << BITS, np.bool_)
    marks[_hashes(columns)] = True
    return marks
