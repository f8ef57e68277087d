"""Names of central bodies that lost a word (“国家药品监督局” for 国家药品监督管理局).

A lost word leaves words, so that near misses do not see it. The names of central bodies are few and known, and one of
them without a word inside is the name of nothing, unless the lists know it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import rjieba

from detectors.kernel.boundaries import is_whole_words
from detectors.kernel.dated_events import longest_of
from detectors.kernel.finding import Category, Finding, Rule, Severity, Source
from detectors.kernel.names import read_name_lists, words_in
from detectors.kernel.slip import NUMERALS
from detectors.kernel.sources import cite
from detectors.kernel.terms import FromLexicons, Hit
from detectors.kernel.text import Text

SHORTENED = Rule(
    code="FX3109",
    name="机构名称漏了词",
    category=Category.EXPRESSION,
    severity=Severity.WARNING,
    why="没有这个名称的机构，比批准的全称少一个词，请核对；不是通行的简称。",
    source=cite("jigou-gaige-2023"),
    hits=("⟦国家药品监督局⟧发布公告。", "⟦中央深化改革委员会⟧召开会议。", "⟦国家疾病控制局⟧召开会议。"),
    misses=("国家药品监督管理局发布公告。", "国家药监局发布公告。", "国家安全委员会召开会议。"),
)
CENTRAL = ("国家", "国务院", "中央", "中共中央", "最高人民", "全国")
SHORTEST = 8
"""Letters of a full name; of a shorter one too little is left."""
WORD = 2
"""Letters of a word that gets lost."""
BUREAU = "局"
OTHER_NAMES = frozenset(
    {
        "国家防汛总指挥部",
        "中央外事委员会",
        "国务院港澳办公室",
        "最高人民法院巡回法庭",
        "国家标准化委员会",
        "国家科技委员会",
        "国家消防救援队伍",
        "中央工作委员会",
        "中央委员会办公室",
        "全国工作委员会",
        "全国人民代表大会常务委员会工作委员会",
        "国家地理信息中心",
        "国家海洋预报中心",
        "国家安全监察局",
        "全国人民代表大会委员会",
        "中央电视总台",
        "国家互联网中心",
        "国家广播总局",
        "国家电视总局",
        "中央政治工作部",
        "国家伦理委员会",
        "中央农村工作小组",
        "国务院儿童工作委员会",
    }
)
"""Earlier names, names of foreign bodies, and of several bodies together."""
OF_PARTIES = "中央委员会"
"""Every party has one."""
OF_STATES = ("国", "苏联", "日本", "古巴", "越南", "朝鲜", "老挝", "俄罗斯", "印度", "新加坡", "缅甸")
"""What gives the body to another state, or belongs to a longer name."""


class ShortenedNames:
    """Finds the names of central bodies that lack a word inside."""

    rules = (SHORTENED,)
    categories = frozenset({Category.EXPRESSION})

    def __init__(self, names: Iterable[str], known: Iterable[str]) -> None:
        """Take the full names of bodies, and all names of the lists, which may be those of others."""
        lawful = "\n".join(known)
        self._full: dict[str, list[str]] = {}
        for name in names:
            if len(name) >= SHORTEST and name.startswith(CENTRAL):
                for shorter in _without_a_word(name):
                    if shorter not in lawful and shorter not in OTHER_NAMES and OF_PARTIES not in shorter:
                        self._full.setdefault(shorter, []).append(name)

    @property
    def forms(self) -> set[str]:
        """The names without a word."""
        return set(self._full)

    def judge(self, text: Text, hits: Sequence[Hit]) -> Iterator[Finding]:
        """Report those that stand by themselves."""
        folded = text.folded
        for hit in longest_of(hits):
            if folded.endswith(OF_STATES, 0, hit.start) or not is_whole_words(folded, hit.start, hit.end):
                continue
            meant = tuple(self._full[hit.form])
            yield Finding(
                SHORTENED, text.span(hit.start, hit.end), meant if len(meant) == 1 else (), inferred=True
            )


def _without_a_word(name: str) -> Iterator[str]:
    words = [part for word in rjieba.cut(name, False) for part in _parts(word)]
    for place, word in enumerate(words[1:-1], 1):
        before, after = words[place - 1], words[place + 1]
        # Bodies are told apart by number; a single letter lost is a near miss, and what is longer is left out on purpose.
        # 国家知识产权局 with another 局 begins 国家知识产权局局长.
        if len(word) == WORD and not set(word) & NUMERALS and before[-1] != after[0]:
            yield "".join((*words[:place], *words[place + 1 :]))


def _parts(word: str) -> tuple[str, ...]:
    """Part a word of four letters into two, and one that ends in 局 into what is in it (药品监督管理局)."""
    head = word.removesuffix(BUREAU)
    parts = tuple(head[first : first + WORD] for first in range(0, len(head), WORD))
    if (head == word and len(head) != 2 * WORD) or not all(map(rjieba.has_word, parts)):
        return (word,)
    return parts if head == word else (*parts, BUREAU)


def _load(lexicons: Path, sources: Mapping[str, Source]) -> ShortenedNames:
    lists = read_name_lists(lexicons / "names", sources, "FX")
    known = {
        name
        for of_kind in lists.values()
        for names in of_kind
        for row in names.rows
        for column in range(len(row))
        for name in words_in(row, column)
    }
    return ShortenedNames(lists.only("institutions").column(0), known)


DETECTOR = FromLexicons(_load)
