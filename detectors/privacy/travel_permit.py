"""Permits to travel between the mainland, 香港, 澳门 and 台湾, beside a cue only.

One letter and eight digits are the form of many serial numbers, eight digits that of nearly anything.
"""

from __future__ import annotations

import regex

from detectors.kernel.detector import Judgement
from detectors.kernel.finding import Category, Rule, Severity
from detectors.kernel.personal.masking import mask
from detectors.kernel.personal.pattern import PersonalPattern
from detectors.kernel.personal.place import Place
from detectors.kernel.sources import cite

WORDS = ("通行证", "回乡证", "台胞证", "来往大陆")
CUE = regex.compile("|".join(WORDS), regex.ASCII)
VEHICLE = regex.compile(r"车辆|车证|临时通行证|电子通行证|停车", regex.ASCII)
"""A pass for a car is called 通行证, too."""
KEPT_HEAD, KEPT_TAIL = 1, 2

PERMIT = Rule(
    code="PI051",
    name="往来港澳台通行证号码",
    category=Category.PRIVACY,
    severity=Severity.ERROR,
    why="公开文稿不得载有完整的通行证号码，应删去或遮盖。",
    source=cite("zhengwu-gongkai-2018"),
    hits=(
        "赵小明，港澳居民来往内地通行证号码⟦H12345678⟧。",
        "往来港澳通行证：⟦C12345678⟧、⟦CA1234567⟧",
        "姓名\t台胞证号\n赵小明\t⟦01234567⟧",
        "台湾居民来往大陆通行证⟦12345678⟧",
    ),
    misses=("设备编号H12345678。", "运输车辆通行证12345678号。", "港澳居民来往内地通行证号码H******78。"),
)


def _judge(match: regex.Match[str], place: Place) -> Judgement | None:
    if not place.is_cued(CUE) or VEHICLE.search(place.before(CUE_REACH)):
        return None
    return Judgement(PERMIT, (mask(match.group(), KEPT_HEAD, KEPT_TAIL),))


CUE_REACH = 24
DETECTOR = PersonalPattern(
    rules=(PERMIT,),
    expression=regex.compile(
        r"(?:[CHMTLWchmtlw](?<![0-9A-Za-z].)(?:\d{8}(?:\d{2})?|[A-Za-z]\d{7})|[0-9](?<![0-9A-Za-z.-].)\d{7})(?:\([A-Z]\))?"
        r"(?![0-9A-Za-z-])",
        regex.ASCII,
    ),
    judge=_judge,
    one_of=WORDS,
)
