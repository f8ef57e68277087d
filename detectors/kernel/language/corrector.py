"""Finds what was probably meant otherwise, and how sure that is."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Self

import numpy as np
import numpy.typing as npt

from detectors.kernel.confusion import Characters
from detectors.kernel.language.alike import Alike
from detectors.kernel.language.changes import Kind, Proposals
from detectors.kernel.language.cloze import Cloze
from detectors.kernel.language.evidence import AROUND, Evidence, Witness, rank
from detectors.kernel.language.evidence import COLUMNS as WEIGHED
from detectors.kernel.language.forest import Forest
from detectors.kernel.language.losses import Losses
from detectors.kernel.language.ngrams import ORDER, Likelihood, Ngrams, shared
from detectors.kernel.language.proposals import Proposer
from detectors.kernel.language.symbols import CLAUSE_END, Codes, Symbols
from detectors.kernel.language.words_around import COLUMNS as OF_WORDS
from detectors.kernel.language.words_around import words_around

PIECE = 1 << 13
"""Symbols read at a stretch, so that memory does not grow with the text."""
MARGIN = AROUND + ORDER
"""Symbols on either side of a piece that are read as context."""
ROUNDS = 3
"""Slips of one clause hide one another: once the surest is mended, the clause is read again."""


LEAST_ODDS = -4.0
"""What the sieve gives less is not looked at closely."""
PER_CLAUSE = 4
"""Changes of one clause that are looked at closely."""
SURER = 100.0
MUCH_LESS = 4.0
"""What is so much less likely than the best is not offered beside it."""
MOST_RIGHTS = 3
COLUMNS = (*WEIGHED, *OF_WORDS, "fit_gain", "fit_old", "fit_new")
"""What the judgement knows of a change."""
BEST_FIT = (math.inf, -math.inf, math.inf)
"""What the network could say best for a change: the trees do not turn round on it (tools/typo_model/judgement.py)."""


Mask = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.float64]


class Judges(NamedTuple):
    """Two forests: one that leaves out the hopeless by what the n-grams say, one that decides."""

    sieve: Forest | None
    forest: Forest | None


@dataclass(frozen=True, slots=True)
class Slip:
    """One place of a folded text where something else was probably meant."""

    start: int
    end: int
    rights: tuple[str, ...]
    """What may have been meant, likeliest first."""
    kind: Kind
    odds: float
    """Logarithm (to base e) of the odds that the change is right, on text with many slips."""
    is_sure: bool
    """Whether the odds reach what is needed; else it is a hint."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Odds from which on a slip of each kind is reported, and from which on it is worth a hint."""

    sure: Mapping[Kind, float]
    hint: float
    """Infinite where no hints are wanted."""


