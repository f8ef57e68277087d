"""How a piece of text differs from a right form: which characters are wrong, lost, added or exchanged."""

from __future__ import annotations

from enum import Enum, auto
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein, Postfix, Prefix


class Change(Enum):
    """What happened to the form."""

    SUBSTITUTED = auto()
    MISSING = auto()
    ADDED = auto()
    SWAPPED = auto()


class Edit(NamedTuple):
    """One change; places count letters of the text and of the form."""

    change: Change
    text_place: int
    form_place: int
    written: str
    """What stands in the text; empty where something is missing."""
    right: str
    """What the form has there; empty where something was added."""

    def __repr__(self) -> str:
        return f"Edit({self.change}, {self.text_place}, {self.form_place})"


def edits(written: str, form: str, at_most: int) -> tuple[Edit, ...] | None:
    """List the changes that lead from a form to what is written; None if there are more than allowed.

    Two characters that changed places, beside each other or not, count as one change.
    """
    if written == form:
        return ()
    longer = abs(len(written) - len(form))
    if at_most and longer < 2:
        only = _only_edit(written, form)
        if only is not None:
            return (only,)
    # A swap is two operations to Levenshtein; what makes one longer than the other is part of none.
    cutoff = 2 * at_most - longer
    if cutoff < 2 or Levenshtein.distance(written, form, score_cutoff=cutoff) > cutoff:
        return None
    found = [
        _edit(operation.tag, operation.src_pos, operation.dest_pos, written, form)
        for operation in Levenshtein.editops(written, form)
    ]
    merged = tuple(_with_swaps(found))
    return merged if len(merged) <= at_most else None


def _only_edit(written: str, form: str) -> Edit | None:
    """Give the one change between two strings that agree before and behind it; most pairs need no more."""
    shorter = min(len(written), len(form))
    first: int = Prefix.similarity(written, form)
    alike = first + min(Postfix.similarity(written, form), shorter - first)
    if alike < max(len(written), len(form)) - 1:
        return None
    if len(written) == len(form):
        return Edit(Change.SUBSTITUTED, first, first, written[first], form[first])
    if len(written) < len(form):
        return Edit(Change.MISSING, first, first, "", form[first])
    return Edit(Change.ADDED, first, first, written[first], "")


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
