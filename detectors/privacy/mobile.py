"""Mobile numbers of the mainland, in the ways they are written, and masks that hide too little.

Who shows the number to whom decides the grade: docs/decisions/0019.
"""

from __future__ import annotations

import regex

from detectors.kernel.detector import Judgement
from detectors.kernel.finding import Category, Rule, Severity
from detectors.kernel.personal.masking import MASK, SIGNS, mask
from detectors.kernel.personal.pattern import PersonalPattern
from detectors.kernel.personal.place import CONTACT_REACH, Place
from detectors.kernel.sources import cite

SOURCE = cite("zhengwu-gongkai-2018")
KEPT_HEAD, KEPT_TAIL = 3, 4
CUE = regex.compile(
    r"手机|电话|号码|联系|咨询|值班|拨打|致电|来电|回电|短信|微信|负责|经办|热线|传真|举报|投诉|监督|服务|姓名|先生|女士|同志|老师|医生|"
    r"主任|经理|书记|户主|人[:：]|报警|救助|求助|Tel|TEL|tel|Mobile|mobile|Phone|phone",
    regex.ASCII,
)
SERIAL_CUE = regex.compile(
    r"(?:编号|编码|代码|单号|序列号|流水号|文号|案号|证书号|许可证号|证号|账号|帐号|备案号|标段号|合同号|发票号码?|设备号|条码|邮编|型号|QQ群?号?)"
    r"[为是]?[:：]?\s*$",
    regex.ASCII,
)
SERIAL_REACH = 8
AMOUNT = regex.compile(r"\s*(?:余?[元万亿件吨次个户株只头亩公千米人条份台套]|平方|美元|人次)", regex.ASCII)
GROUPED = regex.compile(r"[ –—-]", regex.ASCII)

LISTED = Rule(
    code="PI010",
    name="名单中的手机号码",
    category=Category.PRIVACY,
    severity=Severity.ERROR,
    why="名单、表格中的个人手机号码公开前应去标识化处理，可遮盖为138****1234。",
    source=SOURCE,
    hits=(
        "1\t赵小明\t⟦13800138000⟧\t1200",
        "姓名,性别,手机号\n赵小明,男,⟦13800138000⟧.0",
        "|姓名|身份证号|联系电话|\n|钱小红|11*************038|⟦13800138000⟧|",
        "赵小明，⟦13800138000⟧\n钱小红，⟦13900139000⟧",
    ),
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
        "手机⟦138-0013-8000⟧、⟦(+86)13800138000⟧、⟦0086-138-0013-8000⟧",
        "序号\t联系人\t联系电话\n1\t赵小明\t⟦13800138000⟧",
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
DELICATE = Rule(
    code="PI013",
    name="困难群众、未成年人等的手机号码",
    category=Category.PRIVACY,
    severity=Severity.ERROR,
    why="本人的手机号码与姓名、困难情形一并公开，应删去或遮盖。",
    source=cite("geren-xinxi-baohu-fa", "第二十八条"),
    hits=("残疾人赵小明，手机⟦13800138000⟧，残疾等级二级。",),
    misses=("残疾人赵小明，手机138****8000，残疾等级二级。", "低保咨询热线：010-66668888。"),
)
BARE = Rule(
    code="PI014",
    name="疑似手机号码",
    category=Category.PRIVACY,
    severity=Severity.INFO,
    why="合手机号码的格式，但附近没有姓名和“电话”等字样，请确认是不是个人号码。",
    source=SOURCE,
    hits=("系统中登记的是⟦13800138000⟧。",),
    misses=("系统中登记的是23800138000。", "系统中登记的是15400138000。"),
)
HARDLY_HIDDEN = 2


def _judge(match: regex.Match[str], place: Place) -> Judgement | None:
    number = match["number"]
    hidden = 0 if number.isdigit() else sum(char in SIGNS or char in "xX" for char in number)
    if hidden > HARDLY_HIDDEN:
        return None
    if SERIAL_CUE.search(place.before(SERIAL_REACH)) or AMOUNT.match(place.text, place.end):
        return None
    prefix = match.group()[: -len(number)]
    masked = prefix + mask(number, KEPT_HEAD, KEPT_TAIL)
    if hidden:
        return Judgement(WEAK, (regex.sub(rf"[{SIGNS}xX]", MASK, masked),))
    return Judgement(_grade(place, prefix, number), (masked,))


def _grade(place: Place, prefix: str, number: str) -> Rule:
    if place.is_listed:
        return LISTED
    if place.sensitive_word and place.has_name and not place.is_contact:
        return DELICATE
    # 86 and nothing else before it may be the beginning of any number of thirteen digits.
    written_as_number = prefix not in ("", "86") or GROUPED.search(number) is not None
    named = (
        written_as_number or place.table is not None or CUE.search(place.before(CONTACT_REACH)) is not None
    )
    return SINGLE if named or CUE.search(place.sentence) or place.has_name else BARE


DETECTOR = PersonalPattern(
    rules=(LISTED, SINGLE, WEAK, DELICATE, BARE),
    # 140, 141, 144, 146, 148 and 154 are machines, or nobody's yet.
    expression=regex.compile(
        r"(?<![0-9A-Za-z.+])(?<!\d{3}[ -])(?:[(（]?(?:\+|\+?86|\+?0086)[)）]?[ –—-]?)?"
        r"(?P<number>1(?:3\d|4[579]|5[0-35-9]|6[2567]|7[0-8]|8\d|9[0-35-9])"
        rf"(?:[ –—-]?[\d{SIGNS}xX]{{4}}[ –—-]?[\d{SIGNS}xX]{{4}}|[ –—-][\d{SIGNS}xX]{{3}}[ –—-][\d{SIGNS}xX]{{5}}))"
        rf"(?![0-9A-Za-z{SIGNS}]|\.[1-9]|\.0\d|[ –—-]\d{{3}})",
        regex.ASCII,
    ),
    judge=_judge,
)
