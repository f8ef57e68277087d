"""Which differences from a right form are slips, and how sure that is.

A lawful wording near a form exchanges words; a slip breaks one. So a change counts for more when the
characters sound or look alike, and when what stands there is no longer made of words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import rjieba

from detectors.kernel.alignment import Change, Edit
from detectors.kernel.boundaries import is_whole_words, seams
from detectors.kernel.confusion import Characters, Likeness
from detectors.kernel.insertions import judge_insertion
from detectors.kernel.letters import Letters
from detectors.kernel.omissions import judge_omission
from detectors.kernel.right_forms import SHORTEST, RightForm
from detectors.kernel.slip import (
    FUNCTION_WORDS,
    NUMERALS,
    OPTIONAL,
    SURE_LENGTH,
    SURE_LENGTH_OF_NAMES,
    UNMISTAKABLE,
    Slip,
    Strength,
)

CONJUNCTIONS = frozenset("和与及")
SHORTEST_WITH_END = 5
"""Letters from which on the last one of the name of a place may be told to be misspelt."""
CLAUSE_WORDS = frozenset("未正")
"""Adverbs that stand behind a name in any clause."""


def strength_of(
    form: RightForm, edits: tuple[Edit, ...], letters: Letters, characters: Characters
) -> Strength | None:
    """Tell how sure it is that a form was meant; None if it was probably not."""
    resized = any(edit.change in (Change.MISSING, Change.ADDED) for edit in edits)
    # A comma inside a name, or where letters are lost or added, parts two clauses.
    parted = form.form == form.letters and letters.has_pause()
    if _is_shorter_wording(edits) or (parted and (form.is_name or resized)):
        return None
    if form.is_short and rjieba.has_word(letters.word):
        return None
    strengths = []
    for edit in edits:
        strength = JUDGES[edit.change](Slip(form, edit, letters, characters, len(edits) == 1, parted))
        if strength is None:
            return None
        strengths.append(strength)
    # A word that runs on beyond the form says that the text means something longer.
    if (resized or form.is_short or form.is_name) and not is_whole_words(letters.folded, *letters.span):
        return None
    strong = all(one is Strength.STRONG for one in strengths)
    if parted and form.is_short:
        return Strength.WEAK if strong else None
    return Strength.STRONG if strong else Strength.WEAK


def _is_shorter_wording(edits: tuple[Edit, ...]) -> bool:
    """Tell whether what is missing is a word, so that the text has a lawful shorter wording."""
    missing = "".join(edit.right for edit in edits if edit.change is Change.MISSING)
    return len(missing) > 1 and rjieba.has_word(missing)


def _substituted(slip: Slip) -> Strength | None:
    edit = slip.edit
    both = {edit.written, edit.right}
    if slip.form.is_name and both <= CONJUNCTIONS:
        return Strength.STRONG
    # 国, 市, 县 and 族 end so many names that any character behind one would be a slip of them; and
    # behind 委员 the name of a person begins, behind 教育 a 周.
    is_short = slip.form.is_place or (slip.form.is_name and slip.length < SHORTEST)
    ends_a_name = is_short and edit.form_place == slip.length - 1
    likeness = slip.characters.likeness(edit.written, edit.right)
    if both <= NUMERALS or (ends_a_name and not _is_sure_end(slip, likeness)):
        return None
    inside = 0 < edit.form_place < slip.length - 1
    if edit.written in FUNCTION_WORDS:
        # At an end it belongs to the sentence; inside, only ear or eye can have put it there.
        may_be = inside and not slip.parted
        told = may_be and (likeness is Likeness.SOUND or (likeness is Likeness.SHAPE and slip.is_broken))
        return Strength.WEAK if told else None
    if likeness is None:
        return Strength.WEAK if inside and _is_sure_unlike(slip) else None
    broken = slip.is_broken
    sure = slip.length >= SURE_LENGTH and likeness is not Likeness.NEAR_SOUND
    # Words that took the place of words only happen to sound alike (全国青年, 全国青联).
    if slip.form.is_name and not inside and (not broken or edit.written in CLAUSE_WORDS):
        return None
    return Strength.STRONG if broken or sure else Strength.WEAK


def _is_sure_unlike(slip: Slip) -> bool:
    """Tell whether a form is meant though neither ear nor eye takes the one letter for the other."""
    edit = slip.edit
    if not slip.alone or slip.length < SURE_LENGTH or {edit.written, edit.right} & OPTIONAL:
        return False
    # All else of a very long wording stands, so it is meant, whatever word a letter has been made part of.
    whole_wording = slip.form.is_formula and slip.length >= UNMISTAKABLE and not slip.is_beside_mark
    # Whether words are broken costs most to tell, so it is asked last.
    return whole_wording or slip.is_broken


def _is_sure_end(slip: Slip, likeness: Likeness | None) -> bool:
    """Tell whether the last letter of a long name of a place is misspelt, and is not the first of what follows."""
    told = likeness in {Likeness.SOUND, Likeness.SHAPE} and slip.alone
    return told and slip.length >= SHORTEST_WITH_END and slip.is_inside_a_word and slip.is_broken


def _swapped(slip: Slip) -> Strength | None:
    inside = slip.edit.form_place + 1 not in seams(slip.form.letters)
    adjacent = len(slip.edit.written) == 2
    if set(slip.edit.written) & OPTIONAL and not (inside and adjacent):
        return None
    if slip.is_broken:
        return Strength.STRONG
    if slip.form.is_name and slip.length < SURE_LENGTH_OF_NAMES:
        return None
    # Two words of the same letters name two things (沙特阿拉伯王国, 沙特阿拉伯国王).
    right = slip.form.letters[slip.edit.form_place :][:2]
    are_words = rjieba.has_word(right) and rjieba.has_word(right[::-1])
    return None if slip.form.is_name and are_words else Strength.WEAK


JUDGES: Mapping[Change, Callable[[Slip], Strength | None]] = {
    Change.SUBSTITUTED: _substituted,
    Change.SWAPPED: _swapped,
    Change.MISSING: judge_omission,
    Change.ADDED: judge_insertion,
}
