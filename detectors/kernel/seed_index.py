"""All seeds of one piece, and a first look at the letters beside it that rules nearly all of them out.

Most forms are cut into two pieces and may have one change, which is then on the one side on which a piece has the rest
of the form. Whether the text has the rest there with one change is told without an alignment: behind the
first difference all must agree again, in its place, one place nearer or one farther.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz.distance import Prefix

from detectors.kernel.right_forms import SOFT_MARKS
from detectors.kernel.seeds import Seed


class Look(NamedTuple):
    """What is looked for beside a piece; a tuple, because a page has a hundred of them and reads each once."""

    seed: Seed
    is_behind: bool
    """Whether the form goes on behind the piece, and not before it."""
    written: str
    """The rest of the form with its marks."""
    rest: str
    """Its letters, read away from the piece."""
    wanted: frozenset[str]
    """One of these stands in the next two places: what one change leaves there, or a mark; empty if anything may."""
    ahead: str
    """What directly before the whole form may mean that its first letter stands twice."""
    behind: str
    """What directly behind the whole form may mean that its last letter stands twice."""

    @classmethod
    def at(cls, seed: Seed) -> Look:
        """Prepare the look for a seed whose form goes on at one side of it."""
        letters = seed.form.letters
        hidden = "".join(SOFT_MARKS) if seed.has_marks else ""
        rest, written = (
            (seed.after, seed.written_after) if seed.after else (seed.outward, seed.written_before)
        )
        wanted = seed.wanted_after if seed.after else seed.wanted_before
        if wanted:
            wanted |= SOFT_MARKS
        return cls(seed, bool(seed.after), written, rest, wanted, letters[0] + hidden, letters[-1] + hidden)


class SeedsOfPiece:
    """The seeds that share a piece."""

    __slots__ = ("_looks",)

    def __init__(self, seeds: Sequence[Seed]) -> None:
        """Take the seeds of one piece, in the order in which their forms were given."""
        self._looks = tuple(Look.at(seed) if seed.is_one_sided else seed for seed in seeds)

    def fitting(self, folded: str, start: int, end: int) -> list[Seed]:
        """Give the seeds whose forms may stand around an occurrence of the piece with a fault in them."""
        found: list[Seed] = []
        for look in self._looks:
            if isinstance(look, Seed):
                if look.may_stand(folded, start, end):
                    found.append(look)
            elif _may_stand(look, folded, start, end):
                found.append(look.seed)
        return found


def _may_stand(look: Look, folded: str, start: int, end: int) -> bool:
    """Tell whether a form with one change may stand around its piece with a fault in it."""
    seed, is_behind, written, rest, wanted, ahead, behind = look
    # Nearly all end here: at the form itself, which stands whole, or at letters that it does not have.
    place = end if is_behind else start - len(written)
    if place >= 0 and folded.startswith(written, place):
        first, last = (start, end + len(written)) if is_behind else (place, end)
        may_be_doubled = folded[last : last + 1] in behind or folded[first - 1 : first] in ahead
        return may_be_doubled and seed.may_stand(folded, start, end)
    reach = len(rest) + 1
    beside = folded[end : end + reach] if is_behind else folded[max(0, start - reach) : start][::-1]
    if wanted and wanted.isdisjoint(beside[:2]):
        return False
    if not SOFT_MARKS.isdisjoint(beside):
        beside = seed.letters_behind(folded, end) if is_behind else seed.letters_ahead(folded, start)[::-1]
    agreed = Prefix.similarity(rest, beside)
    if agreed < len(rest):
        if _goes_on(beside, rest, agreed):
            return True
        # Where letters have changed places, one of the next two stands here.
        if beside[agreed : agreed + 1] not in rest[agreed + 1 : agreed + 3]:
            return False
    return seed.may_stand(folded, start, end)


def _goes_on(beside: str, rest: str, agreed: int) -> bool:
    """Tell whether all agrees behind the first difference: one letter is another, is missing, or is too many."""
    behind = rest[agreed + 1 :]
    if beside.startswith(behind, agreed + 1) or beside.startswith(behind, agreed):
        return True
    return beside.startswith(rest[agreed:], agreed + 1)
