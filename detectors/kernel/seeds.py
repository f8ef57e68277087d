"""Pieces of right forms, and the look that tells whether a form may stand around its piece with a fault.

A page has eighty pieces in it, behind which 120 forms are looked for. Nearly all looks end in vain, and they decide the
speed of the whole: so what they need is worked out beforehand, the likeliest end is asked for first, and this module is
compiled where that can be done (docs/decisions/0037). For the compiler `seeds.pxd` gives the types of all that is
here. It is Python all the same: what cannot be compiled finds the same, a third as fast.

A look reads outward from the piece: by steps of 1 behind it, of −1 before it.
"""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz.distance import Levenshtein

from detectors.kernel.alignment import edits
from detectors.kernel.confusion import Characters
from detectors.kernel.right_forms import Piece, RightForm, letters_of, without_marks

BEHIND, BEFORE = 1, -1


class Seed:
    """A piece of one form, prepared for comparing its neighbourhood with the rest of the form."""

    __slots__ = (
        "after",
        "before",
        "edits",
        "form",
        "has_marks",
        "has_single_end",
        "is_one_sided",
        "like_end",
        "may_be_whole",
        "outward",
        "piece",
        "reach_after",
        "reach_before",
        "slack",
        "wanted_after",
        "wanted_before",
        "written_after",
        "written_before",
    )

    def __init__(self, form: RightForm, piece: Piece, characters: Characters) -> None:
        """Prepare a piece of a form; of a seam the changes inside it are known already."""
        self.form = form
        self.piece = piece
        self.has_marks = form.form != form.letters
        self.before = form.letters[: piece.start]
        self.after = form.letters[piece.end :]
        self.outward = self.before[::-1]
        written = letters_of(piece.written)
        self.edits = edits(written, form.letters[piece.start : piece.end], 1) or ()
        head, found, tail = form.form.partition(piece.written)
        self.may_be_whole = bool(found) and not self.edits
        self.written_before, self.written_after = (head, tail) if found else ("", "")
        self.slack = form.changes - len(self.edits)
        self.is_one_sided = self.may_be_whole and self.slack == 1 and bool(self.before) != bool(self.after)
        far, next_to_it = (-1, -2) if self.after else (0, 1)
        letters = form.letters
        # Of a letter that stands twice, the one that is left counts as the end.
        self.has_single_end = self.is_one_sided and letters[far] != letters[next_to_it]
        self.like_end = characters.all_alike(letters[far]) if self.has_single_end else ""
        """What could be taken for the letter at the far end of a form that goes on at one side."""
        self.wanted_after = self._wanted(self.after)
        self.wanted_before = self._wanted(self.outward)
        # Marks may stand between the letters, those of the form and others.
        marks = len(form.form) - len(form.letters)
        self.reach_before = 2 * len(self.before) + marks + self.slack
        self.reach_after = 2 * len(self.after) + marks + self.slack

    def _wanted(self, outward: str) -> str:
        """Give the letters of which one must stand beside the piece; none where nothing need be left there.

        Where a form stands with at most n changes beside a piece, one of its n + 1 letters next to the piece stands
        among the n + 1 letters of the text there: if none did, each step of the alignment out of that square
        would be a change, one too many. The same holds behind any stretch in which form and text agree.
        """
        return outward[: self.slack + 1] if len(outward) > self.slack else ""

    def may_stand(self, folded: str, start: int, end: int) -> bool:
        """Tell quickly whether the form may stand around its piece with a fault in it."""
        near = self.slack + 1
        if (self.wanted_after and not _meets(folded, end, BEHIND, near, self.wanted_after)) or (
            self.wanted_before and not _meets(folded, start - 1, BEFORE, near, self.wanted_before)
        ):
            return False
        if self.may_be_whole and self.is_whole(folded, start, end):
            return self._is_doubled(folded, start, end)
        if not (
            _goes_on(folded, end, BEHIND, near, self.after)
            and _goes_on(folded, start - 1, BEFORE, near, self.outward)
        ):
            return False
        if self.is_one_sided:
            return self._may_stand_on_one_side(folded, start, end)
        return self._may_stand_between_marks(folded, start, end)

    def is_whole(self, folded: str, start: int, end: int) -> bool:
        """Tell whether the form itself stands around its piece, with its marks."""
        first = start - len(self.written_before)
        if first < 0 or not folded.startswith(self.written_after, end):
            return False
        return folded.startswith(self.written_before, first)

    def _is_doubled(self, folded: str, start: int, end: int) -> bool:
        """Tell whether a whole form has its first letter, or its last, written twice."""
        letters, first, last = (
            self.form.letters,
            start - len(self.written_before),
            end + len(self.written_after),
        )
        return folded.startswith(letters[-1], last) or folded.endswith(letters[0], 0, first)

    def _may_stand_on_one_side(self, folded: str, start: int, end: int) -> bool:
        """Tell the same where the form goes on at one side of the piece only, with one change at most.

        Behind the first difference all must agree again, in its place, one place nearer or one farther.
        """
        if self.after:
            rest, beside = self.after, folded[end : end + len(self.after) + 1]
        else:
            first = start - len(self.outward) - 1
            rest, beside = self.outward, folded[max(0, first) : start][::-1]
        has_mark = _has_mark(beside)
        if has_mark and self.after:
            beside = self._letters_behind(folded, end)
        elif has_mark:
            beside = self._letters_ahead(folded, start)[::-1]
        agreed = _agreed(beside, 0, BEHIND, rest)
        if agreed == len(rest) - 1 and self.has_single_end and not has_mark:
            # The end of a form is never lost by a slip, and only a like letter stands for it (`strength_of`).
            if agreed + 1 < len(beside) and beside[agreed + 1] == rest[agreed]:
                return True
            return agreed < len(beside) and beside[agreed] in self.like_end
        if agreed < len(rest):
            behind = rest[agreed + 1 :]
            if beside.startswith(behind, agreed + 1) or beside.startswith(behind, agreed):
                return True
            if beside.startswith(rest[agreed:], agreed + 1):
                return True
            # Where letters have changed places, one of the next two stands here.
            if beside[agreed : agreed + 1] not in rest[agreed + 1 : agreed + 3]:
                return False
        return self._may_stand_between_marks(folded, start, end)

    def _may_stand_between_marks(self, folded: str, start: int, end: int) -> bool:
        """Tell the same of the text without its marks."""
        slack, after, before = self.slack, self.after, self.before
        near = slack + 1
        behind = self._letters_behind(folded, end)
        if self.wanted_after and not _meets(behind, 0, BEHIND, near, self.wanted_after):
            return False
        ahead = self._letters_ahead(folded, start)
        if self.wanted_before and not _meets(ahead, len(ahead) - 1, BEFORE, near, self.wanted_before):
            return False
        if not self.edits and self.has_marks and behind.startswith(after) and ahead.endswith(before):
            # Marks come and go: the form itself stands here, and an end of it may stand twice.
            letters, first = self.form.letters, len(ahead) - len(before)
            return behind.startswith(letters[-1], len(after)) or ahead.endswith(letters[0], 0, first)
        changes = _fewest_changes(after, behind, slack)
        return changes <= slack and changes + _fewest_changes(self.outward, ahead[::-1], slack) <= slack

    def _letters_behind(self, folded: str, end: int) -> str:
        """Give as many letters behind the piece as the form may need, without marks."""
        return without_marks(folded[end : end + self.reach_after])

    def _letters_ahead(self, folded: str, start: int) -> str:
        """Give as many letters before the piece as the form may need, without marks."""
        first = start - self.reach_before
        return without_marks(folded[max(0, first) : start])


