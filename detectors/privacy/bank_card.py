"""Bank card numbers of persons: known beginning, length and Luhn check digit (ISO/IEC 7812).

The account of a unit in a procurement or tax notice is public and stays silent.
"""

from __future__ import annotations

import regex

from detectors.kernel.detector import Judgement
from detectors.kernel.finding import Category, Rule, Severity
from detectors.kernel.personal.cards import is_given_out, passes_luhn
from detectors.kernel.personal.masking import MASK, SIGNS, mask
from detectors.kernel.personal.pattern import PersonalPattern
from detectors.kernel.personal.place import Place
from detectors.kernel.sources import cite

KEPT_HEAD, KEPT_TAIL = 0, 4
CARD_CUE = regex.compile(
    r"卡号|银行卡|储蓄卡|借记卡|信用卡|一卡通|社保卡|存折|(?:银行|个人|打款|收款|工资|补贴)[账帐][号户]|惠农卡|[账帐][号户][:：]?\s*$",
    regex.ASCII,
)
UNIT_HOLDER = regex.compile(
    r"(?:户名|户\s?主|开户名称?|[账帐]户名称?|收款单位|收款人|收款方|单位名称|名称)[为是]?[:：]?[^，。；,;\n]{2,40}?"
    r"(?:公司|局|委员会|中心|政府|大学|学院|学校|小学|中学|幼儿园|医院|银行|协会|学会|基金会|办公室|事务所|财政|专户|国库|厂|社|院|部|会|所|站|队|馆|店|厅|村|集团)"
    r"|非税|国库|财政专户|保证金|投标|对公|基本户|专用[账帐]户|汇缴|罚没|待结算",
    regex.ASCII,
)
HOLDER_REACH = 120
"""Code points around an account in which its holder is named, often on the line above or below."""
OWN_BRANDS = "62"
"""China UnionPay; other brands are shared with the world and need a cue."""
SERIAL_CUE = regex.compile(r"(?:编号|单号|流水号|备案号?|代码|文号|条码)[为是]?[:：]?\s*$", regex.ASCII)
HARDLY_HIDDEN = 3

CARD = Rule(
    code="PI030",
    name="银行卡号",
    category=Category.PRIVACY,
    severity=Severity.ERROR,
    why="个人银行卡号属于敏感个人信息，公开文稿中应删去或只保留后4位。",
    source=cite("geren-xinxi-baohu-fa", "第二十八条"),
    hits=(
        "受害人银行卡号⟦6222025185831710086⟧，开户名赵小明。",
        "补贴发放卡号：⟦6222 0251 8583 1710 086⟧",
        "赵小明⟦6222025185831710086⟧",
        "姓名\t银行账号\n赵小明\t⟦4111111111111111⟧",
    ),
    misses=(
        "受害人银行卡号6222025185831710085有误。",
        "备案单号3025416031465652，类型为微信。",
        "收款单位：某市财政局，账号6222025185831710086。",
        "户名：清河区公共资源交易中心\n账号：6222025185831710086",
        "非税收入汇缴专户账号6222025185831710086。",
        "流水号4111111111111111。",
    ),
)


BARE = Rule(
    code="PI032",
    name="疑似银行卡号",
    category=Category.PRIVACY,
    severity=Severity.INFO,
    why="合银行卡号的格式，但附近没有姓名和“卡号”等字样，请确认是不是个人的银行卡。",
    source=cite("geren-xinxi-baohu-fa", "第二十八条"),
    hits=("系统中登记的是⟦6222025185831710086⟧。",),
    misses=("系统中登记的是6222025185831710085。", "交易流水号6222025185831710086。"),
)
WEAK = Rule(
    code="PI031",
    name="银行卡号遮盖过少",
    category=Category.PRIVACY,
    severity=Severity.ERROR,
    why="只遮住两三位，凭校验位逐个试验即可还原；可只保留后4位。",
    source=cite("geren-xinxi-baohu-fa", "第二十八条"),
    hits=("赵小明，银行卡号⟦62220251858317100**⟧。",),
    misses=("赵小明，银行卡号622202*********0086。", "赵小明，银行卡号***************0086。"),
)


def _judge(match: regex.Match[str], place: Place) -> Judgement | None:
    written = match.group()
    number = "".join(char for char in written if char not in " -")
    hidden = 0 if number.isdigit() else sum(not char.isdigit() for char in number)
    masked = (mask(written, KEPT_HEAD, KEPT_TAIL),)
    if hidden:
        tail = regex.sub(r"[^0-9 -]", MASK, masked[0])
        return Judgement(WEAK, (tail,)) if hidden <= HARDLY_HIDDEN and place.is_cued(CARD_CUE) else None
    if not passes_luhn(number):
        return None
    cued = place.is_cued(CARD_CUE)
    if not cued:
        # Without a word for it, only what looks like nothing else.
        known = number.startswith(OWN_BRANDS) and is_given_out(number)
        if not known or SERIAL_CUE.search(place.before(HOLDER_REACH)):
            return None
    if _belongs_to_a_unit(place):
        return None
    alone = not cued and place.table is None and not place.has_name
    return Judgement(BARE if alone else CARD, masked)


def _belongs_to_a_unit(place: Place) -> bool:
    if place.table is not None:
        return UNIT_HOLDER.search(place.line) is not None
    if UNIT_HOLDER.search(place.sentence):
        return True
    around = place.text[max(0, place.start - HOLDER_REACH) : place.end + HOLDER_REACH]
    return not place.has_name and UNIT_HOLDER.search(around) is not None


DETECTOR = PersonalPattern(
    rules=(CARD, WEAK, BARE),
    expression=regex.compile(
        rf"[3-69](?<![0-9A-Za-z.*].)(?:\d{{15,18}}|\d{{3}}(?:[ -]\d{{4}}){{3}}(?:[ -]\d{{1,3}})?"
        rf"|\d{{5}}[\d{SIGNS}]{{10,13}})(?![0-9A-Za-z{SIGNS}]|\.[1-9])",
        regex.ASCII,
    ),
    judge=_judge,
)
