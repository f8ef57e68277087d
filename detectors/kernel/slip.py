"""One change of a right form, with all that its judgement needs, and how sure a judgement is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

import rjieba

from detectors.kernel.alignment import Change, Edit
from detectors.kernel.boundaries import seams
from detectors.kernel.confusion import Characters
from detectors.kernel.letters import Letters
from detectors.kernel.right_forms import RightForm

OPTIONAL = frozenset("的和与及或了地得着之等各")
"""Characters that lawful wordings leave out, put in, or put elsewhere."""
FUNCTION_WORDS = OPTIONAL | frozenset("过在是为对以于不也就都将已要会被把其所这那有无并更又再则而由向从")
"""Characters that belong to any sentence."""
NUMERALS = frozenset("0123456789一二三四五六七八九十百千万零两第")
LOOSE = FUNCTION_WORDS | NUMERALS | frozenset("大小新老上下中内外前后高全本正")
"""Characters that a lawful wording may put in."""
REACH = 6
"""Code points looked at on either side for words."""
SURE_LENGTH = 6
"""Letters from which on likeness alone is enough."""
SURE_LENGTH_OF_NAMES = 7
"""Letters from which on even a name or a common phrase that has lost a word is meant."""
LONG = 8
"""Letters from which on a text can hardly mean anything but the form."""
UNMISTAKABLE = 15
"""Letters from which on a text that has an unlike word in one place (城乡 for 城市) still means the form."""


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
    parted: bool
    """Whether a comma stands in a form without marks."""

    @property
    def length(self) -> int:
        """Letters of the form."""
        return len(self.form.letters)

    @property
    def is_inside_a_word(self) -> bool:
        """Whether the place of the change lies inside a word of the form, and at no seam of two."""
        return self.edit.form_place not in seams(self.form.letters)

    @property
    def is_beside_mark(self) -> bool:
        """Whether the form has a mark before or behind the place."""
        return self.form.is_beside_mark(self.edit.form_place)

    @property
    def is_broken(self) -> bool:
        """Whether the changed place is no longer part of a word of two or more characters."""
        letters, edit = self.letters, self.edit
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