class SeedsOfPiece:
    """The seeds that share a piece."""

    __slots__ = ("seeds",)

    def __init__(self, seeds: Sequence[Seed]) -> None:
        """Take the seeds of one piece, in the order in which their forms were given."""
        self.seeds = tuple(seeds)

    def fitting(self, folded: str, start: int, end: int) -> list[Seed]:
        """Give the seeds whose forms may stand around an occurrence of the piece with a fault in them."""
        found = []
        for seed in self.seeds:
            if seed.may_stand(folded, start, end):
                found.append(seed)  # noqa: PERF401 - the compiler knows the type of a variable, not of a clause
        return found


def _is_mark(char: str) -> bool:
    # SOFT_MARKS spelt out: of a constant the compiler makes a switch. A test holds the two together.
    return char in "、，·“”‘’《》〈〉「」『』\"',—－-+ "


def _has_mark(letters: str) -> bool:
    for char in letters:  # noqa: SIM110 - a generator would be an object
        if _is_mark(char):
            return True
    return False


def _meets(folded: str, place: int, step: int, near: int, wanted: str) -> bool:
    """Tell whether one of some letters is among the next ones, or a mark, which hides what follows."""
    length = len(folded)
    while near > 0 and 0 <= place < length:
        char = folded[place]
        if char in wanted or _is_mark(char):
            return True
        place += step
        near -= 1
    return False


def _agreed(folded: str, place: int, step: int, outward: str) -> int:
    """Count the letters up to the first in which a form and the text differ."""
    length, agreed, most = len(folded), 0, len(outward)
    while agreed < most and 0 <= place < length and folded[place] == outward[agreed]:
        agreed += 1
        place += step
    return agreed


def _goes_on(folded: str, place: int, step: int, near: int, outward: str) -> bool:
    """Tell whether the rest of a form may go on behind the first difference: see `Seed._wanted`."""
    agreed = _agreed(folded, place, step, outward)
    far = agreed + near
    return len(outward) < far or _meets(folded, place + step * agreed, step, near, outward[agreed:far])


def _fewest_changes(wanted: str, beside: str, slack: int) -> int:
    """Tell how many changes there are at least between what a form has beside a piece and what the text has.

    Both are read outward from the piece. Beyond `slack` the number only says that there are too many.
    """
    # A change costs two operations at most: a swap is two, and a letter more or less moves the end, too.
    most = 2 * slack
    operations: int = Levenshtein.distance(wanted, beside[: len(wanted)], score_cutoff=most)
    if operations > most:
        return slack + 1
    # What one change leaves alone matches in its place, or from some place on in the next. Letters that
    # changed places from afar do not, nor two lost on one side; in right texts those are other wordings.
    needed = len(wanted) - slack
    standing = _standing(wanted, 0, beside, 0)
    if standing < needed:
        standing += _standing(wanted, 0, beside, 1) + _standing(wanted, 1, beside, 0)
    return (operations + 1) // 2 if standing >= needed else slack + 1


def _standing(wanted: str, first: int, beside: str, second: int) -> int:
    """Count the letters that are the same in their places, from one place of each string on."""
    count = 0
    while first < len(wanted) and second < len(beside):
        count += wanted[first] == beside[second]
        first += 1
        second += 1
    return count
