"""The segmenter's dictionary: how common words are, and which word a stretch nearly is.

Words and frequencies are those of jieba (dict.txt of the package), counted on general newspaper text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import distribution
from math import log10
from pathlib import Path
from typing import NamedTuple, Self

import numpy as np
import numpy.typing as npt

from detectors.kernel.language.symbols import FIRST_HAN, LAST_HAN, SYMBOLS, Codes, is_han

LONGEST = 4
"""Letters. Longer words are names of things, and rare."""
Places = npt.NDArray[np.intp]
Integers = npt.NDArray[np.int64]

PAIR_FREQUENCY = 60
"""From here on a word of two letters may be what was meant where one letter differs in any way."""
FOLLOWERS = 25
"""Of the words that begin (or end) with a letter, so many of the commonest count."""


class Words(NamedTuple):
    """Words of one length, in the order of the dictionary."""

    letters: Codes
    """A row for each word."""
    counts: Integers
    tags: Codes
    """The letter of the part of speech; 0 for those written with several letters."""


@cache
def words_of(length: int) -> Words:
    """Give the words of so many Han letters."""
    codes, starts, lengths, counts, tags = _listed()
    own = np.flatnonzero(lengths == length)
    letters = codes[starts[own, None] + np.arange(length)]
    han = ((letters >= FIRST_HAN) & (letters <= LAST_HAN)).all(axis=1)
    return Words(letters[han], counts[own[han]], tags[own[han]])


@cache
def _listed() -> tuple[Codes, Places, Places, Integers, Codes]:
    """Read the dictionary: its symbols, and of each line the first, the length of the word, its frequency and its tag.

    A line is word, frequency and tag. Read as arrays, since lines one by one take a second.
    """
    # Asked of the distribution: jieba itself, which importing it would load, is not needed.
    listed = distribution("jieba").locate_file("jieba/dict.txt")
    codes = np.frombuffer(Path(str(listed)).read_bytes().decode().encode("utf-16-le"), np.uint16)
    starts = np.concatenate(([0], np.flatnonzero(codes[:-1] == ord("\n")) + 1))
    first, second = np.flatnonzero(codes == ord(" ")).reshape(len(starts), 2).T
    counts, digits = np.zeros(len(starts), np.int64), second - first - 1
    for place in range(1, int(digits.max()) + 1):
        further = digits >= place
        counts[further] = 10 * counts[further] + codes[first[further] + place] - ord("0")
    # Behind the last line stands nothing more.
    behind = np.append(codes, np.uint16(ord("\n")))
    tags = np.where(behind[second + 2] == ord("\n"), behind[second + 1], np.uint16(0))
    return codes, starts, first - starts, counts, tags


@cache
def frequencies() -> dict[str, int]:
    """Give the frequency of every word of up to four Han letters (0.2 seconds, once)."""
    known: dict[str, int] = {}
    for length in range(1, LONGEST + 1):
        letters, counts, _ = words_of(length)
        written = np.ascontiguousarray(letters, "<u4").view(f"<U{length}").ravel()
        known.update(zip(written.tolist(), counts.tolist(), strict=True))
    return known


@cache
def log_total() -> float:
    """Give the logarithm of the number of words that were counted."""
    return log10(sum(frequencies().values()))


def expand(begin: Places, end: Places) -> tuple[Places, Places]:
    """List the members of several ranges: the number of each one's range, and its place."""
    counts = end - begin
    owners = np.repeat(np.arange(len(begin)), counts)
    before = np.repeat(begin - np.concatenate(([0], np.cumsum(counts)[:-1])), counts) if len(begin) else begin
    return owners, before + np.arange(len(owners))


