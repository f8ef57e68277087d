"""Home addresses down to the house, beside the name of who lives there.

An address may be published down to town or street; what is behind goes. Offices, sites and real estate that the
law has announced stay silent.
"""

from __future__ import annotations

import re

import regex

from detectors.kernel.detector import Judgement, Patterns
from detectors.kernel.finding import Category, Rule, Severity
from detectors.kernel.first_look import anywhere, both
from detectors.kernel.glance import Look, Question
from detectors.kernel.personal.masking import MASK
from detectors.kernel.personal.pattern import PersonalPattern
from detectors.kernel.personal.place import Place
from detectors.kernel.sources import cite
from detectors.kernel.text import Text

HOME_LABEL = regex.compile(
    r"(?:家庭|居住|现住|户籍|户口|常住|通讯|联系)(?:所在)?(?:地址|住址|地|住所)|住址|现住|家住|居住于|居住在|户籍地|[，,。；;]\s*住",
    regex.ASCII,
)
SURE_LABEL = regex.compile(r"(?:家庭|户籍|户口)(?:所在)?(?:地址|住址|地|住所)|现住址", regex.ASCII)
"""Of somebody, whether named or not."""
NUMBER_OF_A_PERSON = regex.compile(r"(?<!\d)(?:\d{17}[\dXx]|1[3-9]\d{9})(?!\d)", regex.ASCII)
"""Of an identity card or a mobile telephone: somebody is meant, whose name may stand far before."""
OTHER_LABEL = regex.compile(
    r"坐落|座落|位于|项目|工程|不动产|房屋|权利人|产权|宗地|征收|拆迁|办公|单位地址|公司|经营|注册地|营业|窗口|门店|药店|学校|医院|银行|"
    r"地点|会场|考点|判决|裁定|被告|原告|被执行|申请执行|送达|处罚|当事人|候选|代表|委员",
    regex.ASCII,
)
DETAIL = regex.compile(
    r"[村庄屯寨社区湾](?:第?(?:\d{1,3}|[一二三四五六七八九十]{1,3})(?:村民)?[组社队])(?:\d{1,4}号)?|[村庄屯寨湾组社]\d{1,4}号|"
    r"\d{1,4}(?:号楼|栋|幢|座|单元)(?:\d{1,2}单元)?\d{1,5}[室号户]?|\d{1,2}单元\d{1,4}|[路街巷道弄里]\d{1,5}号\d*[室户栋幢]?",
    regex.ASCII,
)
"""What leads to one door; a village alone does not."""
TOWN = regex.compile(r".*(?:乡|镇|街道(?:办事处)?)", regex.ASCII)
COUNTY = regex.compile(
    r"(?:[^省市区县]{2,7}(?:省|自治区))?(?:[^省市区县]{1,7}[市州盟])?[^省市小社园区县]{1,7}[区县旗]",
    regex.ASCII,
)
"""What may be shown of an address without a town; 幸福小区 is no district."""
LABEL_REACH = 24

HOME = Rule(
    code="PI090",
    name="家庭住址",
    category=Category.PRIVACY,
    severity=Severity.WARNING,
    why="个人住址只可公开到乡镇、街道，门牌、楼栋、村组应删去或遮盖。",
    source=cite("zhengwu-gongkai-2018"),
    hits=(
        "低保对象赵小明，家庭住址：⟦江州市清河区东湖街道幸福小区3栋2单元501室⟧。",
        "赵小明，住⟦清河县柳林镇赵家村3组12号⟧，家庭人口3人。",
        "姓名\t住址\t金额\n赵小明\t⟦柳林镇赵家村3组⟧\t800",
        "1\t赵小明\t⟦人民路18号幸福小区3栋501室⟧\t800",
        "家庭住址：⟦江州市清河区人民路18号3栋2单元501室⟧。",
        "联系人：赵小明，身份证号110105194912310021，手机号码13812345678，住⟦清河区人民路18号3栋501室⟧。",
    ),
    misses=(
        "姓名\t住址\t金额\n赵小明\t柳林镇\t800",
        "采购人：清河区教育局，地址：清河区人民路18号，联系人赵小明。",
        "不动产权利人赵小明，坐落：幸福小区3栋2单元501室。",
        "赵小明同志任柳林镇赵家村第3组组长。",
    ),
)


