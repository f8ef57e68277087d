"""The day of birth beside a name. Month and year are public in notices of appointments; the day is not needed."""

from __future__ import annotations

import regex

from detectors.kernel.detector import Judgement
from detectors.kernel.finding import Category, Rule, Severity
from detectors.kernel.glance import label
from detectors.kernel.personal.identity import is_birth_date
from detectors.kernel.personal.masking import MASK
from detectors.kernel.personal.pattern import PersonalPattern
from detectors.kernel.personal.place import Place
from detectors.kernel.sources import cite

WORD = "出生"
LABEL = regex.compile(r"(?:出生(?:年月日|日期|时间|年月)?)[为是]?[:：]?\s*$", regex.ASCII)
LABEL_REACH = 12
SOURCE = cite("zhengwu-gongkai-2018")

LISTED = Rule(
    code="PI080",
    name="名单中的出生日期",
    category=Category.PRIVACY,
    severity=Severity.WARNING,
    why="姓名与完整的出生日期一并公开，容易识别个人并还原身份证号码；需要时只写出生年月。",
    source=SOURCE,
    hits=("姓名\t出生日期\n赵小明\t⟦1949-12-31⟧", "姓名,性别,出生年月日\n赵小明,男,⟦1949年12月31日⟧"),
    misses=("姓名\t出生年月\n赵小明\t1949-12", "姓名\t任职日期\n赵小明\t1999-12-31"),
)
LABELLED = Rule(
    code="PI081",
    name="出生日期",
    category=Category.PRIVACY,
    severity=Severity.INFO,
    why="公示个人情况时通常只写出生年月；写到日的，请确认是否必要。",
    source=SOURCE,
    hits=("赵小明，男，出生日期：⟦1949年12月31日⟧。",),
    misses=("赵小明，男，1949年12月出生。", "成立日期：1949年12月31日。"),
)


def _judge(match: regex.Match[str], place: Place) -> Judgement | None:
    month_and_day = match["short"] or f"{int(match['month']):02}{int(match['day']):02}"
    if not is_birth_date(match["year"] + month_and_day) or not place.is_cued(LABEL, LABEL_REACH):
        return None
    if not place.has_name:
        return None
    covered = regex.sub(r"\d", MASK, match.group()[len(match["year"]) :])
    listed = place.table is not None and place.heading != ""
    return Judgement(LISTED if listed else LABELLED, (match["year"] + covered,))


DETECTOR = PersonalPattern(
    rules=(LISTED, LABELLED),
    expression=regex.compile(
        r"(?<![0-9A-Za-z])(?P<year>(?:19|20)\d{2})"
        r"(?:(?P<mark>[-./年])(?P<month>\d{1,2})[-./月](?P<day>\d{1,2})(?:日|(?![0-9]))|"
        r"(?P<short>(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))(?![0-9A-Za-z]))",
        regex.ASCII,
    ),
    judge=_judge,
    long_number=False,
    one_of=(WORD,),
    look=label((WORD,), LABEL_REACH),
)