class Corrector:
    """The language model, the candidates and the judgement, ready to read texts."""

    def __init__(
        self, ngrams: Ngrams, cloze: Cloze, likeness: tuple[Characters, Alike], judges: Judges
    ) -> None:
        """Prepare everything (one second)."""
        characters, alike = likeness
        self._ngrams = ngrams
        self._cloze = cloze
        self._proposer = Proposer(ngrams, characters)
        self._witness = Witness(ngrams, alike)
        self._losses = Losses(ngrams, cloze)
        self._judges = judges

    @classmethod
    def load(cls, folder: Path, characters: Characters) -> Self:
        """Load the model of a folder."""
        likeness = characters, Alike(characters, folder / "shapes.npz")
        judges = Judges(Forest.load(folder / "sieve.npz"), Forest.load(folder / "forest.npz"))
        return cls(shared(folder), Cloze.load(folder / "cloze.npz"), likeness, judges)

    def weighed(
        self, codes: Codes, wanted: Mask | None = None, likelihood: Likelihood | None = None
    ) -> Evidence:
        """List the changes that gain, with what the n-grams say of them; where wanted, else everywhere."""
        likelihood = likelihood or self._likelihood(codes)
        scores = likelihood.log_probabilities[0].astype(np.float64)
        where = np.ones(len(codes), np.bool_) if wanted is None else wanted
        return self._witness.weigh(codes, scores, self._proposer.propose(codes, scores, where))

    def evidence(
        self,
        codes: Codes,
        wanted: Mask | None = None,
        least: Numbers | None = None,
        likelihood: Likelihood | None = None,
    ) -> Evidence:
        """List the changes worth a judgement, with everything that is known of them.

        Args:
            codes: symbols, with a clause end at either end.
            wanted: where to look; everywhere if not given.
            least: the odds that a change of each kind must reach. Where no change of a place can reach them, whatever
                the network says, the network, which costs most, is not asked.
            likelihood: of the symbols, if it is known already.
        """
        assert self._judges.sieve is not None, "without a sieve there are too many"
        found = self.weighed(codes, wanted, likelihood)
        odds = self._judges.sieve.score(found.rows)
        clauses = np.cumsum(codes == CLAUSE_END)[found.proposals.places]
        worthy = np.flatnonzero(odds > LEAST_ODDS)
        worthy = worthy[rank(odds[worthy], clauses[worthy]) < PER_CLAUSE]
        found = found.only(worthy)
        found = found.with_columns(words_around(codes, found.proposals))
        if least is not None:
            found = found.only(self._hopeful(codes, found, least))
        fit = self._cloze.fit(codes, found.proposals)
        return found.with_columns(np.column_stack((fit.new - fit.old, fit.old, fit.new)))

    def _hopeful(self, codes: Codes, found: Evidence, least: Numbers) -> Mask:
        """Tell which changes, or others of the same symbols, reach the least odds if the network likes them best."""
        assert self._judges.forest is not None, "without a forest there is no judgement"
        proposed = found.proposals
        best = np.broadcast_to(BEST_FIT, (len(proposed), len(BEST_FIT)))
        hopeful = (
            self._judges.forest.score(found.with_columns(best).rows) >= least[proposed.reported_kinds(codes)]
        )
        spans = proposed.places * 2 + proposed.lengths
        return np.isin(spans, spans[hopeful])

    def slips(self, folded: str, thresholds: Thresholds) -> Iterator[Slip]:
        """Find the slips of a folded text whose odds reach the thresholds; they do not overlap."""
        symbols = Symbols.of(folded)
        for first, last in _pieces(symbols.codes):
            begin, end = max(0, first - MARGIN), last + MARGIN
            wanted = np.zeros(len(symbols.codes[begin:end]), np.bool_)
            wanted[first - begin : last - begin] = True
            yield from self._slips_of(symbols.codes[begin:end], symbols.places[begin:end], wanted, thresholds)

    def _likelihood(self, codes: Codes) -> Likelihood:
        return self._ngrams.likelihood(codes[None, :])

    def _slips_of(
        self, codes: Codes, places: npt.NDArray[np.intp], wanted: Mask, thresholds: Thresholds
    ) -> Iterator[Slip]:
        likelihood = self._likelihood(codes)
        changed = list(self._changed(codes, places, wanted, thresholds, likelihood))
        yield from changed
        # What is changed already explains the stumbling of its clause.
        clauses = np.cumsum(codes == CLAUSE_END)
        explained = clauses[np.searchsorted(places, [slip.start for slip in changed])]
        yield from self._lost(codes, places, wanted & ~np.isin(clauses, explained), thresholds, likelihood)

    def _lost(
        self,
        codes: Codes,
        places: npt.NDArray[np.intp],
        wanted: Mask,
        thresholds: Thresholds,
        likelihood: Likelihood,
    ) -> Iterator[Slip]:
        """Find letters that are missing; what is told is the letter with which the missing one makes a word."""
        sure = thresholds.sure[Kind.LOST]
        for loss in self._losses.find(codes, likelihood, min(sure, thresholds.hint)):
            before, behind = (int(place) for place in places[loss.place - 1 : loss.place + 1])
            # Quotation marks and the like part what stands on either side.
            if wanted[loss.place] and behind == before + 1:
                start = before if loss.joins_before else behind
                yield Slip(start, start + 1, loss.rights, Kind.LOST, loss.odds, loss.odds >= sure)

    def _changed(
        self,
        codes: Codes,
        places: npt.NDArray[np.intp],
        wanted: Mask,
        thresholds: Thresholds,
        likelihood: Likelihood | None,
    ) -> Iterator[Slip]:
        forest = self._judges.forest
        assert forest is not None, "without a forest there is no judgement"
        touched = np.zeros(len(codes), np.bool_)
        sure = np.array([thresholds.sure[kind] for kind in Kind])
        for _ in range(ROUNDS):
            found = self.evidence(codes, wanted, np.minimum(sure, thresholds.hint), likelihood)
            if not len(found.proposals):
                return
            odds = forest.score(found.rows)
            proposed = found.proposals
            kinds = proposed.reported_kinds(codes)
            least = sure[kinds]
            mended = []
            # What is sure goes first; where nothing of a clause is, its best may be a hint.
            for number in _best_of_clauses(
                codes, proposed.places, np.where(odds >= least, odds + SURER, odds)
            ):
                is_sure = bool(odds[number] >= least[number])
                start = int(proposed.places[number])
                end = start + int(proposed.lengths[number])
                if touched[start:end].any() or not (is_sure or odds[number] >= thresholds.hint):
                    continue
                rights = _rights(proposed, odds, number)
                if is_sure:
                    touched[start:end] = True
                    mended.append((start, rights[0]))
                first, last = int(places[start]), int(places[end - 1]) + 1
                yield Slip(first, last, rights, Kind(int(kinds[number])), float(odds[number]), is_sure)
            if not mended:
                return
            codes, wanted = _mended(codes, mended)
            likelihood = None