@dataclass(frozen=True, slots=True, eq=False)
class Listing:
    """For every key from 0 on, a list of numbers, all in one array."""

    starts: Places = field(repr=False)
    members: npt.NDArray[np.int64] = field(repr=False)

    @classmethod
    def of(cls, keys: npt.NDArray[np.integer], members: npt.NDArray[np.integer], bound: int) -> Self:
        """Put members together by their keys, which are less than a bound; those of one key stay in order."""
        order = np.argsort(keys, kind="stable")
        counts = np.bincount(keys, minlength=bound)
        return cls(np.concatenate(([0], np.cumsum(counts))), members[order].astype(np.int64))

    def of_all(self, keys: npt.NDArray[np.integer]) -> tuple[Places, npt.NDArray[np.int64]]:
        """List the members of several keys: the place of each one's key, and the member."""
        owners, places = expand(self.starts[keys], self.starts[keys + 1])
        return owners, self.members[places]


def followers(*, backwards: bool = False) -> Listing:
    """List for every letter those that make a common word with it, behind it or before it."""
    letters, counts, _ = words_of(2)
    common = counts >= PAIR_FREQUENCY
    (first, second), counts = letters[common].T, counts[common]
    key, member = (second, first) if backwards else (first, second)
    order = np.lexsort((member, -counts, key))
    key, member = key[order], member[order]
    # How many of the same letter went before.
    place = np.arange(len(key)) - np.searchsorted(key, key)
    return Listing.of(key[place < FOLLOWERS], member[place < FOLLOWERS], SYMBOLS)


class MaskedWords:
    """Words of one length, found by all their letters but one."""

    def __init__(self, length: int, least: int) -> None:
        """Index the words of a length and a least frequency under every mask."""
        self.length = length
        words = words_of(length)
        letters = words.letters[words.counts >= least].astype(np.uint64)
        keys = np.concatenate([_masked(letters, masked) for masked in range(length)])
        hidden = np.concatenate([letters[:, masked] for masked in range(length)])
        order = np.argsort(keys, kind="stable")
        self._keys, self._hidden = keys[order], hidden[order].astype(np.uint16)

    def near(self, codes: Codes, wanted: npt.NDArray[np.bool_]) -> tuple[Places, npt.NDArray[np.int64]]:
        """Find wanted places where one other letter would make a word: the places, and the letters."""
        width = len(codes) - self.length + 1
        if width <= 0:
            return np.zeros(0, np.intp), np.zeros(0, np.int64)
        rows = np.lib.stride_tricks.sliding_window_view(codes, self.length)
        is_whole = is_han(rows).all(axis=1)
        masks = range(self.length)
        begun = [np.flatnonzero(is_whole & wanted[masked : masked + width]) for masked in masks]
        stretches = [rows[starts].astype(np.uint64) for starts in begun]
        # One search for all masks: on the stretches of a page it is the number of steps that costs.
        keys = np.concatenate([_masked(some, masked) for masked, some in enumerate(stretches)])
        places = np.concatenate([starts + masked for masked, starts in enumerate(begun)])
        own = np.concatenate([some[:, masked] for masked, some in enumerate(stretches)])
        first = np.searchsorted(self._keys, keys)
        # Nearly all stretches are no word under any mask: look for the end of those only that are.
        likely = np.flatnonzero(self._keys[np.minimum(first, len(self._keys) - 1)] == keys)
        last = np.searchsorted(self._keys, keys[likely], side="right")
        owners, at = expand(first[likely], last)
        owners, found = likely[owners], self._hidden[at]
        is_word = np.zeros(len(keys), np.bool_)
        is_word[owners[found == own[owners]]] = True
        other = ~is_word[owners]
        return places[owners[other]], found[other].astype(np.int64)


def _masked(rows: npt.NDArray[np.uint64], masked: int) -> npt.NDArray[np.uint64]:
    """Pack the letters but one into one number: 16 bits each are enough for three of four."""
    kept = [column for column in range(rows.shape[1]) if column != masked]
    keys = np.full(len(rows), masked, np.uint64)
    for column in kept:
        keys = (keys << np.uint64(16)) | rows[:, column]
    return keys
