"""Anniversaries that do not fall in the year named (“2024年是新中国成立70周年”)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import regex

from detectors.kernel.context import line_before
from detectors.kernel.dated_events import ANNIVERSARY, EVENT, Dated, events_of, longest_of
from detectors.kernel.finding import Category, Finding, Rule, Severity, Source
from detectors.kernel.names import DATED_EVENTS, NameList, read_name_lists
from detectors.kernel.sources import cite
from detectors.kernel.terms import FromLexicons, Hit
from detectors.kernel.text import Text

WRONG_COUNT = Rule(
    code="FX3108",
    name="周年数与年份不符",
    category=Category.EXPRESSION,
    severity=Severity.WARNING,
    why="按历史事件发生的年份推算，这一年不满所写的周年数，年份和周年数至少有一个有误，请核对。",
    source=cite("yibainian-dashiji"),
    hits=(
        "2024年是中华人民共和国成立⟦70周年⟧。",
        "2021年，隆重庆祝中国共产党成立⟦九十周年⟧。",
        "2021年是中国共产党成立100周年，也是辛亥革命⟦100周年⟧。",
    ),
    misses=(
        "2024年是中华人民共和国成立75周年。",
        "2021年，隆重庆祝中国共产党成立一百周年。",
        "2018年起筹备庆祝新中国成立70周年。",
        "2018年是县志办成立30周年。",
    ),
)
REACH = 60
"""Code points before an event in which its year may stand; other anniversaries may stand between."""
NUMBER = r"(?:\d{1,3}|[一二三四五六七八九十百零]{1,6})"
COUNT = regex.compile(rf"(?P<number>{NUMBER})周年(?!前|后|以来|之后)", regex.ASCII)
YEAR = regex.compile(
    r"(?<![\d至到和、—～~-])(?P<year>[12]\d{3})年(?:\d{1,2}月(?:\d{1,2}日)?)?，?(?:恰好|正好|恰|正|又|既|也)?"
    r"(?:是|值|逢|迎来|隆重庆祝|热烈庆祝|庆祝|隆重纪念|纪念)(?:了|我们|全国人民|伟大的?|中国|中国人民解放军|人民军队|我军)?“?"
    rf"(?:[^。；\d]{{1,30}}{NUMBER}周年[，、]?(?:也是|又是|还是|同时是|是|暨|和|以及|也)?)*$",
    regex.ASCII,
)
DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")}
TIMES = {"十": 10, "百": 100}


class Anniversaries:
    """Counts the years from an event to the year that the sentence names."""

    rules = (WRONG_COUNT,)
    categories = frozenset({Category.EXPRESSION})

    def __init__(self, lists: Sequence[NameList]) -> None:
        """Take the lists of events with their dates."""
        self._events: dict[str, Dated] = events_of(lists, {EVENT, ANNIVERSARY})

    @property
    def forms(self) -> set[str]:
        """The names of the events."""
        return set(self._events)

    def judge(self, text: Text, hits: Sequence[Hit]) -> Iterator[Finding]:
        """Look at the number behind each event and the year before it."""
        folded = text.folded
        for hit in longest_of(hits):
            count = COUNT.match(folded, hit.end)
            year = count and YEAR.search(line_before(folded, hit.start, REACH))
            if not count or not year:
                continue
            right = int(year["year"]) - self._events[hit.form].date[0]
            written = count["number"]
            if _value(written) == right:
                continue
            # Numerals are given back as numerals only by their reader, who knows which year was meant.
            replacement = (f"{right}周年",) if written.isdecimal() and right > 0 else ()
            yield Finding(WRONG_COUNT, text.span(*count.span()), replacement, inferred=True)


def _value(number: str) -> int:
    if number.isdecimal():
        return int(number)
    total = digit = 0
    for char in number:
        if char in TIMES:
            total += (digit or 1) * TIMES[char]
            digit = 0
        else:
            digit = DIGITS[char]
    return total + digit


def _load(lexicons: Path, sources: Mapping[str, Source]) -> Anniversaries:
    return Anniversaries(read_name_lists(lexicons / "names", sources, "FX")[DATED_EVENTS])


DETECTOR = FromLexicons(_load)
