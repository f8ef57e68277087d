"""Changes of a text that are thought of: what would be written where, and of which kind the slip was."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from enum import IntEnum
from typing import Self

import numpy as np
import numpy.typing as npt

from detectors.kernel.language.ngrams import ORDER
from detectors.kernel.language.symbols import CLAUSE_END, Codes

Places = npt.NDArray[np.intp]
Integers = npt.NDArray[np.int64]


class Kind(IntEnum):
    """How what stands came to stand for what was meant."""

    SOUND = 0
    NEAR_SOUND = 1
    SHAPE = 2
    OTHER = 3
    SWAPPED = 4
    WORD_SOUND = 5
    PARTICLE = 6
    """的, 地 or 得 for another of them: thought of and judged as a slip of sound, reported by itself."""
    LOST = 7
    """A letter is missing: no change of what stands, thought of and judged by `losses`."""


PARTICLES = tuple(ord(letter) for letter in "的地得")


@dataclass(frozen=True, slots=True, eq=False)
class Proposals:
    """Changes of one or two symbols; one element of every array each."""

    places: Places = field(repr=False)
    lengths: Integers = field(repr=False)
    first: Integers = field(repr=False)
    """The symbol at the place."""
    second: Integers = field(repr=False)
    """The symbol behind it; 0 for changes of one symbol."""
    kinds: Integers = field(repr=False)
    words: Integers = field(repr=False)
    """Length of the dictionary's word of three or four letters that comes about; 0 for none."""

    @classmethod
    def joined(cls, parts: list[Self]) -> Self:
        """Put several lists together; of equal changes the surest kind stays, and the longest word."""
        one = cls(*[np.concatenate([getattr(part, name) for part in parts]) for name in NAMES])
        if not len(one):
            return one
        keys = (one.places << 34) | (one.lengths << 32) | (one.first << 16) | one.second
        with_kinds = (keys << 3) | one.kinds
        order = np.argsort(with_kinds)
        ordered = with_kinds[order] >> 3
        leads = np.concatenate(([True], ordered[1:] != ordered[:-1]))
        longest = np.maximum.reduceat(one.words[order], np.flatnonzero(leads))
        chosen = one.only(order[leads])
        return cls(chosen.places, chosen.lengths, chosen.first, chosen.second, chosen.kinds, longest)

    def only(self, chosen: npt.NDArray[np.bool_] | Places) -> Self:
        """Keep some of them."""
        return type(self)(*[getattr(self, name)[chosen] for name in NAMES])

    def reported_kinds(self, codes: Codes) -> Integers:
        """Tell of which kind each change is to an editor."""
        is_particle = np.isin(codes[self.places], PARTICLES) & np.isin(self.first, PARTICLES)
        return np.where(is_particle & (self.lengths == 1), Kind.PARTICLE, self.kinds)

    def __len__(self) -> int:
        return len(self.places)

    def written(self, number: int) -> str:
        """Spell what one of them would write."""
        second = chr(int(self.second[number])) if self.lengths[number] == 2 else ""
        return chr(int(self.first[number])) + second


NAMES = tuple(one.name for one in fields(Proposals))


def windows(codes: Codes, proposed: Proposals) -> tuple[Integers, Integers]:
    """Cut out what the model sees of changes: as it stands, and as it would be.

    All are as wide as those of two symbols, so that they can be read at once: those of one symbol hold one more, which
    no longer knows of the change.
    """
    context = ORDER - 1
    padded = np.concatenate((np.full(context, CLAUSE_END), codes, np.full(context + 2, CLAUSE_END))).astype(
        np.int64
    )
    rows = np.lib.stride_tricks.sliding_window_view(padded, 2 * context + 2)[proposed.places]
    changed = rows.copy()
    changed[:, context] = proposed.first
    double = proposed.lengths == 2
    changed[double, context + 1] = proposed.second[double]
    return rows, changed
