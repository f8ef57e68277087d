"""A glance at a text as submitted tells whether anything is there that personal data is made of (docs/decisions/0022).

Folding a page and running expressions over it costs five times what telling that it holds no number of a
person does. A glance sees each character as one byte, the *part* it may play in personal data, read from a
table in one step; blanks, hyphens, line breaks and invisible characters are dropped, signs of masking count as
digits. What is adjacent in the folded text is adjacent here, and so is more: a glance may say yes in vain, never no.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from string import ascii_letters, digits
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from detectors.kernel.code_points import (
    BLANK,
    CODE_POINTS,
    INVISIBLE,
    KINDS,
    NARROW,
    TELLING,
    codes_of,
)

BREAK, HAN, LETTER, DIGIT, SIGN, DROPPED, UNSEEN, CELL, COMMA = b",.A0*- |;"
PARTS = {
    DIGIT: digits,
    DROPPED: "-–—\r\n",
    ord("n"): "一二三四五六七八九十",
    ord("z"): "字第",
    ord("b"): "出",
    ord("B"): "生",
    ord("h"): "号",
    ord("d"): "栋幢座单室社队",
    ord("g"): "组",
    ord("a"): "址住",
    ord("p"): "车",
    ord("W"): "信",
    ord("w"): "微",
    ord("P"): "牌",
    SIGN: "*×●•#_■█□○◆…某Xx",
    LETTER: ascii_letters,
    ord("+"): "+",
    ord("e"): "Ee",
    ord("q"): "Qq",
    COMMA: ",",
    CELL: "\t|",
    ord("@"): "@",
}
"""The characters that play a part of their own, the commonest first; all widths count. A word that a detector asks for is
made of these."""
RARITY = bytes(PARTS)
# Made once: bytes() of one number takes as long as finding out that a part is missing.
DIGITS, SIGNS, DROPS, UNSEENS = (bytes((part,)) for part in (DIGIT, SIGN, DROPPED, UNSEEN))
SIX_DIGITS = DIGITS * 6
ELEVEN_DIGITS = DIGITS * 11
NO_SUM = re.compile(rb"0(?:0{5}[0*]|(?<=[^.,]0)0{5})")
"""Six digits that are not alone among Chinese characters, as those of 669162人 are."""


def _parts() -> npt.NDArray[np.uint8]:
    parts = np.full(CODE_POINTS, BREAK, np.uint8)
    parts[0x4E00:0xA000] = HAN
    # Some letters have a part of their own besides.
    for part in sorted(PARTS, key=LETTER.__ne__):
        parts[[ord(char) for char in PARTS[part]]] = part
    parts = parts.take(NARROW)
    kinds = KINDS % TELLING
    parts[kinds == BLANK] = DROPPED
    parts[kinds == INVISIBLE] = UNSEEN
    return parts


TABLE = _parts()


class Glance:
    """What is seen of one text."""

    __slots__ = ("has_long_number", "is_empty", "seen")

    def __init__(self, text: str) -> None:
        """Look at a text."""
        parts = TABLE.take(codes_of(text)).tobytes()
        if UNSEEN in parts:
            parts = parts.replace(UNSEENS, b"")
        self.is_empty = not parts
        """Whether nothing is left of it when it is folded."""
        self.seen = _joined(parts)
        self.has_long_number = SIX_DIGITS in self.seen and (
            # 2021—2025 is none.
            ELEVEN_DIGITS in self.seen or (SIX_DIGITS in parts and NO_SUM.search(parts) is not None)
        )
        """Whether there is what every detector of long numbers needs: see `LONG_NUMBER`."""


class Question(NamedTuple):
    """Something that a text may hold."""

    rare: int
    """The rarest part of it: a byte that is missing is known ten times sooner than a word."""
    other: int
    """Another part of it, or of what must be there besides."""
    search: Callable[[bytes], object]
    """Gives a match, or None."""


@dataclass(frozen=True, slots=True)
class Look:
    """Tells whether a text may hold what a detector looks for; it may say yes in vain, never no."""

    questions: tuple[Question, ...] = ()
    """One yes is enough."""
    long_number: bool = False
    """Whether a long number is enough, too."""
    _by_rarest: tuple[tuple[int, tuple[Question, ...]], ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Put questions together that need the same part."""
        grouped: dict[int, tuple[Question, ...]] = {}
        for question in self.questions:
            grouped[question.rare] = (*grouped.get(question.rare, ()), question)
        object.__setattr__(self, "_by_rarest", tuple(grouped.items()))

    def __call__(self, glance: Glance) -> bool:
        """Ask."""
        if self.long_number and glance.has_long_number:
            return True
        seen = glance.seen
        for rare, questions in self._by_rarest:
            if rare in seen:
                for _, other, search in questions:
                    if other in seen and search(seen):
                        return True
        return False


LONG_NUMBER = Look(long_number=True)
"""Asks for eleven digits and signs of masking, parted by nothing but blanks, hyphens and line breaks, or for six digits in
a row with one more, a sign, a letter, 字 or 第 beside them."""


def one_of(words: Iterable[str]) -> Look:
    """Ask whether one of some words is there.

    Raises:
        ValueError: one of their characters plays no part of its own, so that it would be seen everywhere.
    """
    return Look(tuple(_question(word) for word in _spelt(words)))


def label(words: Iterable[str], reach: int) -> Look:
    """Ask whether a letter or a digit stands within reach behind one of some words, or the word and a table are there.

    Over a column the word may stand at any distance.

    Raises:
        ValueError: as with `one_of`.
    """
    near = b"(?=.{0,%d}?[A0eq])" % reach
    spelt = tuple(_spelt(words))
    in_text = [_question(word, near) for word in spelt]
    over_columns = [Question(parting, word[0], _search(word)) for word in spelt for parting in (CELL, COMMA)]
    return Look((*in_text, *over_columns))


def any_of(looks: Iterable[Look | None]) -> Look | None:
    """Ask several questions at once; None if somebody must read the text in any case."""
    asked = tuple(looks)
    known = [look for look in asked if look is not None]
    if len(known) < len(asked):
        return None
    questions = dict.fromkeys(question for look in known for question in look.questions)
    return Look(tuple(questions), any(look.long_number for look in known))


def _question(word: bytes, behind: bytes = b"") -> Question:
    rare = max(word, key=RARITY.index)
    return Question(rare, word[0] if rare != word[0] else word[-1], _search(word, behind))


def _search(word: bytes, behind: bytes = b"") -> Callable[[bytes], object]:
    # An expression that begins with one fixed byte leaps to it; `in` is slower for words so short.
    expression = re.escape(word[-1:]) + b"(?<=" + re.escape(word) + b")" + behind
    return re.compile(expression, re.DOTALL).search


def _spelt(words: Iterable[str]) -> Iterable[bytes]:
    """Spell words by the parts of their characters, each spelling once."""
    spelt = {}
    for word in words:
        parts = TABLE.take([ord(char) for char in word]).tobytes()
        if not {BREAK, HAN, LETTER}.isdisjoint(parts):
            raise ValueError(f"a glance does not know every character of {word}: they belong into PARTS")
        spelt[_joined(parts)] = word
    return spelt


def _joined(parts: bytes) -> bytes:
    # Quicker than translate(), since there are few of them.
    return parts.replace(DROPS, b"").replace(SIGNS, DIGITS)
