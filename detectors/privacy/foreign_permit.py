"""Permits of permanent residence of foreigners, in the old form and in that of 2023.

Old: three letters of the country, twelve digits, among them the birth date. New, modelled on GB 11643: 9, two digits
of province, three of country, eight of birth date, three of sequence and the same check character.
"""

from __future__ import annotations

import regex

from detectors.kernel.detector import Judgement
from detectors.kernel.finding import Category, Rule, Severity
from detectors.kernel.personal.credit_code import is_credit_code
from detectors.kernel.personal.identity import (
    BIRTH,
    PROVINCES,
    has_valid_check_character,
    is_birth_date,
)
from detectors.kernel.personal.masking import mask
from detectors.kernel.personal.pattern import PersonalPattern
from detectors.kernel.personal.place import Place
from detectors.kernel.sources import cite

CUE = regex.compile(r"永久居留|永居|外国人|证件|身份", regex.ASCII)
CREDIT_CODE_CUE = regex.compile(r"信用代码|代码|编号|编码", regex.ASCII)
KEPT_HEAD, KEPT_TAIL = 3, 3

PERMIT = Rule(
    code="PI053",
    name="外国人永久居留身份证号码",
    category=Category.PRIVACY,
    severity=Severity.ERROR,
    why="公开文稿不得载有完整的外国人永久居留身份证号码，应删去或遮盖。",
    source=cite("zhengwu-gongkai-2018"),
    hits=(
        "外国人永久居留身份证号码⟦USA110080010112⟧。",
        "永久居留身份证：⟦911840198001010013⟧",
    ),
    misses=(
        "统一社会信用代码：911101051019800101。",
        "外国人永久居留身份证号码USA*********112。",
        "合同编号USA110080010112。",
    ),
)


def _judge(match: regex.Match[str], place: Place) -> Judgement | None:
    number = match.group()
    masked = (mask(number, KEPT_HEAD, KEPT_TAIL),)
    cued = place.is_cued(CUE)
    if number[0].isalpha():
        born = number[7:13]
        likely = number[3:5] in PROVINCES and any(is_birth_date(century + born) for century in ("19", "20"))
        return Judgement(PERMIT, masked) if cued and likely else None
    if (
        number[1:3] not in PROVINCES
        or not is_birth_date(number[BIRTH])
        or not has_valid_check_character(number)
    ):
        return None
    if not cued and (is_credit_code(number) or place.is_cued(CREDIT_CODE_CUE)):
        return None
    return Judgement(PERMIT, masked)


DETECTOR = PersonalPattern(
    rules=(PERMIT,),
    expression=regex.compile(
        r"(?:[A-Z](?<![0-9A-Za-z].)[A-Z]{2}\d{12}|9(?<![0-9A-Za-z.].)\d{16}[\dXx])(?![0-9A-Za-z])",
        regex.ASCII,
    ),
    judge=_judge,
)
