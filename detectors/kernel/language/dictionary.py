"""The segmenter's dictionary: how common words are, and which word a stretch nearly is.

Words and frequencies are those of jieba (dict.txt of the package), counted on general newspaper text.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from math import log10
from typing import Self

import numpy as np
import numpy.typing as npt
import regex

from detectors.kernel.language.symbols import SYMBOLS, Codes, is_han

LONGEST = 4
"""Letters. Longer words are names of things, and rare."""
ENTRY = regex.compile(rf"^([\u4e00-\u9fff]{{1,{LONGEST}}}) ([0-9]+) ", regex.ASCII | regex.MULTILINE)
Places = npt.NDArray[np.intp]

PAIR_FREQUENCY = 60
"""From here on a word of two letters may be what was meant where one letter differs in any way."""
FOLLOWERS = 25
"""Of the words that begin (or end) with a letter, so many of the commonest count."""


@cache
def frequencies() -> dict[str, int]:
    """Read the words of up to four Han letters (0.3 seconds, once)."""
    listed = files("jieba").joinpath("dict.txt").read_text(encoding="utf-8")
    return {word: int(frequency) for word, frequency in ENTRY.findall(listed)}


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
    def of(cls, lists: dict[int, list[int]], keys: int) -> Self:
        """Put lists together."""
        starts = np.zeros(keys + 1, np.intp)
        for key, members in lists.items():
            starts[key + 1] = len(members)
        ordered = [number for key in sorted(lists) for number in lists[key]]
        return cls(np.cumsum(starts), np.array(ordered, np.int64))

    def of_all(self, keys: npt.NDArray[np.integer]) -> tuple[Places, npt.NDArray[np.int64]]:
        """List the members of several keys: the place of each one's key, and the member."""
        owners, places = expand(self.starts[keys], self.starts[keys + 1])
        return owners, self.members[places]


def followers(*, backwards: bool = False) -> Listing:
    """List for every letter those that make a common word with it, behind it or before it."""
    lists: dict[int, list[int]] = defaultdict(list)
    pairs = [
        (-count, word) for word, count in frequencies().items() if count >= PAIR_FREQUENCY and len(word) == 2
    ]
    for _, word in sorted(pairs):
        key, member = ord(word[-1 if backwards else 0]), ord(word[0 if backwards else -1])
        if len(lists[key]) < FOLLOWERS:
            lists[key].append(member)
    return Listing.of(lists, SYMBOLS)


class MaskedWords:
    """Words of one length, found by all their letters but one."""

    def __init__(self, length: int, least: int) -> None:
        """Index the words of a length and a least frequency under every mask."""
        self.length = length
        words = [word for word, count in frequencies().items() if len(word) == length and count >= least]
        letters = np.array([[ord(letter) for letter in word] for word in words], np.uint64)
        keys = np.concatenate([_masked(letters, masked) for masked in range(length)])
        hidden = np.concatenate([letters[:, masked] for masked in range(length)])
        order = np.argsort(keys, kind="stable")
        self._keys, self._hidden = keys[order], hidden[order].astype(np.uint16)

    def near(self, codes: Codes) -> tuple[Places, npt.NDArray[np.int64]]:
        """Find the places where one other letter would make a word: the places, and the letters."""
        width = len(codes) - self.length + 1
        if width <= 0:
            return np.zeros(0, np.intp), np.zeros(0, np.int64)
        rows = np.lib.stride_tricks.sliding_window_view(codes, self.length)
        starts = np.flatnonzero(is_han(rows).all(axis=1))
        stretches = rows[starts].astype(np.uint64)
        places, letters = [], []
        for masked in range(self.length):
            keys = _masked(stretches, masked)
            first = np.searchsorted(self._keys, keys)
            # Nearly all stretches are no word under any mask: look for the end of those only that are.
            likely = np.flatnonzero(self._keys[np.minimum(first, len(self._keys) - 1)] == keys)
            last = np.searchsorted(self._keys, keys[likely], side="right")
            owners, at = expand(first[likely], last)
            owners, found = likely[owners], self._hidden[at]
            is_word = np.zeros(len(starts), np.bool_)
            is_word[owners[found == stretches[owners, masked]]] = True
            other = ~is_word[owners]
            places.append(starts[owners[other]] + masked)
            letters.append(found[other].astype(np.int64))
        return np.concatenate(places), np.concatenate(letters)


def _masked(rows: npt.NDArray[np.uint64], masked: int) -> npt.NDArray[np.uint64]:
    """Pack the letters but one into one number: 16 bits each are enough for three of four."""
    kept = [column for column in range(rows.shape[1]) if column != masked]
    keys = np.full(len(rows), masked, np.uint64)
    for column in kept:
        keys = (keys << np.uint64(16)) | rows[:, column]
    return keys