def _rights(proposed: Proposals, odds: npt.NDArray[np.float64], number: int) -> tuple[str, ...]:
    """Spell what may have been meant in the place of a change: itself, and others nearly as likely."""
    same_place = (proposed.places == proposed.places[number]) & (proposed.lengths == proposed.lengths[number])
    others = np.flatnonzero(same_place & (odds >= odds[number] - MUCH_LESS))
    ordered = [number, *(other for other in others[np.argsort(-odds[others])].tolist() if other != number)]
    return tuple(dict.fromkeys(proposed.written(other) for other in ordered))[:MOST_RIGHTS]


def _pieces(codes: Codes) -> Iterator[tuple[int, int]]:
    """Cut a text at clause ends; the mark at a cut belongs to both pieces."""
    ends = np.flatnonzero(codes == CLAUSE_END)
    first = 0
    while first < len(codes) - 1:
        after = np.searchsorted(ends, first + PIECE, side="right") - 1
        # A clause longer than a piece is read whole.
        last = int(ends[after]) if ends[after] > first else int(ends[after + 1])
        yield first, last + 1
        first = last


def _best_of_clauses(
    codes: Codes, places: npt.NDArray[np.intp], odds: npt.NDArray[np.float64]
) -> npt.NDArray[np.intp]:
    clauses = np.cumsum(codes == CLAUSE_END)[places]
    order = np.lexsort((-odds, clauses))
    ordered = clauses[order]
    return order[np.flatnonzero(np.diff(ordered, prepend=-1))]


def _mended(codes: Codes, changes: list[tuple[int, str]]) -> tuple[Codes, Mask]:
    """Write changes, and tell which clauses hold one: nothing is new in the others."""
    written = codes.copy()
    clauses = np.cumsum(codes == CLAUSE_END)
    changed = np.zeros(int(clauses[-1]) + 1, np.bool_)
    for start, right in changes:
        written[start : start + len(right)] = [ord(letter) for letter in right]
        changed[clauses[start]] = True
    return written, changed[clauses]
