"""Finds what was probably meant otherwise, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt

from detectors.kernel.confusion import Characters
from detectors.kernel.language.changes import Kind
from detectors.kernel.language.evidence import Evidence, Witness
from detectors.kernel.language.forest import Forest
from detectors.kernel.language.ngrams import Ngrams, shared
from detectors.kernel.language.proposals import Proposer
from detectors.kernel.language.symbols import CLAUSE_END, Codes, Symbols

PIECE = 1 << 13
"""Symbols read at a stretch, so that memory does not grow with the text."""
ROUNDS = 3
"""Slips of one clause hide one another: once the surest is mended, the clause is read again."""


@dataclass(frozen=True, slots=True)
class Slip:
    """One place of a folded text where something else was probably meant."""

    start: int
    end: int
    right: str
    kind: Kind
    odds: float
    """Logarithm (to base e) of the odds that the change is right, on text with many slips."""


class Corrector:
    """The language model, the candidates and the judgement, ready to read texts."""

    def __init__(self, ngrams: Ngrams, characters: Characters, forest: Forest | None) -> None:
        """Prepare everything (one second); without a forest there is evidence, but no judgement."""
        self._ngrams = ngrams
        self._proposer = Proposer(ngrams, characters)
        self._witness = Witness(ngrams)
        self._forest = forest

    @classmethod
    def load(cls, folder: Path, characters: Characters) -> Self:
        """Load the model of a folder."""
        return cls(shared(folder), characters, Forest.load(folder / "forest.npz"))

    def evidence(self, codes: Codes) -> Evidence:
        """List the changes worth a judgement."""
        scores = self._ngrams.likelihood(codes[None, :]).log_probabilities[0].astype(np.float64)
        return self._witness.gather(codes, scores, self._proposer.propose(codes, scores))

    def slips(self, folded: str, least: Mapping[Kind, float]) -> Iterator[Slip]:
        """Find the slips of a folded text whose odds reach the least of their kind; they do not overlap."""
        symbols = Symbols.of(folded)
        for first, last in _pieces(symbols.codes):
            yield from self._slips_of(symbols.codes[first:last], symbols.places[first:last], least)

    def _slips_of(
        self, codes: Codes, places: npt.NDArray[np.intp], least: Mapping[Kind, float]
    ) -> Iterator[Slip]:
        assert self._forest is not None, "a corrector without a forest judges nothing"
        touched = np.zeros(len(codes), np.bool_)
        needed = np.array([least[kind] for kind in Kind])
        for _ in range(ROUNDS):
            found = self.evidence(codes)
            if not len(found.proposals):
                return
            odds = self._forest.score(found.rows)
            proposed = found.proposals
            enough = odds >= needed[proposed.kinds]
            proposed, odds = proposed.only(enough), odds[enough]
            mended = []
            for number in _best_of_clauses(codes, proposed.places, odds):
                start = int(proposed.places[number])
                end = start + int(proposed.lengths[number])
                if touched[start:end].any():
                    continue
                touched[start:end] = True
                right = proposed.written(number)
                mended.append((start, right))
                first, last = int(places[start]), int(places[end - 1]) + 1
                yield Slip(first, last, right, Kind(int(proposed.kinds[number])), float(odds[number]))
            if not mended:
                return
            codes, places, touched = _mended(codes, places, touched, mended)


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


def _mended(
    codes: Codes,
    places: npt.NDArray[np.intp],
    touched: npt.NDArray[np.bool_],
    changes: list[tuple[int, str]],
) -> tuple[Codes, npt.NDArray[np.intp], npt.NDArray[np.bool_]]:
    """Write changes, and keep only the clauses that hold one: nothing is new in the others."""
    written = codes.copy()
    clauses = np.cumsum(codes == CLAUSE_END)
    changed = np.zeros(int(clauses[-1]) + 1, np.bool_)
    for start, right in changes:
        written[start : start + len(right)] = [ord(letter) for letter in right]
        changed[clauses[start]] = True
    # A clause begins with the mark before it; the mark behind the last one is kept for its end.
    kept = changed[clauses]
    kept[-1] = True
    kept[1:] |= changed[clauses[:-1]] & (codes[1:] == CLAUSE_END)
    return written[kept], places[kept], touched[kept]
