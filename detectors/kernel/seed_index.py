"""All seeds of one piece, and a first look at the letters beside it that rules nearly all of them out.

The look rests on this. Where a form stands with at most n changes beside a piece, one of the n + 1 letters
of the form next to the piece stands among the n + 1 letters of the text there: if none did, each step of the
alignment out of that square would be a change, one too many. The same holds behind any stretch in
which form and text agree.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from detectors.kernel.right_forms import without_marks
from detectors.kernel.seeds import Seed


class SeedsOfPiece:
    """The seeds that share a piece; several are told apart by what their forms have beside it."""

    __slots__ = ("_after", "_before", "_reach_after", "_reach_before", "_seeds")

    def __init__(self, seeds: Sequence[Seed]) -> None:
        """Take the seeds of one piece, in the order in which their forms were given."""
        self._seeds = tuple(seeds)
        after = [number for number, seed in enumerate(seeds) if seed.after]
        before = [number for number, seed in enumerate(seeds) if not seed.after]
        alone = len(seeds) == 1
        self._after = None if alone or not after else _Branch(seeds, after, 0, outward=False)
        self._before = None if alone or not before else _Branch(seeds, before, 0, outward=True)
        self._reach_after = max(seed.reach_after for seed in seeds)
        self._reach_before = max(seed.reach_before for seed in seeds)

    def fitting(self, folded: str, start: int, end: int) -> Sequence[Seed]:
        """Give the seeds whose forms may stand around an occurrence of the piece with a fault in them."""
        seeds = self._seeds
        if len(seeds) == 1:
            return seeds if seeds[0].may_stand(folded, start, end) else ()
        likely: list[int] = []
        if self._after is not None:
            likely += self._after.likely(without_marks(folded[end : end + self._reach_after]))
        if self._before is not None:
            hood = folded[max(0, start - self._reach_before) : start]
            likely += self._before.likely(without_marks(hood)[::-1])
        if not likely:
            return ()
        return [seeds[number] for number in sorted(likely) if seeds[number].may_stand(folded, start, end)]


class _Branch:
    """Seeds whose forms agree in the first letters beside the piece, by the letters that follow."""

    __slots__ = ("_near", "_onward", "_reach")

    def __init__(self, seeds: Sequence[Seed], numbers: Sequence[int], depth: int, *, outward: bool) -> None:
        self._reach = 1 + max(seeds[number].slack for number in numbers)
        by_next: dict[str, list[int]] = defaultdict(list)
        near: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for number in numbers:
            seed = seeds[number]
            rest = (seed.outward if outward else seed.after)[depth:]
            by_next[rest[:1]].append(number)
            # Where the form ends nearby, nothing need be left of it.
            wanted = rest[: seed.slack + 1] if len(rest) > seed.slack else ("",)
            for letter in dict.fromkeys(wanted):
                near[letter].append((number, rest[:1]))
        self._near = dict(near)
        self._onward = {
            letter: _Branch(seeds, group, depth + 1, outward=outward)
            for letter, group in by_next.items()
            if letter and len(group) > 1
        }

    def likely(self, beside: str) -> set[int]:
        """Give the numbers of the seeds whose forms may stand there, by what the text has beside the piece."""
        found: set[int] = set()
        branch = self
        for depth in range(len(beside) + 1):
            window = beside[depth : depth + branch._reach]
            following = window[:1]
            onward = branch._onward.get(following)
            for letter in ("", *window):
                for number, first in branch._near.get(letter, ()):
                    if onward is None or first != following:
                        found.add(number)
            if onward is None:
                break
            branch = onward
        return found
