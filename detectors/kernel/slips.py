"""Which differences from a right form are slips, and how sure that is.

A lawful wording near a form exchanges words; a slip breaks one. So a change counts for more when the
characters sound or look alike, and when what stands there is no longer made of words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum, auto

import rjieba

from detectors.kernel.alignment import Change, Edit
from detectors.kernel.boundaries import is_whole_words
from detectors.kernel.confusion import Characters, Likeness
from detectors.kernel.letters import Letters
from detectors.kernel.right_forms import SHORTEST, RightForm

OPTIONAL = frozenset("的和与及或了地得着之等各")
"""Characters that lawful wordings leave out, put in, or put elsewhere."""
FUNCTION_WORDS = OPTIONAL | frozenset("过在是为对以于不也就都将已要会被把其所这那有无并更又再则而")
"""Characters that belong to any sentence."""
CONJUNCTIONS = frozenset("和与及")
NUMERALS = frozenset("0123456789一二三四五六七八九十百千万零两第")
LOOSE = FUNCTION_WORDS | NUMERALS | frozenset("大小新老上下中内外前后高")
"""Characters that a lawful wording may put in."""
REACH = 6
"""Code points looked at on either side for words."""
SURE_LENGTH = 6
"""Letters from which on likeness alone is enough."""
SURE_LENGTH_FOR_LOSS = 7
ENDS = 2
"""Letters at either end of a short form that must stand if one is missing: else the text says something else."""
LONG_ENOUGH = 8
"""Letters from which on a loose character may have been put in by a slip."""


class Strength(Enum):
    """How sure a slip is, the surest first."""

    EXACT = auto()
    """No slip at all: the form itself."""
    STRONG = auto()
    """A person would agree at once."""
    WEAK = auto()
    """A person should look."""


@dataclass(frozen=True, slots=True)
class Slip:
    """One change of a form, with all that its judgement needs."""

    form: RightForm
    edit: Edit
    letters: Letters
    characters: Characters
    alone: bool
    """Whether it is the only change."""

    @property
    def length(self) -> int:
        """Letters of the form."""
        return len(self.form.letters)


def strength_of(
    form: RightForm, edits: tuple[Edit, ...], letters: Letters, characters: Characters
) -> Strength | None:
    """Tell how sure it is that a form was meant; None if it was probably not."""
    resized = any(edit.change in (Change.MISSING, Change.ADDED) for edit in edits)
    # A comma inside a name, or where letters are lost or added, parts two clauses.
    parted = form.form == form.letters and letters.has_pause()
    if _is_shorter_wording(edits) or (parted and (form.is_name or resized)):
        return None
    strengths = [
        JUDGES[edit.change](Slip(form, edit, letters, characters, len(edits) == 1)) for edit in edits
    ]
    if None in strengths:
        return None
    if resized:
        # A word that runs on beyond the form says that the text means something longer.
        start, end = letters.span
        if not is_whole_words(letters.folded, start, end):
            return None
    return Strength.STRONG if all(one is Strength.STRONG for one in strengths) else Strength.WEAK


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
    # behind 委员 the name of a person begins.
    is_short = slip.form.is_place or (slip.form.is_name and slip.length < SHORTEST)
    ends_a_name = is_short and edit.form_place == slip.length - 1
    if both <= NUMERALS or ends_a_name:
        return None
    likeness = slip.characters.likeness(edit.written, edit.right)
    broken = _is_broken(slip.letters, edit)
    if likeness is None:
        inside = 0 < edit.form_place < slip.length - 1
        told = inside and broken and slip.alone and slip.length >= SURE_LENGTH
        return Strength.WEAK if told and not both & OPTIONAL else None
    if edit.written in FUNCTION_WORDS:
        # At an end it belongs to the sentence; inside, only the ear can have put it there.
        inside = 0 < edit.form_place < slip.length - 1
        return Strength.WEAK if inside and likeness is Likeness.SOUND else None
    sure = slip.length >= SURE_LENGTH and likeness is not Likeness.NEAR_SOUND
    return Strength.STRONG if broken or sure else Strength.WEAK


def _swapped(slip: Slip) -> Strength | None:
    if set(slip.edit.written) & OPTIONAL:
        return None
    if _is_broken(slip.letters, slip.edit):
        return Strength.STRONG
    return None if slip.form.is_name else Strength.WEAK


def _missing(slip: Slip) -> Strength | None:
    edit = slip.edit
    of_an_office = slip.form.is_name and not slip.form.is_place
    ends = 1 if slip.length >= SURE_LENGTH and not of_an_office else ENDS
    if edit.right in OPTIONAL or not ends <= edit.form_place < slip.length - ends:
        return None
    if edit.right in NUMERALS and not slip.alone:
        return None
    if _is_broken(slip.letters, edit):
        return Strength.WEAK if edit.right in LOOSE else Strength.STRONG
    if slip.form.is_beside_mark(edit.form_place) or slip.length < SURE_LENGTH_FOR_LOSS:
        return None
    return Strength.WEAK if slip.form.is_name or edit.right not in LOOSE else None


def _added(slip: Slip) -> Strength | None:
    edit = slip.edit
    doubled = edit.written in slip.form.letters[max(0, edit.form_place - 1) : edit.form_place + 1]
    last = len(slip.letters.places) - 1
    first_twice = edit.text_place <= 1 and edit.written == slip.form.letters[0]
    last_twice = edit.text_place >= last - 1 and edit.written == slip.form.letters[-1]
    if first_twice or last_twice or edit.text_place in (0, last):
        # What is doubled at an end may be the end of another word, or the beginning of what follows.
        told = doubled and not slip.form.is_name and edit.written not in LOOSE
        told = told and _is_broken(slip.letters, edit)
        return Strength.WEAK if told else None
    if doubled:
        return Strength.STRONG if slip.length >= SURE_LENGTH else Strength.WEAK
    if edit.written in OPTIONAL or slip.form.is_beside_mark(edit.form_place) or slip.form.is_name:
        return None
    if edit.written in LOOSE and slip.length < LONG_ENOUGH:
        return None
    return Strength.WEAK if _is_broken(slip.letters, edit) else None


JUDGES: Mapping[Change, Callable[[Slip], Strength | None]] = {
    Change.SUBSTITUTED: _substituted,
    Change.SWAPPED: _swapped,
    Change.MISSING: _missing,
    Change.ADDED: _added,
}


def _is_broken(letters: Letters, edit: Edit) -> bool:
    """Tell whether a changed place is no longer part of a word of two or more characters."""
    first = letters.places[min(edit.text_place, len(letters.places) - 1)]
    start, end = letters.span
    left = max(0, start - REACH)
    position = left
    # Where a character is missing, the place lies between two: either side may be left alone.
    suspects = {first, first - 1} if edit.change is Change.MISSING else {first}
    for word in rjieba.cut(letters.folded[left : end + REACH], False):
        if len(word) == 1 and position in suspects:
            return edit.change is not Change.MISSING or word not in FUNCTION_WORDS
        position += len(word)
    return False
