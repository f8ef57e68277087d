"""Times of the day that no clock shows (14时75分), or that are not in the half of the day named (上午15时)."""

from __future__ import annotations

import regex

from detectors.kernel.detector import Judgement, Pattern, Patterns
from detectors.kernel.finding import Category, Rule, Severity
from detectors.kernel.first_look import anywhere
from detectors.kernel.sources import cite

IMPOSSIBLE = Rule(
    code="FM037",
    name="不存在的时刻",
    category=Category.FORMAT,
    severity=Severity.WARNING,
    why="一天到24时为止，一小时有60分；上午到12时为止。这个时刻不存在，请核对。",
    source=cite("gb-t-7408-1-2023"),
    hits=(
        "会议定于5月8日⟦14时75分⟧召开。",
        "会议定于5月8日⟦25时⟧召开。",
        "报名截止5月8日⟦24:30⟧。",
        "会议于5月8日⟦上午15:00⟧召开。",
    ),
    misses=(
        "会议定于5月8日14时45分召开。",
        "截止时间为5月8日24时。",
        "截止时间为5月8日24:00。",
        "5月8日下午15:00集合。",
        "上午场次15时前散场。",
        "比分为98:75。",
        "按1:50比例绘制，图幅25:80。",
        "工程累计用工时72时75分部分按定额折算。",
    ),
)
LAST_HOUR, NOON, MINUTES = 24, 12, 60
CLOCK = r"(?P<hour>\d{1,2})(?:[时点](?:(?P<minute>\d{1,2})分)?(?!\d)|[:：](?P<minute>\d{2})(?![\d:：]))"
OF_DOUBT = r"(?:(?<=[3-9]\d{0})|(?<=2[5-9]{0})|(?<=1[3-9]{0})|(?<=\d{0})[6-9]\d|(?<=24{0})\d)"
"""What stands around the mark behind an hour where it is worth a closer look."""


def _judge(match: regex.Match[str]) -> Judgement | None:
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    is_shown = hour < LAST_HOUR or (hour == LAST_HOUR and minute == 0)
    is_afternoon = bool(match["morning"]) and hour > NOON
    return Judgement(IMPOSSIBLE) if not is_shown or minute >= MINUTES or is_afternoon else None


DETECTOR = Patterns(
    (
        Pattern(
            rules=(IMPOSSIBLE,),
            # Only behind a day is a number the hour: 98:75 is a score, and 72时 an amount.
            expression=regex.compile(
                rf"(?:(?<=[日午晨晚间)）])(?<!上午)|(?P<morning>上午)){CLOCK}", regex.ASCII
            ),
            judge=_judge,
            first_look=anywhere(*(mark + OF_DOUBT.replace("{0}", mark) for mark in "时点:：")),
        ),
    )
)
