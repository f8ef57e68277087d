"""Meetings and events of history with a date that is not theirs (“2017年10月，党的十九届三中全会召开”).

A date counts where the sentence ties it to the event: before it with the verb behind, behind it with 于, or in brackets.
What the sentence says of later days (“召开后”, “20周年”, “精神”) has a date of its own and is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import regex

from detectors.kernel.context import line_before
from detectors.kernel.dated_events import EVENT, MEETING, Dated, events_of, longest_of
from detectors.kernel.finding import Finding, Source
from detectors.kernel.names import DATED_EVENTS, NameList, read_name_lists
from detectors.kernel.terms import FromLexicons, Hit
from detectors.kernel.text import Text

REACH = 40
"""Code points on either side in which a date may stand."""
YEARS = r"(?P<date>(?P<year>[12]\d{3})年(?:(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日)?)?)"
LONE_YEARS = r"(?<![\d至到和、—～~-])" + YEARS
BODY = r"(?:党的|中共|中国共产党|第)?"
PLACE = r"(?:在[^，。；\d]{1,8})?"
WHO = r"(?:日本(?:帝国主义|军国主义|侵略者|侵略军|关东军)?|侵华日军|中国共产党|中国政府|四川省?){0,2}(?:悍然|蓄意|正式|率部|领导|在[^，。；\d]{1,8})?(?:制造|发动|挑起|发生|爆发|举行|宣布)?了?(?:震惊(?:中外|世界)的)?"
"""Who brought an event about, between its date and its name."""
DATED = regex.compile(rf"{LONE_YEARS}，?{BODY}{WHO}[“‘]?$", regex.ASCII)
HELD_ON = regex.compile(rf"{LONE_YEARS}，?{PLACE}(?:胜利|隆重)?(?:召开|举行)的{BODY}$", regex.ASCII)
SPOKEN_ON = regex.compile(rf"{LONE_YEARS}，?在{BODY}$", regex.ASCII)
HELD = regex.compile(
    rf"(?:胜利|隆重|如期|同时){{0,2}}{PLACE}(?:胜利|隆重|如期)?(?:召开|举行|开幕|闭幕)(?:[，。；！”）\n]|$)"
    r"|(?:表决)?通过|批准|修正|修订|选举产生",
    regex.ASCII,
)
SPEECH = regex.compile(r"(?:的[^，。；]{0,12})?上(?!述|级|报|下|面|来|午)", regex.ASCII)
HAPPENED = regex.compile(
    r"[”’]?(?:发生|爆发|打响|开始|拉开|胜利|了)?(?:武装反抗[^，。；]{1,12})?(?:[，。；！、”）\n]|$)|打响|爆发|发生",
    regex.ASCII,
)
ON = regex.compile(rf"(?:胜利|正式)?(?:召开|举行|发生|爆发)?于{YEARS}(?![至到—～~-])", regex.ASCII)
IN_BRACKETS = regex.compile(rf"（{YEARS}(?:[至到—～~-]\d{{1,2}}日)?）", regex.ASCII)
NUMBERS = regex.compile(r"[一二三四五六七八九十]+(?=[届次中大])", regex.ASCII)
OTHER_BODIES = ("团的", "共青团", "青联", "民革", "民盟", "民建", "民进", "农工党", "致公党", "台盟")
"""Others number their plenary sessions, too; 九三学社 by 九三学社第…届."""


class DatedEvents:
    """Compares the dates beside events with those of the lists."""

    def __init__(self, lists: Sequence[NameList]) -> None:
        """Take the lists of events with their dates."""
        self.rules = tuple(names.rule for names in lists)
        self.categories = frozenset(rule.category for rule in self.rules)
        self._events = events_of(lists, {MEETING, EVENT})

    @property
    def forms(self) -> set[str]:
        """The names of the events."""
        return set(self._events)

    def judge(self, text: Text, hits: Sequence[Hit]) -> Iterator[Finding]:
        """Look at the dates beside each event."""
        folded = text.folded
        for hit in longest_of(hits):
            event = self._events[hit.form]
            before = line_before(folded, hit.start, REACH)
            if before.endswith(OTHER_BODIES):
                continue
            for start, found in _dates(folded, hit, before, event.kind):
                written = tuple(int(part) for part in found.group("year", "month", "day") if part)
                if event.agrees(written):
                    continue
                dated = (start + found.start("date"), start + found.end("date"))
                first, last = min(dated[0], hit.start), max(dated[1], hit.end)
                right = [
                    folded[first : dated[0]] + date + folded[dated[1] : last]
                    for date in event.corrected(len(written))
                ]
                right += [
                    folded[first : hit.start] + other + folded[hit.end : last]
                    for other in self._of_that_date(hit.form, event, written)
                ]
                yield Finding(event.rule, text.span(first, last), tuple(right), inferred=True)

    def _of_that_date(self, form: str, event: Dated, written: tuple[int, ...]) -> list[str]:
        """Give the one meeting of the same name, but for its number, that was on a date; none if there are several."""
        if event.kind != MEETING or len(written) < len(event.date):
            return []
        shape = NUMBERS.sub("", form)
        near = [
            other
            for other, that in self._events.items()
            if that.rule == event.rule and that.agrees(written) and NUMBERS.sub("", other) == shape
        ]
        return near if len(near) == 1 else []


def _dates(folded: str, hit: Hit, before: str, kind: str) -> Iterator[tuple[int, regex.Match[str]]]:
    """Give the dates that the sentence ties to an event, each with where the text it was found in begins."""
    first = hit.start - len(before)
    after = HELD if kind == MEETING else HAPPENED
    if (dated := DATED.search(before)) and after.match(folded, hit.end):
        yield first, dated
    if kind == MEETING:
        if held := HELD_ON.search(before):
            yield first, held
        if (spoken := SPOKEN_ON.search(before)) and SPEECH.match(folded, hit.end):
            yield first, spoken
    for expression in (ON, IN_BRACKETS):
        if found := expression.match(folded, hit.end):
            yield 0, found


def _load(lexicons: Path, sources: Mapping[str, Source]) -> DatedEvents:
    return DatedEvents(read_name_lists(lexicons / "names", sources, "FX")[DATED_EVENTS])


DETECTOR = FromLexicons(_load)
