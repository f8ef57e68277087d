"""Days of every year on a date that is not theirs (“12月5日是国家宪法日”), or counted wrongly (“2024年是第十个……”).

A date counts where the sentence says that it is the day: 是, 为 or 定为 between them, 每年 before them, or brackets behind
the day. What is held on another date for the sake of a day is no mistake, and a date without such a tie is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import regex

from detectors.kernel.context import line_before
from detectors.kernel.dated_events import longest_of
from detectors.kernel.finding import Category, Finding, Rule, Severity, Source
from detectors.kernel.names import YEARLY_DAYS, NameList, read_name_lists, words_in
from detectors.kernel.numerals import NUMERAL, value_of
from detectors.kernel.sources import LexiconError, cite
from detectors.kernel.terms import FromLexicons, Hit
from detectors.kernel.text import Text

WRONG_COUNT = Rule(
    code="FX3110",
    name="节日、纪念日的届数与年份不符",
    category=Category.EXPRESSION,
    severity=Severity.WARNING,
    why="从设立后的第一个算起，这一年不是所写的第几个，年份和届数至少有一个有误，请核对。",
    source=cite("guojia-falv-fagui-shujuku"),
    hits=(
        "2024年4月15日是⟦第10个⟧全民国家安全教育日。",
        "2024年12月4日是我国⟦第十二个⟧国家宪法日。",
    ),
    misses=(
        "2024年4月15日是第九个全民国家安全教育日。",
        "2024年12月4日是我国第十一个国家宪法日。",
        "2023年以来，我县连续举办第五个国家宪法日宣传活动。",
    ),
)
FORMS, DATE, FIRST_YEAR = range(3)
REACH = 40
"""Code points before a day in which its date may stand."""
DAY = r"(?<![\d至到和、—～~-])(?P<date>(?P<month>1[0-2]|0?[1-9])月(?P<day>3[01]|[12]\d|0?[1-9])日)"
WHOSE = r"(?:我国|中国|全国|我们|联合国|一年一度的?|的|“)*"
NTH = rf"第(?P<number>\d{{1,3}}|{NUMERAL})(?:个|次|届)"
IS = regex.compile(
    rf"{DAY}，?(?:是|为|[确设]?定为|设立为|恰逢|正值|适逢|正逢){WHOSE}(?:(?:{NTH}|首个){WHOSE})?$",
    regex.ASCII,
)
EVERY = regex.compile(rf"每年的?{DAY}，?{WHOSE}$", regex.ASCII)
FALLS_ON = regex.compile(rf"”?(?:是在?|为|定[于在]|[于在])每年的?{DAY}", regex.ASCII)
IN_BRACKETS = regex.compile(rf"”?（(?:每年的?)?{DAY}）", regex.ASCII)
END = regex.compile(r"”?(?:[，。；、！：（）\n]|暨|$)", regex.ASCII)
COUNTED = regex.compile(
    rf"(?<![\d至到和、—～~-])(?P<year>20\d{{2}})年(?:\d{{1,2}}月(?:\d{{1,2}}日)?)?，?(?:全省|全市|全县|全区|我们|将)?"
    rf"(?:是|为|迎来|恰逢|正值|适逢|正逢)了?{WHOSE}(?P<nth>{NTH}){WHOSE}$",
    regex.ASCII,
)


@dataclass(frozen=True, slots=True)
class Yearly:
    """A day: the rule of its list, its month and day, and the year of the first if that is known."""

    rule: Rule
    month: int
    day: int
    first: int | None


class YearlyDays:
    """Compares the dates that sentences give for days with those of the lists."""

    categories = frozenset({Category.EXPRESSION})

    def __init__(self, lists: Sequence[NameList]) -> None:
        """Take the lists of days."""
        self.rules = (WRONG_COUNT, *(names.rule for names in lists))
        self._days = {form: day for names in lists for row in names.rows for form, day in _read(names, row)}

    @property
    def forms(self) -> set[str]:
        """The names of the days."""
        return set(self._days)

    def judge(self, text: Text, hits: Sequence[Hit]) -> Iterator[Finding]:
        """Look at the date and the count beside each day."""
        folded = text.folded
        for hit in longest_of(hits):
            day = self._days[hit.form]
            before = line_before(folded, hit.start, REACH)
            first = hit.start - len(before)
            ended = END.match(folded, hit.end)
            if ended and (counted := COUNTED.search(before)) and day.first is not None:
                yield from _miscounted(text, first, counted, day.first)
            for start, found in _dates(folded, hit, before if ended else ""):
                if (int(found["month"]), int(found["day"])) != (day.month, day.day):
                    span = text.span(start + found.start("date"), start + found.end("date"))
                    yield Finding(day.rule, span, (f"{day.month}月{day.day}日",), inferred=True)


def _dates(folded: str, hit: Hit, before: str) -> Iterator[tuple[int, regex.Match[str]]]:
    """Give the dates tied to a day, each with where the text it was found in begins."""
    if found := IS.search(before) or EVERY.search(before):
        yield hit.start - len(before), found
    if found := FALLS_ON.match(folded, hit.end) or IN_BRACKETS.match(folded, hit.end):
        yield 0, found


def _miscounted(text: Text, start: int, counted: regex.Match[str], first: int) -> Iterator[Finding]:
    written = counted["number"]
    try:
        number = int(written) if written.isdecimal() else value_of(written)
    except ValueError:
        return
    right = int(counted["year"]) - first + 1
    if number == right:
        return
    span = text.span(start + counted.start("nth"), start + counted.end("nth"))
    # Numerals are given back as numerals only by their reader, who knows which year was meant.
    replacement = (counted["nth"].replace(written, str(right)),) if written.isdecimal() and right > 0 else ()
    yield Finding(WRONG_COUNT, span, replacement, inferred=True)


def _read(names: NameList, row: tuple[str, ...]) -> Iterator[tuple[str, Yearly]]:
    try:
        month, day = (int(part) for part in row[DATE].split("-"))
        first = int(row[FIRST_YEAR]) if len(row) > FIRST_YEAR and row[FIRST_YEAR] else None
    except (ValueError, IndexError) as error:
        raise LexiconError(f"节日“{row[FORMS]}”：应写名称、日期（12-04）、第一个在哪一年（可空）") from error
    for form in words_in(row, FORMS):
        yield form, Yearly(names.rule, month, day, first)


def _load(lexicons: Path, sources: Mapping[str, Source]) -> YearlyDays:
    return YearlyDays(read_name_lists(lexicons / "names", sources, "FX")[YEARLY_DAYS])


DETECTOR = FromLexicons(_load)
