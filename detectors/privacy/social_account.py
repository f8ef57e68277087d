"""Private accounts of WeChat and QQ, beside the word for them.

An account for the public (公众号), a group and a work contact are meant to be found.
"""

from __future__ import annotations

import regex

from detectors.kernel.detector import Judgement
from detectors.kernel.finding import Category, Rule, Severity
from detectors.kernel.glance import label
from detectors.kernel.personal.masking import mask
from detectors.kernel.personal.pattern import PersonalPattern
from detectors.kernel.personal.place import Place
from detectors.kernel.sources import cite

WORDS = ("微信", "qq", "QQ")
CUE = regex.compile(
    r"(?:微信(?:号码?|账号|帐号|ID|id)?|(?:QQ|qq)(?:号码?)?)(?:[（(]同手机号?[)）])?[为是]?[:：]?\s*$",
    regex.ASCII,
)
CUE_REACH = 14
FOR_THE_PUBLIC = regex.compile(
    r"公众号|公众平台|视频号|服务号|订阅号|小程序|企业微信|交流群|QQ群|qq群|客服|工作微信|官方", regex.ASCII
)
KEPT_HEAD, KEPT_TAIL = 1, 1

ACCOUNT = Rule(
    code="PI070",
    name="个人微信号、QQ号",
    category=Category.PRIVACY,
    severity=Severity.WARNING,
    why="个人的微信号、QQ号与姓名一并公开，应删去或遮盖；单位公众号、工作群可以公开。",
    source=cite("zhengwu-gongkai-2018"),
    hits=(
        "学生赵小明，微信号：⟦xiaoming_0319⟧。",
        "赵小明，QQ号⟦123456789⟧。",
        "姓名\t微信号\n赵小明\t⟦xiaoming_0319⟧",
    ),
    misses=(
        "请关注微信公众号：qinghefabu。",
        "报名QQ群：123456789，联系人赵小明。",
        "联系人：赵小明，咨询QQ：123456789。",
        "微信号：qinghefabu2024",
    ),
)


def _judge(match: regex.Match[str], place: Place) -> Judgement | None:
    if not place.is_cued(CUE, CUE_REACH) or FOR_THE_PUBLIC.search(place.line):
        return None
    if place.is_contact or not place.has_name:
        return None
    return Judgement(ACCOUNT, (mask(match.group(), KEPT_HEAD, KEPT_TAIL),))


DETECTOR = PersonalPattern(
    rules=(ACCOUNT,),
    expression=regex.compile(
        r"(?:[A-Za-z](?<![0-9A-Za-z@./_-].)[0-9A-Za-z_-]{5,19}|[1-9](?<![0-9A-Za-z@./_-].)\d{4,10})(?![0-9A-Za-z@._-])",
        regex.ASCII,
    ),
    judge=_judge,
    long_number=False,
    one_of=WORDS,
    look=label(WORDS, CUE_REACH),
)
