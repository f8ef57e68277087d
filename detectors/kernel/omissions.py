"""Which letters lost from a right form are slips.

What is still made of words when a word is lost is a shorter lawful wording; what is not, is a slip.
"""

from __future__ import annotations

import rjieba

from detectors.kernel.boundaries import seams, word_edges
from detectors.kernel.right_forms import SHORTEST
from detectors.kernel.slip import (
    FUNCTION_WORDS,
    LONG,
    LOOSE,
    NUMERALS,
    OPTIONAL,
    REACH,
    SURE_LENGTH,
    SURE_LENGTH_OF_NAMES,
    Slip,
    Strength,
)

ENDS = 2
"""Letters at either end of a name or phrase that must stand: else the text names something else."""
SURE_LENGTH_WITH_STEM = 10
"""Letters from which on a wording is meant though a word in it has only lost its suffix (共同意识 for 共同体意识)."""
KINDS_OF_PLACES = frozenset("市县区旗州盟省")
ORDINAL = "第"
COMMITTEE = "委员会"
SUFFIXES = frozenset("人者员")
"""Letters that make a person of any word before them."""


def judge_omission(slip: Slip) -> Strength | None:
    """Tell how sure it is that a missing letter was lost by a slip; None if it was probably not."""
    edit = slip.edit
    of_an_office = slip.form.is_name and not slip.form.is_place
    ends = ENDS if of_an_office or (not slip.form.is_formula and slip.length < SURE_LENGTH) else 1
    # Behind the name of a place stands its kind, which tells that a place is meant (齐齐哈|市).
    of_a_kind = slip.form.is_place and slip.form.letters[-1] in KINDS_OF_PLACES
    last = 1 if of_a_kind else ends
    if edit.right in OPTIONAL or not ends <= edit.form_place < slip.length - last:
        return Strength.WEAK if of_an_office and _loses_the_member_of_a_committee(slip) else None
    if edit.right in NUMERALS and (not slip.alone or _has_numeral_beside(slip)):
        return None
    if _joins_the_word_before(slip) or (slip.form.is_short and _leaves_another_word(slip)):
        return None
    breaks_an_attribute = _breaks_an_attribute(slip)
    if breaks_an_attribute or slip.is_broken:
        may_be_left_out = edit.right in LOOSE and not breaks_an_attribute
        return Strength.WEAK if may_be_left_out or slip.form.is_short else Strength.STRONG
    if not slip.form.is_formula:
        # 齐齐哈尔 is one word, which a letter fewer tears, though 哈市 be one, too.
        loses_a_part = slip.length >= SURE_LENGTH_OF_NAMES or (
            of_a_kind and slip.length > SHORTEST and rjieba.has_word(slip.form.letters[:-1])
        )
        return Strength.WEAK if loses_a_part and not slip.is_beside_mark else None
    long_enough = slip.length >= LONG and not slip.is_beside_mark
    is_shorter = _is_a_word(slip) and not long_enough
    is_another = slip.length < SURE_LENGTH_WITH_STEM and _leaves_the_stem(slip)
    return None if is_shorter or is_another else Strength.WEAK


def _loses_the_member_of_a_committee(slip: Slip) -> bool:
    """Tell whether a committee has lost its 员 (发展和改革委会), and no verb begins there (发展和改革委|会同)."""
    letters, folded, (_, end) = slip.form.letters, slip.letters.folded, slip.letters.span
    if not letters.endswith(COMMITTEE) or slip.edit.form_place != slip.length - 2:
        return False
    return not (folded[end : end + 1].isalpha() and rjieba.has_word(letters[-1] + folded[end]))


def _breaks_an_attribute(slip: Slip) -> bool:
    """Tell whether an attribute 以…为…的 has lost its 为, without which it is none (以习近平同志[为]核心的党中央).

    Where no 的 follows, a verb may have taken the place (以党的政治建设统领各项工作).
    """
    place, letters = slip.edit.form_place, slip.form.letters
    if slip.edit.right != "为" or "以" not in letters[:place] or not slip.alone or slip.length < LONG:
        return False
    behind = min(seam for seam in seams(letters) if seam > place + 1)
    return slip.form.is_formula and letters.startswith("的", behind)


def _leaves_the_stem(slip: Slip) -> bool:
    """Tell whether a word has only lost its suffix (地方法规 for 地方性法规)."""
    place, letters = slip.edit.form_place, slip.form.letters
    edges = word_edges(letters)
    stem = letters[max(edge for edge in edges | {0} if edge <= place) : place]
    return place + 1 in edges and len(stem) > 1 and rjieba.has_word(stem)


def _is_a_word(slip: Slip) -> bool:
    """Tell whether the missing letter is a word by itself in the form."""
    place = slip.edit.form_place
    return {place, place + 1} <= seams(slip.form.letters)


def _joins_the_word_before(slip: Slip) -> bool:
    """Tell whether the first letter, left alone, ends the word before (两国|主权, 投诉人|调解)."""
    start, _ = slip.letters.span
    ahead, first = slip.letters.folded[max(0, start - REACH) : start], slip.form.letters[0]
    if slip.edit.form_place != 1 or not ahead[-1:].isalpha():
        return False
    return (slip.form.is_short and first in SUFFIXES) or rjieba.has_word(rjieba.cut(ahead, False)[-1] + first)


def _leaves_another_word(slip: Slip) -> bool:
    """Tell whether the single letter left at an end may belong to the sentence (网络全|覆盖, 外网|安全)."""
    place, letters, folded = slip.edit.form_place, slip.form.letters, slip.letters.folded
    start, end = slip.letters.span
    if place == 1 and letters[0] in LOOSE:
        return True
    if place == 1 and folded[start - 1 : start].isalpha():
        before = rjieba.cut(folded[max(0, start - REACH) : start], False)[-1]
        joined = before + letters[0], before[-1] + letters[0]
        stray = len(before) == 1 and before not in FUNCTION_WORDS
        return stray or any(map(rjieba.has_word, joined))
    if place == slip.length - 2 and folded[end : end + 1].isalpha():
        return letters[-1] in LOOSE or rjieba.has_word(letters[-1] + folded[end])
    return False


def _has_numeral_beside(slip: Slip) -> bool:
    """Tell whether what is left is another number (十届 for 十一届)."""
    place, letters = slip.edit.form_place, slip.form.letters
    return any(char in NUMERALS and char != ORDINAL for char in (letters[place - 1], letters[place + 1]))
