"""Bank card numbers of persons: known beginning, length and Luhn check digit (ISO/IEC 7812).

The account of a unit in a procurement or tax notice is public and stays silent.
"""

from __future__ import annotations

import regex

from detectors.kernel.context import line_before, sentence_around
from detectors.kernel.detector import Judgement, Pattern
from detectors.kernel.finding import Category, Rule, Severity
from detectors.kernel.masking import mask
from detectors.kernel.sources import cite

KEPT_HEAD, KEPT_TAIL = 0, 4
CARD_CUE = regex.compile(r"卡号|银行卡|储蓄卡|借记卡|信用卡|一卡通|社保卡", regex.ASCII)
CARD_REACH = 20
UNIT_HOLDER = regex.compile(
    r"(?:户名|开户名称|账户名称|收款单位|收款人|单位名称)[为是]?[:：]?[^，。；,;\n]{2,40}?"
    r"(?:公司|局|委员会|中心|政府|大学|学院|学校|医院|银行|协会|基金会|办公室|事务所|财政|专户|厂|社|院|部|会)",
    regex.ASCII,
)
OWN_BRANDS = "62"
"""China UnionPay; other brands are shared with the world and need a cue."""

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
    ),
    misses=(
        "受害人银行卡号6222025185831710085有误。",
        "备案单号3025416031465652，类型为微信。",
        "收款单位：某市财政局，账号6222025185831710086。",
    ),
)


def passes_luhn(number: str) -> bool:
    """Tell whether the last digit is the Luhn check digit of the others."""
    doubled = (int(digit) * 2 for digit in number[-2::-2])
    return (sum(map(int, number[-1::-2])) + sum(d - 9 * (d > 9) for d in doubled)) % 10 == 0


def _judge(match: regex.Match[str]) -> Judgement | None:
    number = match.group().replace(" ", "").replace("-", "")
    if not passes_luhn(number):
        return None
    text = match.string
    cued = CARD_CUE.search(line_before(text, match.start(), CARD_REACH))
    if not number.startswith(OWN_BRANDS) and not cued:
        return None
    if UNIT_HOLDER.search(sentence_around(text, match.start(), match.end())):
        return None
    return Judgement(CARD, (mask(match.group(), KEPT_HEAD, KEPT_TAIL),))


DETECTOR = Pattern(
    rules=(CARD,),
    expression=regex.compile(
        r"(?<![0-9A-Za-z.])[3-6](?:\d{15,18}|\d{3}(?:[ -]\d{4}){3}(?:[ -]\d{1,3})?)(?![0-9A-Za-z]|\.\d)",
        regex.ASCII,
    ),
    judge=_judge,
    long_number=True,
)
