"""Dates that no calendar has, and days of the week that do not fit their date.

Lunar months have thirty days, the second one too; what is called 农历 is left alone.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date

import regex

from detectors.kernel.context import line_before
from detectors.kernel.detector import Judgement, Pattern, Patterns
from detectors.kernel.finding import Category, Rule, Severity
from detectors.kernel.first_look import anywhere
from detectors.kernel.numerals import DIGITS, value_of
from detectors.kernel.sources import cite

SOURCE = cite("gb-t-7408-1-2023")
LUNAR = regex.compile(r"农历|阴历|旧历|夏历", regex.ASCII)
LUNAR_REACH = 12
LEAP_YEAR = 2024
"""Stands in where no year is given: 29 February is then possible."""
WEEKDAYS = "一二三四五六日"
OF_YEAR = str.maketrans(f"〇{DIGITS}", "0123456789")

IMPOSSIBLE = Rule(
    code="FM030",
    name="不存在的日期",
    category=Category.FORMAT,
    severity=Severity.WARNING,
    why="一年有12个月，小月没有31日，2月只有28日（闰年29日）；这个日期不存在，请核对。",
    source=SOURCE,
    hits=(
        "任务应于⟦2023年13月⟧底前完成。",
        "活动时间为⟦2023年2月29日⟧至3月5日。",
        "请于⟦9月31日⟧前报送材料。",
        "会议定于⟦5月32日⟧召开。",
        "自⟦13月1日⟧起施行。",
        "⟦2月30日⟧召开会议。",
        "⟦二〇二六年二月二十九日⟧召开会议。",
        "请于⟦九月三十一日⟧前报送材料。",
    ),
    misses=(
        "活动时间为2024年2月29日至3月5日。",
        "请于12月31日前报送材料。",
        "农历2月30日为除夕前的祭祖日。",
        "农历二月三十日祭祖。",
        "二〇二四年二月二十九日召开会议。",
        "建设周期为2023年起的13个月。",
        "自2023年10月31日起施行。",
    ),
)
WRONG_WEEKDAY = Rule(
    code="FM031",
    name="日期与星期不符",
    category=Category.FORMAT,
    severity=Severity.WARNING,
    why="按历法推算，这一天不是所写的星期，日期和星期至少有一个有误，请核对。",
    source=SOURCE,
    hits=("会议定于2024年3月5日（⟦星期三⟧）上午召开。", "会议定于2024年3月5日⟦星期四⟧召开。"),
    misses=(
        "会议定于2024年3月5日（星期二）上午召开。",
        "2024年3月5日（周二）上午9时",
        "2024年3月5日至3月8日（周二至周五）",
    ),
)


def _is_lunar(match: regex.Match[str]) -> bool:
    return LUNAR.search(line_before(match.string, match.start(), LUNAR_REACH)) is not None


def _judge_date(match: regex.Match[str]) -> Judgement | None:
    year, month = int(match["year"] or LEAP_YEAR), int(match["month"])
    days = monthrange(year, month)[1] if 1 <= month <= 12 else 0
    if (days and 1 <= int(match["day"] or 1) <= days) or _is_lunar(match):
        return None
    return Judgement(IMPOSSIBLE)


def _judge_written_date(match: regex.Match[str]) -> Judgement | None:
    year = int(match["year"].translate(OF_YEAR)) if match["year"] else LEAP_YEAR
    exists = value_of(match["day"]) <= monthrange(year, value_of(match["month"]))[1]
    return None if exists or _is_lunar(match) else Judgement(IMPOSSIBLE)


def _judge_weekday(match: regex.Match[str]) -> Judgement | None:
    day = WEEKDAYS.find(match["day_of_week"].replace("天", "日"))
    try:
        right = date(int(match["year"]), int(match["month"]), int(match["day"])).weekday()
    except ValueError:
        return None
    if day == right or _is_lunar(match):
        return None
    return Judgement(WRONG_WEEKDAY, (match[0][:-1] + WEEKDAYS[right],))


DETECTOR = Patterns(
    (
        Pattern(
            rules=(IMPOSSIBLE,),
            expression=regex.compile(
                r"(?<![\d.:/-])(?:(?P<year>[12]\d{3})年)?(?P<month>\d{1,2})月(?P<day>\d{1,3})日"
                r"|(?<!\d)(?P<year>[12]\d{3})年(?P<month>\d{1,2})月(?!\d)",
                regex.ASCII,
            ),
            judge=_judge_date,
            first_look=anywhere(
                r"月(?:29日(?<=(?<!1)2月29日)|30日(?<=(?<!1)2月30日)|31日(?<=[12469]月31日)"
                r"|(?:3[2-9]|[4-9]\d|\d{3}|00?)日|(?<=[2-9]\d月)|(?<=1[3-9]月)|(?<=(?<!1)0月))",
            ),
        ),
        Pattern(
            rules=(IMPOSSIBLE,),
            # Only the ends of short months: more needs no look at every date.
            expression=regex.compile(
                rf"(?:(?P<year>[一二][{DIGITS}〇]{{3}})年)?"
                rf"(?<![{DIGITS}十])(?P<month>[二四六九]|十一)月(?P<day>二十九|三十一?)日",
                regex.ASCII,
            ),
            judge=_judge_written_date,
            first_look=anywhere(r"月(?<=[二四六九一]月)(?:二十九|三十一?)日"),
        ),
        Pattern(
            rules=(WRONG_WEEKDAY,),
            expression=regex.compile(
                r"(?<=(?<![\d至到—～~-])(?P<year>[12]\d{3})年(?P<month>\d{1,2})月(?P<day>\d{1,2})日"
                r"(?:[(（][ ]?|[ ]?(?=星期)))(?:星期|周|礼拜)(?P<day_of_week>[一二三四五六日天])(?![至到、和—～~-])",
                regex.ASCII,
            ),
            judge=_judge_weekday,
            first_look=anywhere(r"日[(（ ]{0,2}(?:星期|周|礼拜)[一二三四五六日天]"),
        ),
    )
)
