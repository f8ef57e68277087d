"""Which letters put into a right form are slips.

Inside a word nothing can be put lawfully. Between two words many a character can (改革和开放), and at either
end what looks doubled may belong to the sentence.
"""

from __future__ import annotations

import rjieba

from detectors.kernel.boundaries import seams
from detectors.kernel.letters import letters_around
from detectors.kernel.slip import (
    FUNCTION_WORDS,
    LONG,
    LOOSE,
    OPTIONAL,
    SURE_LENGTH,
    Slip,
    Strength,
)

PARTICLES = frozenset("了着得地")
"""Optional characters that stand beside verbs, adjectives and adverbs only."""
VERBS = frozenset("是为在")
"""Characters that make a sentence of two words."""
VERBAL_TAGS = "vad"


def judge_insertion(slip: Slip) -> Strength | None:
    """Tell how sure it is that a letter was put in by a slip; None if it was probably not."""
    edit = slip.edit
    doubled = edit.written in slip.form.letters[max(0, edit.form_place - 1) : edit.form_place + 1]
    last = len(slip.letters.places) - 1
    first_twice = edit.text_place <= 1 and edit.written == slip.form.letters[0]
    last_twice = edit.text_place >= last - 1 and edit.written == slip.form.letters[-1]
    at_an_end = edit.text_place in (0, last) or edit.form_place in (0, slip.length)
    if first_twice or last_twice or at_an_end:
        return Strength.WEAK if doubled and _is_told_at_an_end(slip, at_start=first_twice) else None
    if doubled:
        return Strength.STRONG if slip.length >= SURE_LENGTH else Strength.WEAK
    if (slip.form.is_short or not slip.form.is_formula) and _makes_a_word(slip):
        return None
    if slip.is_inside_a_word:
        return Strength.WEAK
    if not slip.form.is_formula or _is_lawful_between_words(slip):
        return None
    return Strength.WEAK


def _is_told_at_an_end(slip: Slip, *, at_start: bool) -> bool:
    """Tell whether a letter doubled at an end is no end of another word, and no beginning of what follows."""
    written, (start, end) = slip.edit.written, slip.letters.span
    if slip.form.is_common:
        # It is met so often that 市 or 经 before it is mostly another word (市市场监管, 经经营主体申请).
        return written not in LOOSE and slip.is_broken
    if slip.form.is_name or written not in LOOSE:
        return not slip.form.is_name
    # A preposition may stand before a form that begins with it (对对外开放政策).
    if written in FUNCTION_WORDS and slip.length < LONG:
        return False
    return not letters_around(slip.letters.folded, *((start, -1) if at_start else (end, 1)))


def _makes_a_word(slip: Slip) -> bool:
    """Tell whether a character of meaning joins a neighbour to a word (管理总局, 防灭火, 不动产权)."""
    added, place, letters = slip.edit.written, slip.edit.form_place, slip.form.letters
    joined = letters[place - 1] + added, added + letters[place]
    return added not in FUNCTION_WORDS and any(map(rjieba.has_word, joined))


def _is_lawful_between_words(slip: Slip) -> bool:
    """Tell whether a character put in between two words of a form makes another lawful wording of it."""
    added, place, letters = slip.edit.written, slip.edit.form_place, slip.form.letters
    meeting = seams(letters) | {0}
    before = letters[max(seam for seam in meeting if seam < place) : place]
    behind = letters[place : min(seam for seam in meeting if seam > place)]
    # A longer word takes the place of one (志愿者服务, 基层党组织).
    if rjieba.has_word(before + added) or rjieba.has_word(added + behind):
        return True
    if added in PARTICLES:
        return _is_verbal(before) or _is_verbal(behind)
    if added in OPTIONAL:
        return True
    return added in LOOSE if slip.form.is_short else added in VERBS and slip.length < LONG


def _is_verbal(word: str) -> bool:
    """Tell whether a particle of verbs and adverbs may stand beside a word."""
    return any(tag[0] in VERBAL_TAGS for _, tag in rjieba.tag(word, False))
