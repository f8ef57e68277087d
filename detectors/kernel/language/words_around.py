"""What the words around a change say: the likeliest way to cut the neighbourhood, as it stands and as it would be.

The likeliest way is that of the segmenters: the product of the frequencies of the words. It is found for all
changes at once: the ways up to a word that covers the change, the word itself, and the ways from there on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from detectors.kernel.language.changes import Places, Proposals
from detectors.kernel.language.dictionary import LONGEST, log_total
from detectors.kernel.language.known_words import known_words
from detectors.kernel.language.ngrams import FACTORS
from detectors.kernel.language.symbols import Codes

REACH = 6
"""Symbols on either side that are cut into words."""
COLUMNS = (
    "words_saved", "old_word_length", "new_word_length", "old_word_frequency", "new_word_frequency",
    "path_gain", "old_path",
)  # fmt: skip
"""“path” is the product of the frequencies of the words around; logarithms to base 10."""

Numbers = npt.NDArray[np.float64]
Logs = Mapping[tuple[int, int], Numbers]
"""Frequencies of words by how far they begin before a change, and how long they are."""


class _Ways(NamedTuple):
    """The likeliest ways to cut a stretch: a row for each place where it may end (or begin)."""

    worth: Numbers
    words: Numbers


class _Best(NamedTuple):
    """The likeliest way to cut what stands around a change."""

    worth: Numbers
    words: Numbers
    length: Numbers
    """Of the word that covers the first letter of the change."""
    log: Numbers
    """And its frequency."""


def words_around(codes: Codes, proposed: Proposals) -> Numbers:
    """Cut the neighbourhood of every change into words: one row each, named by COLUMNS."""
    rows = np.zeros((len(proposed), len(COLUMNS)))
    if not len(proposed):
        return rows
    edge = REACH + LONGEST
    padded = np.concatenate((np.zeros(edge, codes.dtype), codes, np.zeros(edge, codes.dtype)))
    logs = known_words().of_text(padded)
    for length in (1, 2):
        mine = np.flatnonzero(proposed.lengths == length)
        if not len(mine):
            continue
        places, which = np.unique(proposed.places[mine] + edge, return_inverse=True)
        before = _Ways(*[ways[:, which] for ways in _ways_before(logs, places)])
        behind = _Ways(*[ways[:, which] for ways in _ways_behind(logs, places + length)])
        at = proposed.places[mine] + edge
        written = (proposed.first[mine], proposed.second[mine])[:length]
        stands = {(ahead, n): logs[n - 1, at - ahead] for ahead, n in _words_of(length)}
        old = _best(stands, length, before, behind)
        new = _best(_logs_of_new(padded, at, written), length, before, behind)
        rows[mine] = np.column_stack(
            (
                old.words - new.words,
                old.length,
                new.length,
                np.maximum(old.log + log_total(), 0),
                np.maximum(new.log + log_total(), 0),
                new.worth - old.worth,
                old.worth,
            )
        )
    return rows


def _ways_before(logs: Numbers, places: Places) -> _Ways:
    """Cut what stands before places; row n for what ends n symbols before."""
    worth, words = [np.zeros(len(places))], [np.zeros(len(places))]
    for end in range(1, REACH + 1):
        _add(worth, words, [(end - n, logs[n - 1, places - REACH + end - n]) for n in _lengths(end)])
    return _Ways(np.array(worth[::-1][:LONGEST]), np.array(words[::-1][:LONGEST]))


def _ways_behind(logs: Numbers, places: Places) -> _Ways:
    """Cut what begins at places; row n for what begins n symbols behind."""
    worth, words = [np.zeros(len(places))], [np.zeros(len(places))]
    for left in range(1, REACH + 1):
        _add(worth, words, [(left - n, logs[n - 1, places + REACH - left]) for n in _lengths(left)])
    return _Ways(np.array(worth[::-1][:LONGEST]), np.array(words[::-1][:LONGEST]))


def _lengths(room: int) -> range:
    return range(1, min(LONGEST, room) + 1)


def _add(worth: list[Numbers], words: list[Numbers], last: list[tuple[int, Numbers]]) -> None:
    ways = np.array([worth[shorter] + log for shorter, log in last])
    best = ways.argmax(axis=0)
    many = np.arange(ways.shape[1])
    worth.append(ways[best, many])
    words.append(np.array([words[shorter] for shorter, _ in last])[best, many] + 1)


def _words_of(length: int) -> list[tuple[int, int]]:
    """List the words that may cover a change of one letter or two: how far they begin before it, and how long they are."""
    ways = [(ahead, n) for ahead in range(LONGEST) for n in range(ahead + 1, LONGEST + 1)]
    return ways if length == 1 else [*ways, *((-1, n) for n in _lengths(LONGEST))]


def _logs_of_new(padded: Codes, at: Places, written: Sequence[npt.NDArray[np.int64]]) -> Logs:
    """Look up the words that changes make."""
    words = known_words()
    found = {}
    for ahead, n in _words_of(len(written)):
        letters = [
            (written[step] if 0 <= step < len(written) else padded[at + step]).astype(np.uint64)
            for step in range(-ahead, n - ahead)
        ]
        if n == 1:
            found[ahead, n] = words.singles[letters[0].astype(np.intp)]
        else:
            sums = sum(letter * factor for letter, factor in zip(letters[::-1], FACTORS, strict=False))
            found[ahead, n] = words.logs(np.asarray(sums, np.uint64))
    return found


def _best(logs: Logs, length: int, before: _Ways, behind: _Ways) -> _Best:
    """Find the likeliest way through a change of one letter or two."""
    ways = []
    for (ahead, n), log in logs.items():
        beyond = n - ahead - length
        if ahead >= 0 and beyond >= 0:
            worth = before.worth[ahead] + log + behind.worth[beyond]
            ways.append(
                _Best(worth, before.words[ahead] + behind.words[beyond] + 1, np.full(len(log), n), log)
            )
    if length == 2:
        # Two words may meet between the letters.
        ends = [
            _Best(before.worth[n - 1] + log, before.words[n - 1] + 1, np.full(len(log), n), log)
            for n in _lengths(LONGEST)
            for log in [logs[n - 1, n]]
        ]
        begins = [
            _Best(behind.worth[n - 1] + log, behind.words[n - 1] + 1, np.full(len(log), n), log)
            for n in _lengths(LONGEST)
            for log in [logs[-1, n]]
        ]
        one, other = _likeliest(ends), _likeliest(begins)
        ways.append(_Best(one.worth + other.worth, one.words + other.words, one.length, one.log))
    return _likeliest(ways)


def _likeliest(ways: list[_Best]) -> _Best:
    known = np.array(ways)
    best = known[:, 0].argmax(axis=0)
    return _Best(*known[best, :, np.arange(len(best))].T)
