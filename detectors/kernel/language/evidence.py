"""What the n-grams, and likeness, say for a change and against it: the numbers of the first judgement."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from detectors.kernel.language.alike import Alike
from detectors.kernel.language.changes import Proposals, windows
from detectors.kernel.language.ngrams import ORDER, Ngrams
from detectors.kernel.language.proposals import least_gains
from detectors.kernel.language.symbols import CLAUSE_END, SYMBOLS, Codes

FUNCTION_WORDS = "的和与及或了地得着之等过在是为对以于不也就都将已要会被把其所这那有无并更又再则而一二三四五六七八九十百千万零两第"
AROUND = 80
"""Symbols on either side by which the kind of text is judged."""

COLUMNS = (
    "gain", "old_here", "new_here", "old_next", "new_next", "old_rest", "new_rest", "old_common",
    "new_common", "kind", "old_is_function", "new_is_function", "at_start", "at_end", "rank",
    "dictionary_word", "old_orders", "new_orders", "new_longest", "old_longest", "margin", "behind_best",
    "rivals", "clause_length", "clause_mean", "around_mean", "sound", "glyph", "shared",
)  # fmt: skip
"""Scores are logarithms to base 10; “orders” are the lengths of the known n-grams; “rivals” are other
changes of the clause; the last three compare the first symbol of a change with what it replaces."""
AT = {name: place for place, name in enumerate(COLUMNS)}
Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """Changes, and what is known of each: a row of numbers, named by COLUMNS and whatever was asked later."""

    proposals: Proposals = field(repr=False)
    rows: Numbers = field(repr=False)

    def only(self, chosen: npt.NDArray[np.bool_] | npt.NDArray[np.intp]) -> Evidence:
        """Keep some of them."""
        return Evidence(self.proposals.only(chosen), self.rows[chosen])

    def with_columns(self, columns: Numbers) -> Evidence:
        """Add what was asked later."""
        return Evidence(self.proposals, np.concatenate((self.rows, columns), axis=1))


class Witness:
    """Gathers the evidence."""

    def __init__(self, ngrams: Ngrams, alike: Alike) -> None:
        """Keep the model at hand."""
        self._ngrams = ngrams
        self._alike = alike
        self._is_function = np.zeros(SYMBOLS, np.bool_)
        self._is_function[[ord(letter) for letter in FUNCTION_WORDS]] = True

    def weigh(self, codes: Codes, scores: Numbers, proposed: Proposals) -> Evidence:
        """Weigh changes under the whole model, and leave out those that gain nothing."""
        rows = self._weighed(codes, proposed)
        chosen = rows[:, AT["gain"]] > least_gains(proposed, 1)
        proposed, rows = proposed.only(chosen), rows[chosen]
        if len(proposed):
            _compare(codes, scores, proposed, rows)
            self._liken(codes, proposed, rows)
        return Evidence(proposed, rows)

    def _liken(self, codes: Codes, proposed: Proposals, rows: Numbers) -> None:
        old, new = codes[proposed.places].astype(np.int64), proposed.first
        rows[:, AT["sound"]] = self._alike.sound(old, new)
        rows[:, AT["glyph"]], rows[:, AT["shared"]] = self._alike.shape(old, new)

    def _weighed(self, codes: Codes, proposed: Proposals) -> Numbers:
        rows = np.zeros((len(proposed), len(COLUMNS)))
        here = ORDER - 1
        stands, would = windows(codes, proposed)
        # Many changes are of one place, which needs to be scored only once as it stands.
        _, once, which = np.unique(proposed.places, return_index=True, return_inverse=True)
        scored_once = self._ngrams.likelihood(np.concatenate((stands[once], would)))
        for length in (1, 2):
            mine = np.flatnonzero(proposed.lengths == length)
            if not len(mine):
                continue
            width = 2 * here + length
            old, old_orders = (scored[which[mine], :width] for scored in scored_once)
            new, new_orders = (scored[len(once) + mine, :width] for scored in scored_once)
            after = here + length
            # Behind the end of the clause nothing changes, whatever stands there.
            is_end = stands[mine, after:width] == CLAUSE_END
            beyond = np.cumsum(is_end, axis=1) - is_end > 0
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


def _compare(codes: Codes, scores: Numbers, proposed: Proposals, rows: Numbers) -> None:
    """Rank changes among those of their clause and of their place."""
    gains = rows[:, AT["gain"]]
    clause_of = np.cumsum(codes == CLAUSE_END)
    clauses = clause_of[proposed.places]
    count = int(clause_of[-1]) + 1
    rows[:, AT["rank"]] = rank(gains, clauses)
    at_place = rank(gains, proposed.places)
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
    summed = np.concatenate(([0.0], np.cumsum(scores)))
    first, last = np.maximum(proposed.places - AROUND, 0), np.minimum(proposed.places + AROUND, len(codes))
    rows[:, AT["around_mean"]] = (summed[last] - summed[first]) / (last - first)


def rank(worth: Numbers, groups: npt.NDArray[np.integer]) -> npt.NDArray[np.intp]:
    """Number the members of every group from the best on."""
    order = np.lexsort((-worth, groups))
    ordered = groups[order]
    places = np.arange(len(order))
    leads = np.concatenate(([True], ordered[1:] != ordered[:-1]))
    rank = np.empty(len(order), np.intp)
    rank[order] = places - np.maximum.accumulate(np.where(leads, places, 0))
    return rank
