"""Resident identity numbers of 18 and of 15 digits (GB 11643—1999).

The expression proposes any 18 digits, grouped or not; region, birth date and check character
dispose. That is what keeps the rule quiet beside file numbers, sums and unified credit codes.
"""

from __future__ import annotations

import regex

from detectors.kernel.detector import Judgement
from detectors.kernel.finding import Category, Rule, Severity
from detectors.kernel.personal.credit_code import is_credit_code
from detectors.kernel.personal.identity import (
    BIRTH,
    LENGTH,
    has_province,
    has_region,
    has_valid_check_character,
    is_birth_date,
)
from detectors.kernel.personal.masking import mask
from detectors.kernel.personal.pattern import PersonalPattern
from detectors.kernel.personal.place import Place
from detectors.kernel.sources import cite

SOURCE = cite("zhengwu-gongkai-2018")
CUE = regex.compile(r"身份|证件|证号|公民|居住证|证\s*[:：]?\s*$", regex.ASCII)
SERIAL_CUE = regex.compile(
    r"(?:编号|编码|代码|单号|序列号|流水号|文号|案号|许可证号|账号|帐号|备案号|标段号|合同号|发票号码?|条码|统一码)[为是]?[:：]?\s*$",
    regex.ASCII,
)
SERIAL_REACH = 10
CREDIT_CODE_CUE = regex.compile(r"信用代码", regex.ASCII)
GROUPS = regex.compile(r"\d{6}([ –—-]?)\d{8}\1[\dXx]{4}", regex.ASCII)
GAP = regex.compile(r"[^\dXx]", regex.ASCII)
PUPIL_LETTERS = frozenset("GLJ")
"""They lead in the numbers of pupils and students."""
NO_COUNTY = "00"
KEPT_HEAD, KEPT_TAIL = 2, 3
"""What the mask of a published list leaves open: 35*************123."""

VALID = Rule(
    code="PI001",
    name="居民身份证号码",
    category=Category.PRIVACY,
    severity=Severity.ERROR,
    why="公开文稿不得载有完整的居民身份证号码，应删去或遮盖；只保留前2位和后3位即可核对。",
    source=SOURCE,
    hits=(
        "拟公示低保对象：赵小明，身份证号⟦11010519491231002X⟧，家庭人口3人。",
        "证件号码：⟦１１０１０５１９４９１２３１００２Ｘ⟧",
        "身份证号⟦110105 19491231 002X⟧的人员请到窗口补录。",
        "身份证号⟦110105-19491231-002X⟧的人员请到窗口补录。",
        "1\t赵小明\t⟦110105\n19491231002X⟧\t800",
        "学籍号G⟦11010519491231002X⟧",
        "证件号ID⟦11010519491231002X⟧",
        "港澳居民居住证号码⟦810000199408230021⟧。",
        "原籍号码⟦372801196503079973⟧仍在使用。",
        "身份证号：⟦110105491231002⟧（15位）",
        "姓名\t身份证号\n赵小明\t⟦11010519491231002X⟧.0",
    ),
    misses=(
        "项目编号为A11010519491231002X3。",
        "中标供应商统一社会信用代码：91510104QG09K2F07D。",
        "备案单号3025416031465652，类型为微信。",
        "证件号码为11*************02X。",
    ),
)
MISTYPED = Rule(
    code="PI002",
    name="疑似身份证号码（校验位不符）",
    category=Category.PRIVACY,
    severity=Severity.WARNING,
    why="地区码和出生日期都合身份证号码的格式，只是校验位不符，多半是录入有误的真实号码，同样不得公开。",
    source=SOURCE,
    hits=("证件号码⟦110105194912310021⟧（请核对）", "赵小明⟦110105194912310021⟧已领取。"),
    misses=(
        "流水号110105194913310021已入账。",
        "证件号码990105194912310021无此地区。",
        "项目编号：410105202301010012。",
        "交易流水号110105194912310021。",
    ),
)
OLD = Rule(
    code="PI003",
    name="疑似十五位身份证号码",
    category=Category.PRIVACY,
    severity=Severity.INFO,
    why="地区码和出生日期合旧式十五位身份证号码的格式；附近没有证件字样，请确认是不是个人号码。",
    source=SOURCE,
    hits=("赵小明⟦110105491231002⟧已更换。",),
    misses=("设备编码110105491331002已登记。", "设备编码118805491231002已登记。"),
)


def _judge(match: regex.Match[str], place: Place) -> Judgement | None:
    written = match.group()
    number = written if written.isalnum() else GAP.sub("", written)
    if not has_province(number):
        return None
    rule = _grade_old(number, place) if len(number) < LENGTH else _grade(number, written, place)
    return Judgement(rule, (mask(written, KEPT_HEAD, KEPT_TAIL),)) if rule else None


def _grade(number: str, written: str, place: Place) -> Rule | None:
    if not is_birth_date(number[BIRTH]):
        return None
    cued = place.is_cued(CUE)
    serial = not cued and SERIAL_CUE.search(place.before(SERIAL_REACH)) is not None
    if has_valid_check_character(number):
        if is_credit_code(number) and (not has_region(number) or place.is_cued(CREDIT_CODE_CUE)):
            return None
        # One in eleven numbers made of a region, a day and a serial has the right check character.
        return MISTYPED if serial else VALID
    if (
        serial
        or (not cued and is_credit_code(number))
        or not _stands_alone(place)
        or not GROUPS.fullmatch(written)
    ):
        # Digits that are neither whole nor grouped by region and date are columns of a table.
        return None
    likely = has_region(number) and not number.startswith(NO_COUNTY, 4)
    return MISTYPED if cued or likely else None


def _grade_old(number: str, place: Place) -> Rule | None:
    if not (has_region(number) and _stands_alone(place)) or not is_birth_date("19" + number[6:12]):
        return None
    return VALID if place.is_cued(CUE) else OLD


def _stands_alone(place: Place) -> bool:
    before = place.text[place.start - 1 : place.start]
    return before in PUPIL_LETTERS or (not (before.isascii() and before.isalpha()) and before != ".")


# The first digit comes before the look behind it: the search then runs from digit to digit.
DETECTOR = PersonalPattern(
    rules=(VALID, MISTYPED, OLD),
    expression=regex.compile(
        r"[1-8](?<![0-9].)(?<=(?:^|[^0-9A-Za-z])[A-Za-z]{0,4}[1-8])"
        r"(?:\d{14}|\d{16}[\dXx]|(?:(?:[ –—-]| ?\r?\n ?)?\d){16}(?:[ –—-]| ?\r?\n ?)?[\dXx])(?![0-9A-Za-z]|\.[1-9])",
        regex.ASCII,
    ),
    judge=_judge,
)
