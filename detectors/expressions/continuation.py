"""Beginnings of fixed wordings that go on otherwise than they can (“稳中求进工作总方针”, “新质生产率”).

What may follow is short and known, what may not is without end: it need neither sound nor look like the right word. Nothing is
said where the wording breaks off, at a mark or at the end of a line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import rjieba

from detectors.kernel.boundaries import WINDOW
from detectors.kernel.finding import Category, Finding, Rule, Source
from detectors.kernel.language.symbols import FIRST_HAN, LAST_HAN
from detectors.kernel.names import CONTINUATIONS, NameList, read_name_lists, words_in
from detectors.kernel.sources import LexiconError
from detectors.kernel.terms import FromLexicons, Hit
from detectors.kernel.text import Text, fold

BEGINNING, RIGHT, LAWFUL = range(3)
LEAST = 2
"""Han letters that must follow, where a word of so many is right: after a single one the text may be cut off."""
QUOTATION_MARKS = "“”"
"""A word may stand between them (制度的“笼子”)."""


class Continuations:
    """Compares what follows a beginning with what may follow it."""

    def __init__(self, lists: Sequence[NameList]) -> None:
        """Take lists of beginnings, what is right behind them, and what else is lawful there.

        Raises:
            LexiconError: a beginning stands twice, or nothing is right behind it.
        """
        self.rules = tuple(one.rule for one in lists)
        self.categories = frozenset({Category.EXPRESSION})
        self._known: dict[str, tuple[Rule, str, tuple[str, ...]]] = {}
        for one in lists:
            for row in one.rows:
                beginning, right = fold(row[BEGINNING]), "".join(row[RIGHT : RIGHT + 1])
                if not right or beginning in self._known:
                    raise LexiconError(f"{one.rule.name}：“{beginning}”已有，或者没有写后面接什么")
                self._known[beginning] = one.rule, right, (right, *words_in(row, LAWFUL))

    @property
    def forms(self) -> set[str]:
        """The beginnings."""
        return set(self._known)

    def judge(self, text: Text, hits: Sequence[Hit]) -> Iterator[Finding]:
        """Look at what follows each beginning."""
        for start, end, form in hits:
            rule, right, lawful = self._known[form]
            rest = text.folded[end : end + WINDOW].lstrip(QUOTATION_MARKS)
            if rest.startswith(lawful) or not _goes_on(rest, min(LEAST, len(right))):
                continue
            if any(mark in text.folded[end : end + 1] for mark in QUOTATION_MARKS):
                # Quoted wordings are cut off as they are needed.
                continue
            last = end + _length_of_wrong(rest, right)
            yield Finding(rule, text.span(start, last), (text.folded[start:end] + right,), inferred=True)


def _goes_on(rest: str, least: int) -> bool:
    return len(rest) >= least and all(FIRST_HAN <= ord(letter) <= LAST_HAN for letter in rest[:least])


def _length_of_wrong(rest: str, right: str) -> int:
    """Give the length of what stands where the right word should."""
    for place in range(len(right) - 1):
        # Only the end of a word is still a word: 中央 for 党中央.
        lost = right[:place] + right[place + 1 :]
        if rest.startswith(lost):
            return len(lost)
    length = 0
    for word in rjieba.cut(rest, False):
        if not FIRST_HAN <= ord(word[0]) <= LAST_HAN:
            break
        length += len(word)
        if length >= len(right):
            break
    # Something was put in before the right word: 绝对|领导.
    return length + len(right) if rest.startswith(right, length) else length


def _load(lexicons: Path, sources: Mapping[str, Source]) -> Continuations:
    return Continuations(read_name_lists(lexicons / "names", sources, "FX")[CONTINUATIONS])


DETECTOR = FromLexicons(_load)
