"""From a piece of a right form that stands in a text to the ways in which the whole form may stand there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from detectors.kernel.alignment import Change, Edit, edits
from detectors.kernel.boundaries import seams, word_edges
from detectors.kernel.letters import COMMAS, PAUSES, Letters, letters_around
from detectors.kernel.right_forms import SOFT_MARKS, RightForm
from detectors.kernel.seeds import Seed


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


def candidates_around(seed: Seed, folded: str, start: int, end: int) -> Iterator[Candidate]:
    """Compare what stands around a piece with the rest of its form, in every way that fits."""
    before, after, slack, piece = seed.before, seed.after, seed.slack, seed.piece
    if seed.may_be_whole and seed.is_whole(folded, start, end):
        first, last = start - len(seed.written_before), end + len(seed.written_after)
        yield from Candidate(seed.form, Letters.within(folded, first, last), ()).with_ends_doubled()
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
                    *_moved(seed.edits, len(head), piece.start),
                    *_moved(tail_edits, len(head) + len(own), piece.end),
                )
                candidate = Candidate(seed.form, Letters(folded, (*head, *own, *tail)), found)
                yield from (candidate,) if found else candidate.with_ends_doubled()


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
