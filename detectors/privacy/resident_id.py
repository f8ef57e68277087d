"""Resident identity numbers of 18 and of 15 digits (GB 11643—1999).

The expression proposes any 18 digits, grouped or not; region, birth date and check character
dispose. That is what keeps the rule quiet beside file numbers, sums and unified credit codes.
"""

from __future__ import annotations

import regex

from detectors.kernel.context import line_before
from detectors.kernel.detector import Judgement, Pattern
from detectors.kernel.finding import Category, Rule, Severity
from detectors.kernel.identity import has_region, has_valid_check_character, is_birth_date
from detectors.kernel.masking import mask
from detectors.kernel.sources import cite

SOURCE = cite("zhengwu-gongkai-2018")
CUE = regex.compile(r"身份|证件|证号|证\s*[:：]?\s*$", regex.ASCII)
CUE_REACH = 20
BIRTH_GROUPS = regex.compile(r"\d{6}([ -]?)\d{8}\1[\dXx]{4}", regex.ASCII)
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
        "学籍号G⟦11010519491231002X⟧",
        "身份证号：⟦110105491231002⟧（15位）",
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
    hits=("证件号码⟦110105194912310021⟧（请核对）",),
    misses=("流水号110105194913310021已入账。", "证件号码990105194912310021无此地区。"),
)
OLD = Rule(
    code="PI003",
    name="疑似十五位身份证号码",
    category=Category.PRIVACY,
    severity=Severity.INFO,
    why="地区码和出生日期合旧式十五位身份证号码的格式；附近没有证件字样，请确认是不是个人号码。",
    source=SOURCE,
    hits=("赵小明⟦110105491231002⟧已更换。",),
    misses=("设备编码110105491331002已登记。",),
)


def _judge(match: regex.Match[str]) -> Judgement | None:
    written = match.group()
    number = "".join(char for char in written if char not in " -")
    if not has_region(number):
        return None
    masked = (mask(written, KEPT_HEAD, KEPT_TAIL),)
    cued = CUE.search(line_before(match.string, match.start(), CUE_REACH)) is not None
    if len(number) == 15:
        if not is_birth_date("19" + number[6:12]):
            return None
        return Judgement(VALID if cued else OLD, masked)
    if not is_birth_date(number[6:14]):
        return None
    if has_valid_check_character(number):
        return Judgement(VALID, masked)
    # Digits that are neither whole nor grouped by region and date are columns of a table.
    return Judgement(MISTYPED, masked) if BIRTH_GROUPS.fullmatch(written) else None


# The first digit comes before the look behind it: the search then runs from digit to digit.
# G, L and J lead in the numbers of pupils and students.
DETECTOR = Pattern(
    rules=(VALID, MISTYPED, OLD),
    expression=regex.compile(
        r"[1-9](?<=(?:^|[^0-9A-Za-z.])[GLJ]?[1-9])(?:\d{14}|(?:[ -]?\d){16}[ -]?[\dXx])(?![0-9A-Za-z])",
        regex.ASCII,
    ),
    judge=_judge,
    long_number=True,
)
