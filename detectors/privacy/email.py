"""Personal mailboxes in lists of people; an office mailbox in a contact line is lawful."""

from __future__ import annotations

import regex

from detectors.kernel.detector import Judgement
from detectors.kernel.finding import Category, Rule, Severity
from detectors.kernel.personal.masking import MASK
from detectors.kernel.personal.pattern import PersonalPattern
from detectors.kernel.personal.place import Place
from detectors.kernel.sources import cite

SOURCE = cite("zhengwu-gongkai-2018")
UNIT_DOMAIN = regex.compile(r"(?:^|\.)(?:gov|edu|org|mil|ac)(?:\.cn)?$", regex.ASCII)
CONTACT_CUE = regex.compile(
    r"联系|咨询|电子邮箱[:：]|邮箱[:：]|电子邮件|E-?mail|发至|发送|寄|投递|报名|反馈|举报|监督|传真|电话",
    regex.ASCII | regex.IGNORECASE,
)
CONTACT_REACH = 60
PERSON_CUE = regex.compile(r"个人邮箱[:：]?\s*$", regex.ASCII)

LISTED = Rule(
    code="PI040",
    name="名单中的个人邮箱",
    category=Category.PRIVACY,
    severity=Severity.WARNING,
    why="名单、表格中的个人电子邮箱公开前应去标识化处理；单位联系邮箱可以公开。",
    source=SOURCE,
    hits=(
        "1\t赵小明\t⟦zhaoxiaoming@example.com⟧",
        "赵小明，个人邮箱：⟦zhaoxiaoming@example.com⟧。",
        "姓名,邮箱\n赵小明,⟦zhaoxiaoming@example.com⟧",
    ),
    misses=(
        "联系人：赵小明，邮箱：3449424971@example.com。",
        "意见发至zfb@ezhou.gov.cn。",
        "1\t区教育局\tjyj@example.gov.cn",
        "单位\t负责人\t联系邮箱\n区教育局\t赵小明\tjyj@example.com",
    ),
)


def _judge(match: regex.Match[str], place: Place) -> Judgement | None:
    if UNIT_DOMAIN.search(match["domain"].lower()):
        return None
    masked = (MASK * len(match["box"]) + "@" + match["domain"],)
    if PERSON_CUE.search(place.before(CONTACT_REACH)):
        return Judgement(LISTED, masked)
    return Judgement(LISTED, masked) if place.is_listed and not CONTACT_CUE.search(place.line) else None


DETECTOR = PersonalPattern(
    rules=(LISTED,),
    expression=regex.compile(
        r"(?<![0-9A-Za-z._%+-])(?P<box>[0-9A-Za-z._%+-]{1,64})@(?P<domain>(?:[0-9A-Za-z-]{1,63}\.)+[A-Za-z]{2,24})(?![0-9A-Za-z])",
        regex.ASCII,
    ),
    judge=_judge,
    long_number=False,
    one_of=("@",),
)
