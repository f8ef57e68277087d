"""What the words around a change say: cut with the segmenter, as they stand and as they would be."""

from __future__ import annotations

from math import log10

import numpy as np
import numpy.typing as npt
import rjieba

from detectors.kernel.language.changes import Proposals
from detectors.kernel.language.dictionary import frequencies, log_total
from detectors.kernel.language.symbols import CLAUSE_END, Codes

REACH = 6
"""Code points on either side that are cut into words."""
COLUMNS = (
    "words_saved", "old_word_length", "new_word_length", "old_word_frequency", "new_word_frequency",
    "path_gain", "old_path",
)  # fmt: skip
"""“path” is the product of the frequencies of the words around; logarithms to base 10."""

Numbers = npt.NDArray[np.float64]


def words_around(codes: Codes, proposed: Proposals) -> Numbers:
    """Cut the neighbourhood of every change into words: one row each, named by COLUMNS."""
    rows = np.zeros((len(proposed), len(COLUMNS)))
    text = "".join(map(chr, codes.tolist()))
    end_mark = chr(CLAUSE_END)
    for number in range(len(proposed)):
        place, length = int(proposed.places[number]), int(proposed.lengths[number])
        first = max(place - REACH, text.rfind(end_mark, 0, place) + 1)
        last = min(place + length + REACH, text.find(end_mark, place))
        old = rjieba.cut(text[first:last], False)
        changed = text[first:place] + proposed.written(number) + text[place + length : last]
        new = rjieba.cut(changed, False)
        old_word, new_word = _word_at(old, place - first), _word_at(new, place - first)
        old_path, new_path = sum(map(_word_log, old)), sum(map(_word_log, new))
        rows[number] = (
            len(old) - len(new),
            len(old_word),
            len(new_word),
            log10(1 + frequencies().get(old_word, 0)),
            log10(1 + frequencies().get(new_word, 0)),
            new_path - old_path,
            old_path,
        )
    return rows


def _word_at(words: list[str], place: int) -> str:
    for word in words:
        if place < len(word):
            return word
        place -= len(word)
    return words[-1]


def _word_log(word: str) -> float:
    return log10(frequencies().get(word, 1)) - log_total()
