"""Identity numbers whose mask hides too little.

How many characters are hidden decides how many numbers are possible: with only month and day
hidden there are 33 candidates left once the check character is used, with 6 + 4 shown 2,355.
The mask may be longer or shorter than what it hides: then the digits shown are counted.
"""

from __future__ import annotations

import regex

from detectors.kernel.detector import Judgement
from detectors.kernel.finding import Category, Rule, Severity
from detectors.kernel.personal.identity import BIRTH, CUE, LENGTH, has_province, has_region, is_birth_date
from detectors.kernel.personal.masking import MASK, SIGNS
from detectors.kernel.personal.pattern import PersonalPattern
from detectors.kernel.personal.place import Place
from detectors.kernel.sources import cite

SOURCE = cite("zhengwu-gongkai-2018")
KEPT_HEAD, KEPT_TAIL = 2, 3
HARDLY_HIDDEN, HARDLY_HIDDEN_WITH_BIRTH, PARTLY_HIDDEN, NEARLY_HIDDEN = 3, 4, 7, 9
"""The most characters hidden at each grade."""

WEAK = Rule(
    code="PI004",
    name="身份证号码遮盖过少",
    category=Category.PRIVACY,
    severity=Severity.ERROR,
    why="只遮住几位，号码凭校验位即可推算出来，等于没有遮盖；可只保留前2位和后3位。",
    source=SOURCE,
    hits=(
        "残疾人赵小明，身份证号⟦1101051949123100**⟧，残疾等级二级。",
        "赵小明，身份证号⟦11010519491231****⟧。",
        "赵小明，身份证号⟦11010519491231…⟧。",
        "赵小明，身份证号⟦110105194912310■■X⟧。",
        "赵小明，身份证号⟦1101051949123某02X⟧。",
    ),
    misses=("残疾人赵小明，身份证号11*************02X，残疾等级二级。",),
)
PARTIAL = Rule(
    code="PI005",
    name="身份证号码遮盖不足",
    category=Category.PRIVACY,
    severity=Severity.WARNING,
    why="遮住的位数不多，结合姓名、住址等信息容易还原；可只保留前2位和后3位。",
    source=SOURCE,
    hits=("赵小明，身份证号⟦1101051949****002X⟧。", "赵小明，身份证号⟦1101051949**002X⟧。"),
    misses=("赵小明，身份证号1101**********002X。",),
)
FAIR = Rule(
    code="PI006",
    name="身份证号码保留前6后4位",
    category=Category.PRIVACY,
    severity=Severity.INFO,
    why="前6位是地区，后4位含顺序和校验，仍有两千多种可能；能少留则少留，如只保留前2位和后3位。",
    source=SOURCE,
    hits=("赵小明，身份证号⟦110105********002X⟧。", "赵小明，身份证号⟦110105****002X⟧。"),
    misses=("赵小明，身份证号110***********002X。", "赵小明，身份证号11****02X。"),
)


def _grade(hidden: int, *, birth_shown: bool) -> Rule | None:
    if hidden <= HARDLY_HIDDEN or (birth_shown and hidden <= HARDLY_HIDDEN_WITH_BIRTH):
        return WEAK
    if hidden <= PARTLY_HIDDEN:
        return PARTIAL
    return FAIR if hidden <= NEARLY_HIDDEN else None


def _judge(match: regex.Match[str], place: Place) -> Judgement | None:
    number = match.group()
    # An X in the last place is the check character, elsewhere it is a mask.
    shown = [char.isdigit() for char in number[:-1]] + [number[-1] in "0123456789Xx"]
    hidden = LENGTH - sum(shown)
    if all(shown) or not has_province(number):
        return None
    if len(number) != LENGTH and not (has_region(number) and place.is_cued(CUE)):
        return None
    rule = _grade(hidden, birth_shown=all(shown[BIRTH]) and is_birth_date(number[BIRTH]))
    if rule is None:
        return None
    tail = "".join(char if char in "0123456789Xx" else MASK for char in number[-KEPT_TAIL:])
    return Judgement(rule, (number[:KEPT_HEAD] + MASK * (LENGTH - KEPT_HEAD - KEPT_TAIL) + tail,))


DETECTOR = PersonalPattern(
    rules=(WEAK, PARTIAL, FAIR),
    # Whatever its length, at least half of a number is shown: anything less is hidden well.
    expression=regex.compile(
        rf"(?<![0-9A-Za-z*.])[1-8]\d{{5}}(?=\d*[{SIGNS}xX])[\d{SIGNS}xX]{{1,24}}(?![0-9A-Za-z{SIGNS}])"
        rf"|(?<![0-9A-Za-z*.])[1-8]\d(?=\d*[{SIGNS}xX])[\d{SIGNS}xX]{{16}}(?![0-9A-Za-z{SIGNS}])",
        regex.ASCII,
    ),
    judge=_judge,
)
