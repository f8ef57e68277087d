"""Usual slips of idioms and phrases, as the lists of lexicons/names name them beside the right wording.

Near misses are told by sound and shape. What a list names needs no such proof: dictionaries of the
segmenter hold some of these slips themselves (“画龙点晴”).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from detectors.kernel.boundaries import is_whole_words
from detectors.kernel.finding import Category, Finding, Rule, Source
from detectors.kernel.names import PHRASES, RIGHT, USUAL_SLIPS, NameList, read_name_lists, words_in
from detectors.kernel.sources import LexiconError
from detectors.kernel.terms import FromLexicons, Hit
from detectors.kernel.text import Text, fold


class UsualSlips:
    """Finds listed slips."""

    def __init__(self, lists: Sequence[NameList]) -> None:
        """Take lists of right wordings with their slips.

        Raises:
            LexiconError: a slip is listed twice, or is right by another line.
        """
        self.rules = tuple(one.rule for one in lists)
        self.categories = frozenset({Category.EXPRESSION})
        self._slips: dict[str, tuple[Rule, str]] = {}
        right = {row[RIGHT] for one in lists for row in one.rows}
        for one in lists:
            for row in one.rows:
                for slip in words_in(row, USUAL_SLIPS):
                    form = fold(slip)
                    if form in self._slips or form in right:
                        raise LexiconError(f"{one.rule.name}：误写“{slip}”在别处已有，或者是正确的写法")
                    self._slips[form] = (one.rule, row[RIGHT])

    @property
    def forms(self) -> set[str]:
        """The slips."""
        return set(self._slips)

    def judge(self, text: Text, hits: Sequence[Hit]) -> Iterator[Finding]:
        """Report the slips that are made of whole words (“希望我工作” holds no slip of “忘我工作”)."""
        for start, end, form in hits:
            if is_whole_words(text.folded, start, end):
                rule, right = self._slips[form]
                yield Finding(rule, text.span(start, end), (right,))


def _load(lexicons: Path, sources: Mapping[str, Source]) -> UsualSlips:
    lists = read_name_lists(lexicons / "names", sources, "FX")
    return UsualSlips([lists.only(kind) for kind in PHRASES])


DETECTOR = FromLexicons(_load)