def _is_somebodys(place: Place) -> bool:
    return (
        place.has_name
        or place.is_cued(SURE_LABEL, LABEL_REACH)
        or (place.table is None and NUMBER_OF_A_PERSON.search(place.sentence) is not None)
    )


def _judge(match: regex.Match[str], place: Place) -> Judgement | None:
    written = match.group()
    if not DETAIL.search(written) or not _is_somebodys(place):
        return None
    labelled = place.is_cued(HOME_LABEL, LABEL_REACH)
    if place.table is None:
        if not labelled or OTHER_LABEL.search(place.sentence):
            return None
    elif OTHER_LABEL.search(place.heading + place.title + place.line) or not (labelled or place.is_listed):
        return None
    shown = TOWN.match(written) or COUNTY.match(written)
    kept = shown.end() if shown else 0
    return Judgement(HOME, (written[:kept] + MASK * (len(written) - kept),))


_HAS_DOOR = anywhere(
    # The number of a house; that of a document has a bracket, an ordinal or a month before it.
    r"号(?<=[^〕第月\d]\d号)",
    r"号(?<=[^〕第月\d]\d\d号)",
    r"号(?<=[^〕第月\d]\d\d\d号)",
    r"号(?<=[^〕第月\d]\d\d\d\d号)",
    r"组(?<=\d组)",
    r"组(?<=[一二三四五六七八九十]组)",
    r"栋(?<=\d栋)",
    r"幢(?<=\d幢)",
    r"单(?<=\d单)",
    r"室(?<=\d室)",
    r"社(?<=\d社)",
    r"队(?<=\d队)",
)


# As a glance sees them: 号, 组, 栋 and the like behind a digit, 组 and 社 behind a numeral, 村民 perhaps between.
SEEN_DOOR = rb"(?:0h|[0n](?:..)?[gd])"
SEES_A_WORD = Look(
    (Question(ord("a"), ord("a"), re.compile(rb"a.{0,2}[^,;|]{0,80}?" + SEEN_DOOR, re.DOTALL).search),)
)
SEES_A_ROW = Look(
    tuple(
        Question(ord(rare), ord(other), re.compile(SEEN_DOOR, re.DOTALL).search)
        for rare, other in ("||", ";a")
    )
)


def _may_be_a_table(text: Text) -> bool:
    folded = text.folded
    return "\t" in folded or "|" in folded or ("址" in folded and "," in folded)


# Whatever stands unbroken by a mark; whether it is an address is judged.
UNBROKEN = r"[\u4e00-\u9fff0-9A-Za-z-]{5,80}+"
BEHIND_A_WORD = PersonalPattern(
    rules=(HOME,),
    expression=regex.compile(rf"[址住](?!址)(?:在|于|为|是)?[:：]?\K{UNBROKEN}", regex.ASCII),
    judge=_judge,
    long_number=False,
    look=SEES_A_WORD,
    first_look=both(lambda text: "址" in text.folded or "住" in text.folded, _HAS_DOOR),
)
IN_A_ROW = PersonalPattern(
    rules=(HOME,),
    expression=regex.compile(rf"(?<![\u4e00-\u9fff0-9A-Za-z-]){UNBROKEN}", regex.ASCII),
    judge=lambda match, place: _judge(match, place) if place.table else None,
    long_number=False,
    look=SEES_A_ROW,
    first_look=both(_may_be_a_table, _HAS_DOOR),
)
DETECTOR = Patterns((BEHIND_A_WORD, IN_A_ROW))
