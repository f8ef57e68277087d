"""From a piece of a right form that stands in a text to the ways in which the whole form may stand there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import eq

from rapidfuzz.distance import Levenshtein, Postfix, Prefix

from detectors.kernel.alignment import Change, Edit, edits
from detectors.kernel.boundaries import seams, word_edges
from detectors.kernel.letters import COMMAS, PAUSES, Letters, letters_around
from detectors.kernel.right_forms import SOFT_MARKS, Piece, RightForm, letters_of, without_marks


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that nearly holds a form."""

    form: RightForm
    letters: Letters
    edits: tuple[Edit, ...]

    def has_stray_mark(self) -> bool:
        """Tell whether a comma splits a word of a form that has no marks at all."""
        if self.form.form != self.form.letters:
            return False
        short = self.form.is_short
        # In a short form every seam may part two clauses, and 、 two members of a list.
        edges, marks = (
            (seams(self.form.letters), COMMAS) if short else (word_edges(self.form.letters), PAUSES)
        )
        folded = self.letters.folded
        return any(
            folded[place + 1] in marks and number + 1 not in edges
            for number, place in enumerate(self.letters.places[:-1])
        )

    def with_ends_doubled(self) -> Sequence[Candidate]:
        """Take in the first letter, or the last, of a whole form if it is written twice; else the form alone."""
        first, last = self.letters.span
        folded, form, own = self.letters.folded, self.form.letters, self.letters.places
        doubled = []
        if folded.endswith(form[0], 0, first):
            edit = Edit(Change.ADDED, 0, 0, form[0], "")
            doubled.append(Candidate(self.form, Letters(folded, (first - 1, *own)), (edit,)))
        if folded.startswith(form[-1], last):
            edit = Edit(Change.ADDED, len(form), len(form), form[-1], "")
            doubled.append(Candidate(self.form, Letters(folded, (*own, last)), (edit,)))
        return doubled or (self,)

    def span(self) -> tuple[int, int]:
        """The place, with the marks at either end of the form if the text has them."""
        start, end = self.letters.span
        folded, form = self.letters.folded, self.form.form
        if form[0] in SOFT_MARKS and folded.endswith(form[0], 0, start):
            start -= 1
        if form[-1] in SOFT_MARKS and folded.startswith(form[-1], end):
            end += 1
        return start, end

    def corrected(self) -> str:
        """Write the form, with the marks that the text has."""
        if not self.edits:
            return self.form.form
        written, right = self.letters.word, self.form.letters
        start, end = self.span()
        first, last = self.letters.span
        pieces = [self.letters.folded[start:first]]
        for step in Levenshtein.opcodes(written, right):
            if step.tag == "equal":
                pieces.append(self.letters.with_marks(step.src_start, step.src_end))
            else:
                kept = self.letters.marks(step.src_start, step.src_end)
                pieces += [right[step.dest_start : step.dest_end], kept]
        pieces.append(self.letters.folded[last:end])
        return "".join(pieces)


