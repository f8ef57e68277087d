"""All seeds of one piece, and a first look at the letters beside it that rules nearly all of them out.

The look rests on this. Where a form stands with at most n changes beside a piece, one of the n + 1 letters
of the form next to the piece stands among the n + 1 letters of the text there: if none did, each step of the
alignment out of that square would be a change, one too many. The same holds behind any stretch in
which form and text agree.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from detectors.kernel.right_forms import SOFT_MARKS
from detectors.kernel.seeds import Seed


class Side(NamedTuple):
    """What one form has beside a piece."""

    seed: int
    """The number of its seed."""
    letters: str
    """Read away from the piece."""
    slack: int
    """How many of them may be changed."""


class Branch:
    """Sides that agree in their first letters, by the letters that follow."""

    __slots__ = ("_following", "_near", "_onward", "_window", "reach")

    def __init__(self, sides: Sequence[Side], agreed: int = 0) -> None:
        """Take sides that agree in their first `agreed` letters."""
        self._window = 1 + max(side.slack for side in sides)
        # Which seeds go on with which letter, and which want to see one of which letters next.
        self._following = {side.seed: side.letters[agreed : agreed + 1] for side in sides}
        near: dict[str, list[int]] = defaultdict(list)
        groups: dict[str, list[Side]] = defaultdict(list)
        for side in sides:
            rest = side.letters[agreed:]
            groups[rest[:1]].append(side)
            # Where the form ends nearby, nothing need be left of it.
            for letter in set(rest[: side.slack + 1]) if len(rest) > side.slack else ("",):
                near[letter].append(side.seed)
        self._near = dict(near)
        self._onward = {
            letter: Branch(group, agreed + 1) for letter, group in groups.items() if letter and len(group) > 1
        }
        deeper = (branch.reach for branch in self._onward.values())
        self.reach: int = max(agreed + self._window, *deeper, 0)
        """How many letters of the text are looked at."""

    def likely(self, beside: str) -> set[int]:
        """Give the numbers of the seeds whose forms may stand there, by what the text has beside the piece."""
        found: set[int] = set()
        branch, agreed = self, 0
        while True:
            window = beside[agreed : agreed + branch._window]
            following = window[:1]
            onward = branch._onward.get(following)
            for letter in ("", *window):
                if letter in SOFT_MARKS:
                    # It hides what follows.
                    return found.union(branch._following)
                for seed in branch._near.get(letter, ()):
                    if onward is None or branch._following[seed] != following:
                        found.add(seed)
            if onward is None:
                return found
            branch, agreed = onward, agreed + 1


class SeedsOfPiece:
    """The seeds that share a piece; several are told apart by what their forms have beside it."""

    __slots__ = (
        "_after",
        "_before",
        "_reach",
        "_seeds",
        "_wanted_after",
        "_wanted_before",
    )

    def __init__(self, seeds: Sequence[Seed]) -> None:
        """Take the seeds of one piece, in the order in which their forms were given."""
        self._seeds = tuple(seeds)
        self._reach = 1 + max(seed.slack for seed in seeds)
        self._wanted_after = _one_of([seed.wanted_after for seed in seeds])
        self._wanted_before = _one_of([seed.wanted_before for seed in seeds])
        ahead = [Side(number, seed.after, seed.slack) for number, seed in enumerate(seeds) if seed.after]
        back = [Side(number, seed.outward, seed.slack) for number, seed in enumerate(seeds) if not seed.after]
        self._after = Branch(ahead) if ahead else None
        self._before = Branch(back) if back else None

    def fitting(self, folded: str, start: int, end: int) -> Sequence[Seed]:
        """Give the seeds whose forms may stand around an occurrence of the piece with a fault in them."""
        # Two looks at either side, and most occurrences are done with.
        wanted, reach = self._wanted_after, self._reach
        if wanted and wanted.isdisjoint(folded[end : end + reach]):
            return ()
        wanted = self._wanted_before
        if wanted and wanted.isdisjoint(folded[max(0, start - reach) : start]):
            return ()
        seeds = self._seeds
        if len(seeds) == 1:
            return seeds if seeds[0].may_stand(folded, start, end) else ()
        likely: list[int] = []
        if self._after is not None:
            likely += self._after.likely(folded[end : end + self._after.reach])
        if self._before is not None:
            likely += self._before.likely(folded[max(0, start - self._before.reach) : start][::-1])
        if not likely:
            return ()
        return [seeds[number] for number in sorted(likely) if seeds[number].may_stand(folded, start, end)]


def _one_of(wanted: Sequence[frozenset[str]]) -> frozenset[str]:
    """Join what several seeds want beside their piece, with the marks that hide it; nothing if one wants nothing."""
    return SOFT_MARKS.union(*wanted) if all(wanted) else frozenset()
