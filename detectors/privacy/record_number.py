"""Numbers under which hospitals, insurers and examiners know a person; all are loose in form and need a cue."""

from __future__ import annotations

import regex

from detectors.kernel.detector import Judgement
from detectors.kernel.finding import Category, Rule, Severity
from detectors.kernel.personal.masking import mask
from detectors.kernel.personal.pattern import PersonalPattern
from detectors.kernel.personal.place import Place
from detectors.kernel.sources import cite

WORDS = ("病", "院", "诊", "保", "准考证")
CUE = regex.compile("|".join(WORDS), regex.ASCII)
"""One of these stands in all that follow."""
TAIL = r"(?:号码?|编号|卡号|证号)?[为是]?[:：]?\s*$"
MEDICAL_CUE = regex.compile(
    r"(?:病历|病案|住院|门诊|就诊卡?|诊疗卡?|医保卡?)(?:号码?|编号|卡号)[为是]?[:：]?\s*$", regex.ASCII
)
INSURANCE_CUE = regex.compile(r"(?:社保卡|社会保障卡|社会保障号|社保号|社保|医保卡|参保)" + TAIL, regex.ASCII)
EXAM_CUE = regex.compile(r"准考证" + TAIL, regex.ASCII)
EXAM_NOTICE = regex.compile(
    r"录用|招聘|招录|遴选|选调|面试|笔试|体检|考察|考试|公务员|成绩|事业单位|资格复审|教师", regex.ASCII
)
"""What such notices must name by their own rules."""
KEPT_HEAD, KEPT_TAIL = 2, 2

MEDICAL = Rule(
    code="PI061",
    name="病历号、住院号",
    category=Category.PRIVACY,
    severity=Severity.ERROR,
    why="凭病历号、住院号可以查到就诊情况，属于医疗健康信息，应删去或遮盖。",
    source=cite("geren-xinxi-baohu-fa", "第二十八条"),
    hits=("患者赵小明，病历号⟦20240012345⟧。", "姓名\t住院号\n赵小明\t⟦Z20240088⟧"),
    misses=("该院年住院人次1234567。", "病历号2*******45。"),
)
INSURANCE = Rule(
    code="PI062",
    name="社会保障卡号",
    category=Category.PRIVACY,
    severity=Severity.WARNING,
    why="社会保障卡号是个人号码，公开前应删去或遮盖。",
    source=cite("zhengwu-gongkai-2018"),
    hits=("赵小明，社保卡号⟦A12345678⟧。", "姓名\t社会保障卡号\n赵小明\t⟦0123456789⟧"),
    misses=("社保卡服务热线12333。", "全市社保卡持卡1234567人。", "参保1234567人次。"),
)
EXAM = Rule(
    code="PI063",
    name="准考证号",
    category=Category.PRIVACY,
    severity=Severity.INFO,
    why="准考证号与姓名一并公开可查到考试情况；录用、招聘公示按规定公布的除外。",
    source=cite("zhengwu-gongkai-2018"),
    hits=("学生赵小明，准考证号⟦123456789012⟧。",),
    misses=("2024年公务员面试名单\n姓名\t准考证号\n赵小明\t123456789012",),
)
AMOUNT = regex.compile(r"\s*[人次元万张件%户]", regex.ASCII)


def _judge(match: regex.Match[str], place: Place) -> Judgement | None:
    if not place.is_cued(CUE) or AMOUNT.match(place.text, place.end):
        return None
    masked = (mask(match.group(), KEPT_HEAD, KEPT_TAIL),)
    for cue, rule in ((MEDICAL_CUE, MEDICAL), (INSURANCE_CUE, INSURANCE)):
        if place.is_cued(cue):
            return Judgement(rule, masked)
    if not place.is_cued(EXAM_CUE) or EXAM_NOTICE.search(place.sentence + place.title):
        return None
    return Judgement(EXAM, masked)


DETECTOR = PersonalPattern(
    rules=(MEDICAL, INSURANCE, EXAM),
    expression=regex.compile(
        r"(?:[A-Z](?<![0-9A-Za-z.].)\d{6,17}|\d(?<![0-9A-Za-z.].)\d{6,17})(?![0-9A-Za-z.-])", regex.ASCII
    ),
    judge=_judge,
    one_of=WORDS,
)
