"""What speaks for a change and against it: the numbers that the judgement of slips is learned from."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import log10

import numpy as np
import numpy.typing as npt
import rjieba

from detectors.kernel.language.changes import Proposals, windows
from detectors.kernel.language.dictionary import frequencies, log_total
from detectors.kernel.language.ngrams import ORDER, Ngrams
from detectors.kernel.language.proposals import BY_WORD
from detectors.kernel.language.symbols import CLAUSE_END, SYMBOLS, Codes

FUNCTION_WORDS = "的和与及或了地得着之等过在是为对以于不也就都将已要会被把其所这那有无并更又再则而一二三四五六七八九十百千万零两第"
PER_CLAUSE = 5
"""Changes of one clause that are looked at closely."""
WORD_BONUS = 2.0
"""What a word of three letters that comes about is worth when the changes of a clause are ranked."""
REACH = 6
"""Code points on either side that are cut into words."""

COLUMNS = (
    "gain", "old_here", "new_here", "old_next", "new_next", "old_rest", "new_rest", "old_common",
    "new_common", "kind", "words_saved", "old_word_length", "new_word_length", "old_word_frequency",
    "new_word_frequency", "old_is_function", "new_is_function", "at_start", "at_end", "rank",
    "dictionary_word", "path_gain", "old_path", "old_orders", "new_orders", "new_longest", "old_longest",
    "margin", "behind_best", "rivals", "clause_length", "clause_mean",
)  # fmt: skip
"""Scores are logarithms to base 10; “path” is the product of the frequencies of the words around;
“orders” are the lengths of the known n-grams; “rivals” are other changes of the clause."""
AT = {name: place for place, name in enumerate(COLUMNS)}
Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """Changes worth a judgement, and what is known of each: a row of numbers, named by COLUMNS."""

    proposals: Proposals = field(repr=False)
    rows: Numbers = field(repr=False)


class Witness:
    """Gathers the evidence."""

    def __init__(self, ngrams: Ngrams) -> None:
        """Keep the model at hand."""
        self._ngrams = ngrams
        self._is_function = np.zeros(SYMBOLS, np.bool_)
        self._is_function[[ord(letter) for letter in FUNCTION_WORDS]] = True

    def gather(self, codes: Codes, scores: Numbers, proposed: Proposals) -> Evidence:
        """Weigh changes under the whole model, and look closely at the best of every clause."""
        rows = self._weighed(codes, proposed)
        needed = np.zeros(len(proposed))
        for word, (_, least) in BY_WORD.items():
            needed[proposed.words == word] = least
        chosen = rows[:, AT["gain"]] > needed
        proposed, rows = proposed.only(chosen), rows[chosen]
        if not len(proposed):
            return Evidence(proposed, rows)
        _compare(codes, scores, proposed, rows)
        close = rows[:, AT["rank"]] < PER_CLAUSE
        proposed, rows = proposed.only(close), rows[close]
        self._read_words(codes, proposed, rows)
        return Evidence(proposed, rows)

    def _weighed(self, codes: Codes, proposed: Proposals) -> Numbers:
        rows = np.zeros((len(proposed), len(COLUMNS)))
        here = ORDER - 1
        for length in (1, 2):
            mine = np.flatnonzero(proposed.lengths == length)
            if not len(mine):
                continue
            stands, would = windows(codes, proposed.only(mine), length)
            # Many changes are of one place, which needs to be scored only once as it stands.
            _, once, which = np.unique(proposed.places[mine], return_index=True, return_inverse=True)
            old, old_orders = (scored[which] for scored in self._ngrams.likelihood(stands[once]))
            new, new_orders = self._ngrams.likelihood(would)
            after = here + length
            # Behind the end of the clause nothing changes, whatever stands there.
            ends = np.cumsum(stands[:, after:] == CLAUSE_END, axis=1)
            beyond = ends - (stands[:, after:] == CLAUSE_END) > 0
            for scored in (old[:, after:], new[:, after:], old_orders[:, after:], new_orders[:, after:]):
                scored[beyond] = 0
            columns = {
                "gain": new[:, here:].sum(axis=1) - old[:, here:].sum(axis=1),
                "old_here": old[:, here],
                "new_here": new[:, here],
                "old_next": old[:, after],
                "new_next": new[:, after],
                "old_rest": old[:, after + 1 :].sum(axis=1),
                "new_rest": new[:, after + 1 :].sum(axis=1),
                "old_orders": old_orders[:, here : after + 2].sum(axis=1),
                "new_orders": new_orders[:, here : after + 2].sum(axis=1),
                "old_longest": old_orders[:, here:].max(axis=1),
                "new_longest": new_orders[:, here:].max(axis=1),
            }
            for name, column in columns.items():
                rows[mine, AT[name]] = column
        old_letters = codes[proposed.places]
        columns = {
            "old_common": self._ngrams.logs[old_letters],
            "new_common": self._ngrams.logs[proposed.first],
            "kind": proposed.kinds,
            "dictionary_word": proposed.words,
            "old_is_function": self._is_function[old_letters],
            "new_is_function": self._is_function[proposed.first],
            "at_start": codes[proposed.places - 1] == CLAUSE_END,
            "at_end": codes[proposed.places + proposed.lengths] == CLAUSE_END,
        }
        for name, column in columns.items():
            rows[:, AT[name]] = column
        return rows

    def _read_words(self, codes: Codes, proposed: Proposals, rows: Numbers) -> None:
        """Cut the neighbourhood into words, as it stands and as it would be."""
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
            columns = {
                "words_saved": len(old) - len(new),
                "old_word_length": len(old_word),
                "new_word_length": len(new_word),
                "old_word_frequency": log10(1 + frequencies().get(old_word, 0)),
                "new_word_frequency": log10(1 + frequencies().get(new_word, 0)),
                "path_gain": new_path - old_path,
                "old_path": old_path,
            }
            for name, value in columns.items():
                rows[number, AT[name]] = value


def _word_at(words: list[str], place: int) -> str:
    for word in words:
        if place < len(word):
            return word
        place -= len(word)
    return words[-1]


def _word_log(word: str) -> float:
    return log10(frequencies().get(word, 1)) - log_total()


def _compare(codes: Codes, scores: Numbers, proposed: Proposals, rows: Numbers) -> None:
    """Rank changes among those of their clause and of their place."""
    gains = rows[:, AT["gain"]]
    clause_of = np.cumsum(codes == CLAUSE_END)
    clauses = clause_of[proposed.places]
    count = int(clause_of[-1]) + 1
    worth = gains + WORD_BONUS * (np.maximum(proposed.words, 2) - 2)
    rows[:, AT["rank"]] = _rank(worth, clauses)
    at_place = _rank(gains, proposed.places)
    best, second = np.zeros(len(codes)), np.zeros(len(codes))
    np.maximum.at(best, proposed.places, gains)
    np.maximum.at(second, proposed.places[at_place == 1], gains[at_place == 1])
    other = np.where(at_place == 0, second[proposed.places], best[proposed.places])
    rows[:, AT["margin"]] = gains - other
    best_of_clause = np.zeros(count)
    np.maximum.at(best_of_clause, clauses, gains)
    rows[:, AT["behind_best"]] = gains - best_of_clause[clauses]
    rows[:, AT["rivals"]] = np.bincount(clauses[at_place == 0], minlength=count)[clauses]
    lengths = np.bincount(clause_of, minlength=count)
    rows[:, AT["clause_length"]] = lengths[clauses]
    sums = np.bincount(clause_of, weights=scores, minlength=count)
    rows[:, AT["clause_mean"]] = sums[clauses] / lengths[clauses]


def _rank(worth: Numbers, groups: npt.NDArray[np.integer]) -> npt.NDArray[np.intp]:
    """Number the members of every group from the best on."""
    order = np.lexsort((-worth, groups))
    ordered = groups[order]
    places = np.arange(len(order))
    leads = np.concatenate(([True], ordered[1:] != ordered[:-1]))
    rank = np.empty(len(order), np.intp)
    rank[order] = places - np.maximum.accumulate(np.where(leads, places, 0))
    return rank
