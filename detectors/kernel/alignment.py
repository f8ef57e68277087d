"""How a piece of text differs from a right form: which characters are wrong, lost, added or exchanged."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from rapidfuzz.distance import Levenshtein


class Change(Enum):
    """What happened to the form."""

    SUBSTITUTED = auto()
    MISSING = auto()
    ADDED = auto()
    SWAPPED = auto()


@dataclass(frozen=True, slots=True)
class Edit:
    """One change; places count letters of the text and of the form."""

    change: Change
    text_place: int
    form_place: int
    written: str
    """What stands in the text; empty where something is missing."""
    right: str
    """What the form has there; empty where something was added."""


def edits(written: str, form: str, at_most: int) -> tuple[Edit, ...] | None:
    """List the changes that lead from a form to what is written; None if there are more than allowed.

    Two characters that changed places, beside each other or not, count as one change.
    """
    # A swap is two operations to Levenshtein; what makes one longer than the other is part of none.
    cutoff = 2 * at_most - abs(len(written) - len(form))
    if cutoff < at_most or Levenshtein.distance(written, form, score_cutoff=cutoff) > cutoff:
        return None
    found = [
        _edit(operation.tag, operation.src_pos, operation.dest_pos, written, form)
        for operation in Levenshtein.editops(written, form)
    ]
    merged = found if len(found) < 2 else _with_swaps(found)
    return tuple(merged) if len(merged) <= at_most else None


def _edit(tag: str, text_place: int, form_place: int, written: str, form: str) -> Edit:
    if tag == "replace":
        return Edit(Change.SUBSTITUTED, text_place, form_place, written[text_place], form[form_place])
    if tag == "insert":
        return Edit(Change.MISSING, text_place, form_place, "", form[form_place])
    return Edit(Change.ADDED, text_place, form_place, written[text_place], "")


def _with_swaps(found: list[Edit]) -> list[Edit]:
    merged: list[Edit] = []
    for edit in found:
        last = merged[-1] if merged else None
        if last is not None and _are_one_swap(last, edit):
            merged[-1] = Edit(
                Change.SWAPPED,
                last.text_place,
                last.form_place,
                last.written + edit.written,
                last.right + edit.right,
            )
        else:
            merged.append(edit)
    return merged


def _are_one_swap(first: Edit, second: Edit) -> bool:
    if first.change is second.change is Change.SUBSTITUTED:
        return (first.written, first.right) == (second.right, second.written)
    if {first.change, second.change} == {Change.MISSING, Change.ADDED}:
        moved = first.written + first.right == second.written + second.right
        return moved and abs(first.form_place - second.form_place) <= 2
    return False
