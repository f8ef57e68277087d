"""Beginnings of fixed wordings and names that go on with a rival of the right word (“稳中求进工作总方针”, “新质生产率”).

A rival is of the same kind as the right word, and need neither sound nor look like it. What is of another kind is another wording:
新质生产要素, 总体国家安全体系.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from detectors.kernel.boundaries import is_whole_words
from detectors.kernel.finding import Category, Finding, Rule, Source
from detectors.kernel.names import CONTINUATIONS, NameList, read_name_lists, words_in
from detectors.kernel.sources import LexiconError
from detectors.kernel.terms import FromLexicons, Hit
from detectors.kernel.text import Text, fold

BEGINNING, RIGHT, RIVALS, LAWFUL = range(4)
OF_A_STATE = "国家"
"""With this begin names that other states have, too, with another end (乌兹别克斯坦国家统计委员会)."""
CHINA = "中国"
SHORTEST = 3
"""Letters of a right word that may have lost one: what is left of a shorter one is a word of its own."""


class Continuations:
    """Looks for rivals of the right word behind a beginning."""

    def __init__(self, lists: Sequence[NameList], other_states: Iterable[str] = ()) -> None:
        """Prepare the wrong wordings.

        Args:
            lists: beginnings, what is right behind them, its rivals, and what is lawful though it begins like one.
            other_states: names of states whose bodies have names of their own.

        Raises:
            LexiconError: a wording stands twice, or nothing is right behind its beginning.
        """
        self.rules = tuple(one.rule for one in lists)
        self.categories = frozenset({Category.EXPRESSION})
        self._foreign = (*other_states, "国")
        self._known: dict[str, tuple[Rule, str]] = {}
        self._lawful: set[str] = set()
        for one in lists:
            for row in one.rows:
                beginning, right = fold(row[BEGINNING]), "".join(row[RIGHT : RIGHT + 1])
                if not right or right in words_in(row, RIVALS):
                    raise LexiconError(f"{one.rule.name}：“{beginning}”没有写后面接什么，或者误接的就是它")
                self._lawful |= {beginning + word for word in (right, *words_in(row, LAWFUL))}
                for wrong in (*words_in(row, RIVALS), *_with_letter_lost(right)):
                    if beginning + wrong in self._known:
                        raise LexiconError(f"{one.rule.name}：“{beginning + wrong}”已有")
                    self._known[beginning + wrong] = one.rule, beginning + right

    @property
    def forms(self) -> set[str]:
        """The wrong wordings, and the lawful ones that begin like them."""
        return set(self._known) | self._lawful

    def judge(self, text: Text, hits: Sequence[Hit]) -> Iterator[Finding]:
        """Report the wrong wordings that end with a word and are no beginning of a lawful one."""
        lawful = {hit.start: hit.end for hit in hits if hit.form in self._lawful}
        longest = {hit.start: hit for hit in hits if hit.form in self._known}
        for start, end, form in longest.values():
            if form.startswith(OF_A_STATE) and text.folded.endswith(self._foreign, 0, start):
                continue
            if lawful.get(start, -1) < end and is_whole_words(text.folded, end, end):
                rule, right = self._known[form]
                yield Finding(rule, text.span(start, end), (right,), inferred=True)


def _with_letter_lost(right: str) -> Iterator[str]:
    """Give what is left of a longer word without one of its letters but the last: 同体 for 共同体."""
    if len(right) >= SHORTEST:
        yield from dict.fromkeys(right[:place] + right[place + 1 :] for place in range(len(right) - 1))


def _load(lexicons: Path, sources: Mapping[str, Source]) -> Continuations:
    lists = read_name_lists(lexicons / "names", sources, "FX")
    others = [row for row in lists.only("countries").rows if row[0] != CHINA]
    return Continuations(lists[CONTINUATIONS], {name for row in others for name in row[:2] if name})


DETECTOR = FromLexicons(_load)
