"""Number plates beside the name of their owner (GA 36—2018): five characters, or six of an electric car.

The plates of the authorities' own cars stand in sales and purchases, those of offenders in public warnings;
both are lawful.
"""

from __future__ import annotations

import regex

from detectors.kernel.detector import Judgement
from detectors.kernel.finding import Category, Rule, Severity
from detectors.kernel.personal.masking import mask
from detectors.kernel.personal.pattern import PersonalPattern
from detectors.kernel.personal.place import Place
from detectors.kernel.sources import cite

LAWFUL = regex.compile(
    r"公务用车|公车|单位车辆|处置|拍卖|采购|违法|违章|处罚|曝光|超限|超载|逾期|报废|无主|扣留|公司|运输|出租|客运|校车|公交|营运",
    regex.ASCII,
)
KEPT_HEAD, KEPT_TAIL = 2, 2

PLATE = Rule(
    code="PI060",
    name="个人车牌号",
    category=Category.PRIVACY,
    severity=Severity.WARNING,
    why="车牌号与车主姓名一并公开即可识别个人，应删去或遮盖；处罚、曝光等法定公开的除外。",
    source=cite("zhengwu-gongkai-2018"),
    hits=(
        "车主赵小明，车牌号⟦鄂A12345⟧。",
        "姓名\t车牌号\n赵小明\t⟦鄂AD12345⟧",
        "车牌：⟦鄂A·1B2C3⟧，车主：赵小明",
    ),
    misses=(
        "拟处置公务用车车牌号鄂A12345，联系人赵小明。",
        "违法车辆车牌号鄂A12345，驾驶人赵小明。",
        "车牌号鄂A12345的车辆请驶离。",
        "车主赵小明，车牌号鄂A***45。",
    ),
)


def _judge(match: regex.Match[str], place: Place) -> Judgement | None:
    around = place.sentence if place.table is None else place.line + place.title
    if not place.has_name or LAWFUL.search(around):
        return None
    return Judgement(PLATE, (mask(match.group(), KEPT_HEAD, KEPT_TAIL),))


DETECTOR = PersonalPattern(
    rules=(PLATE,),
    expression=regex.compile(
        r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·•. ]?(?=[A-Z]*\d)[0-9A-HJ-NP-Z]{4,5}"
        r"[0-9A-HJ-NP-Z挂学警领](?![0-9A-Za-z])",
        regex.ASCII,
    ),
    judge=_judge,
    long_number=False,
    one_of=("车牌", "号牌"),
)
