"""Mobile numbers of the mainland, in the ways they are written, and masks that hide too little."""

from __future__ import annotations

import regex

from detectors.kernel.context import is_table_row, line_around, line_before
from detectors.kernel.detector import Judgement, Pattern
from detectors.kernel.finding import Category, Rule, Severity
from detectors.kernel.masking import MASK, mask
from detectors.kernel.sources import cite

SOURCE = cite("zhengwu-gongkai-2018")
KEPT_HEAD, KEPT_TAIL = 3, 4
CONTACT_CUE = regex.compile(r"联系|咨询|值班|负责人|经办|热线|电话[:：]", regex.ASCII)
SERIAL_CUE = regex.compile(
    r"(?:编号|编码|代码|单号|序列号|文号|案号|证书号|许可证号|账号|帐号|备案号)[为是]?[:：]?\s*$", regex.ASCII
)
SERIAL_REACH = 8
AMOUNT = regex.compile(r"\s*(?:元|万|亿|件|吨|平方|公里|千克|人次)", regex.ASCII)

LISTED = Rule(
    code="PI010",
    name="名单中的手机号码",
    category=Category.PRIVACY,
    severity=Severity.ERROR,
    why="名单、表格中的个人手机号码公开前应去标识化处理，可遮盖为138****1234。",
    source=SOURCE,
    hits=("1\t赵小明\t⟦13800138000⟧\t1200",),
    misses=("1\t赵小明\t138****8000\t1200", "单位\t联系电话\n区教育局\t010-66668888"),
)
SINGLE = Rule(
    code="PI011",
    name="手机号码",
    category=Category.PRIVACY,
    severity=Severity.WARNING,
    why="请确认这是可以公开的工作电话；个人手机号码应删去或遮盖，联系方式通常用单位座机。",
    source=SOURCE,
    hits=(
        "值班人员：赵小明 ⟦139 5757 0587⟧。",
        "电话⟦13800138000⟧请拨打",
        "手机号码⟦+86 13800138000⟧",
        "手机号码⟦＋１３８００１３８０００⟧",
    ),
    misses=(
        "累计办理1380000件，涉及资金138001234.56元。",
        "序号139，编码A1390000000099号设备。",
        "备案号：13800138000",
    ),
)
WEAK = Rule(
    code="PI012",
    name="手机号码遮盖过少",
    category=Category.PRIVACY,
    severity=Severity.ERROR,
    why="只遮住一两位，逐个试拨即可还原；可遮盖为138****1234。",
    source=SOURCE,
    hits=("赵小明，电话⟦138001380**⟧。",),
    misses=("赵小明，电话138****8000。",),
)
HARDLY_HIDDEN = 2


def _judge(match: regex.Match[str]) -> Judgement | None:
    number = match["number"]
    text = match.string
    hidden = sum(char in "*×xX●" for char in number)
    if hidden > HARDLY_HIDDEN:
        return None
    if SERIAL_CUE.search(line_before(text, match.start(), SERIAL_REACH)):
        return None
    if AMOUNT.match(text, match.end()):
        return None
    prefix = match.group()[: -len(number)]
    masked = (prefix + mask(number, KEPT_HEAD, KEPT_TAIL),)
    if hidden:
        return Judgement(WEAK, (regex.sub(r"[×xX●]", MASK, masked[0]),))
    line = line_around(text, match.start(), match.end())
    listed = is_table_row(line) and not CONTACT_CUE.search(line)
    return Judgement(LISTED if listed else SINGLE, masked)


DETECTOR = Pattern(
    rules=(LISTED, SINGLE, WEAK),
    expression=regex.compile(
        r"(?<![0-9A-Za-z.+])(?<!\d{3}[ -])(?:\+|(?:\+|00)?86[ -]?)?"
        r"(?P<number>1[3-9]\d[ -]?[\d*×xX●]{4}[ -]?[\d*×xX●]{4})(?![0-9A-Za-z*×●]|\.\d|[ -]\d{3})",
        regex.ASCII,
    ),
    judge=_judge,
    long_number=True,
)