class Seed:
    """A piece of one form, prepared for comparing its neighbourhood with the rest of the form.

    Nearly all comparisons end at once, and they decide the speed of the whole: so what they need is
    worked out beforehand.
    """

    __slots__ = (
        "after",
        "before",
        "edits",
        "form",
        "has_marks",
        "outward",
        "parted",
        "piece",
        "reach_after",
        "reach_before",
        "slack",
        "wanted_after",
        "wanted_before",
        "written_after",
        "written_before",
    )

    def __init__(self, form: RightForm, piece: Piece) -> None:
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
        self.parted = not found
        self.written_before, self.written_after = (head, tail) if found else ("", "")
        self.slack = form.changes - len(self.edits)
        self.wanted_after = self._wanted(self.after)
        self.wanted_before = self._wanted(self.outward)
        # Marks may stand between the letters, those of the form and others.
        marks = len(form.form) - len(form.letters)
        self.reach_before = 2 * len(self.before) + marks + self.slack
        self.reach_after = 2 * len(self.after) + marks + self.slack

    def _wanted(self, outward: str) -> frozenset[str]:
        """Give the letters of which one must stand beside the piece; none where nothing need be left there.

        Where a form stands with at most n changes beside a piece, one of its n + 1 letters next to the piece stands
        among the n + 1 letters of the text there: if none did, each step of the alignment out of that square
        would be a change, one too many. The same holds behind any stretch in which form and text agree.
        """
        return frozenset(outward[: self.slack + 1] if len(outward) > self.slack else "")

    @property
    def is_one_sided(self) -> bool:
        """Tell whether the form goes on at one side of the piece only, with one change at most."""
        return (
            self.slack == 1 and not self.edits and not self.parted and bool(self.before) != bool(self.after)
        )

    def letters_behind(self, folded: str, end: int) -> str:
        """Give as many letters behind the piece as the form may need, without marks."""
        return without_marks(folded[end : end + self.reach_after])

    def letters_ahead(self, folded: str, start: int) -> str:
        """Give as many letters before the piece as the form may need, without marks."""
        return without_marks(folded[max(0, start - self.reach_before) : start])

    def may_stand(self, folded: str, start: int, end: int) -> bool:
        """Tell quickly whether the form may stand around its piece with a fault in it."""
        if not self.edits and self._is_whole(folded, start, end):
            return self._is_doubled(folded, start, end)
        slack, after, before = self.slack, self.after, self.before
        if after:
            behind = folded[end : end + self.reach_after]
            agreed = Prefix.similarity(after, behind)
            far = agreed + slack + 1
            if len(after) >= far and _has_none(after[agreed:far], behind[agreed:far]):
                return False
        if before:
            ahead = folded[max(0, start - self.reach_before) : start]
            agreed = Postfix.similarity(before, ahead)
            far = agreed + slack + 1
            if len(before) >= far and _has_none(
                before[-far : len(before) - agreed], ahead[-far : len(ahead) - agreed]
            ):
                return False
        return self._may_stand_between_marks(folded, start, end)

    def _may_stand_between_marks(self, folded: str, start: int, end: int) -> bool:
        """Tell the same of the text without its marks."""
        slack, after, before = self.slack, self.after, self.before
        behind = self.letters_behind(folded, end)
        if self.wanted_after and self.wanted_after.isdisjoint(behind[: slack + 1]):
            return False
        ahead = self.letters_ahead(folded, start)
        if self.wanted_before and self.wanted_before.isdisjoint(ahead[-slack - 1 :]):
            return False
        if not self.edits and self.has_marks and behind.startswith(after) and ahead.endswith(before):
            # Marks come and go: the form itself stands here, and an end of it may stand twice.
            letters, first = self.form.letters, len(ahead) - len(before)
            return behind.startswith(letters[-1], len(after)) or ahead.endswith(letters[0], 0, first)
        changes = _fewest_changes(after, behind, slack)
        return changes <= slack and changes + _fewest_changes(self.outward, ahead[::-1], slack) <= slack

    def _is_whole(self, folded: str, start: int, end: int) -> bool:
        if self.parted:
            return False
        return folded.startswith(self.written_after, end) and folded.endswith(self.written_before, 0, start)

    def _is_doubled(self, folded: str, start: int, end: int) -> bool:
        """Tell whether a whole form has its first letter, or its last, written twice."""
        letters = self.form.letters
        if folded.startswith(letters[-1], end + len(self.written_after)):
            return True
        return folded.endswith(letters[0], 0, max(0, start - len(self.written_before)))

    def candidates(self, folded: str, start: int, end: int) -> Iterator[Candidate]:
        """Compare what stands around the piece with the rest of its form, in every way that fits."""
        before, after, slack, piece = self.before, self.after, self.slack, self.piece
        if not self.edits and self._is_whole(folded, start, end):
            first, last = start - len(self.written_before), end + len(self.written_after)
            yield from Candidate(self.form, Letters.within(folded, first, last), ()).with_ends_doubled()
            return
        left = letters_around(folded, start, -(len(before) + slack)) if before else ()
        right = letters_around(folded, end, len(after) + slack) if after else ()
        heads = _fitting(folded, left, before, slack, from_end=True)
        tails = _fitting(folded, right, after, slack, from_end=False) if heads else ()
        own = [place for place in range(start, end) if folded[place] not in SOFT_MARKS]
        for head, head_edits in heads:
            for tail, tail_edits in tails:
                if len(head_edits) + len(tail_edits) <= slack:
                    found = (
                        *head_edits,
                        *_moved(self.edits, len(head), piece.start),
                        *_moved(tail_edits, len(head) + len(own), piece.end),
                    )
                    candidate = Candidate(self.form, Letters(folded, (*head, *own, *tail)), found)
                    yield from (candidate,) if found else candidate.with_ends_doubled()


def _has_none(wanted: str, letters: str) -> bool:
    """Tell whether a stretch of text has none of some letters, and no mark that hides what follows."""
    for char in letters:  # noqa: SIM110 — a generator would take three times as long
        if char in wanted or char in SOFT_MARKS:
            return False
    return True


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
    standing: int = sum(map(eq, wanted, beside))
    if standing < needed:
        standing += sum(map(eq, wanted, beside[1:])) + sum(map(eq, wanted[1:], beside))
    return (operations + 1) // 2 if standing >= needed else slack + 1


def _moved(found: tuple[Edit, ...], text_places: int, form_places: int) -> Iterator[Edit]:
    """Count the places of edits from the beginning of the whole."""
    for change, text_place, form_place, written, right in found:
        yield Edit(change, text_place + text_places, form_place + form_places, written, right)


def _fitting(
    folded: str, places: Sequence[int], wanted: str, at_most: int, *, from_end: bool
) -> list[tuple[Sequence[int], tuple[Edit, ...]]]:
    """List the stretches of letters beside a piece that differ little from the rest of the form."""
    if not wanted:
        return [((), ())]
    letters = "".join([folded[place] for place in places])
    fitting: list[tuple[Sequence[int], tuple[Edit, ...]]] = []
    for length in range(max(1, len(wanted) - at_most), min(len(places), len(wanted) + at_most) + 1):
        found = edits(letters[-length:] if from_end else letters[:length], wanted, at_most)
        if found is not None:
            fitting.append((places[-length:] if from_end else places[:length], found))
    return fitting
