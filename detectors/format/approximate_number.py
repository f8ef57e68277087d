"""Approximate numbers: said once, and two digits in a row without 顿号; units said once."""

from __future__ import annotations

from itertools import pairwise

import regex

from detectors.kernel.detector import Judgement, Pattern, Patterns
from detectors.kernel.finding import Category, Rule, Severity
from detectors.kernel.first_look import anywhere, characters, either
from detectors.kernel.numerals import DIGITS
from detectors.kernel.sources import cite

DICTIONARY = cite("xiandai-hanyu-cidian-7")
AMOUNT = r"\d[\d.,]*[千百万亿]*"
APPROXIMATE = frozenset(
    {f"{one}、{other}" for one, other in pairwise(DIGITS)} | {"一、两", "两、三", "三、五"}
)

TWICE = Rule(
    code="FM045",
    name="概数重复表示",
    category=Category.FORMAT,
    severity=Severity.INFO,
    why="“约”“近”“超过”与“多”“余”“左右”都表示概数，意思重复或者矛盾，保留一个即可。",
    source=DICTIONARY,
    hits=(
        "⟦约300余⟧人参加活动。",
        "产值⟦超过3000多⟧亿元。",
        "⟦近3000多⟧人投入演出。",
        "全程⟦约20分钟左右⟧。",
        "吸引⟦近100万人左右⟧前来。",
    ),
    misses=(
        "约300人参加活动。",
        "产值超过3000亿元。",
        "近20多年来，环境明显改善。",
        "300多人参加活动。",
        "全程20分钟左右。",
        "离约5米左右两侧各有一处标识。",
    ),
)
IN_A_ROW = Rule(
    code="FM046",
    name="概数之间用了顿号",
    category=Category.FORMAT,
    severity=Severity.INFO,
    why="两个数字连用表示概数时，两数之间不用顿号隔开，如“三五天”“七八个”。",
    source=cite("gb-t-15835-2011", "5.2.1"),
    hits=("再过⟦三、五天⟧即可完工。", "共有⟦七、八个⟧村民小组。", "⟦一、两年⟧内完成"),
    misses=(
        "再过三五天即可完工。",
        "小学三、四年级学生",
        "第七、八个项目",
        "排名一、二、三位",
        "十七、八人参加的分组讨论记录",
    ),
)
UNIT = Rule(
    code="FM047",
    name="单位重复",
    category=Category.FORMAT,
    severity=Severity.INFO,
    why="“￥”与“元”、“百分之”与“%”意思重复，保留一个即可。",
    source=DICTIONARY,
    hits=("合同价⟦￥12000元⟧", "完成率达到⟦百分之95%⟧。"),
    misses=("合同价￥12000", "合同价12000元", "完成率达到95%。", "百分之九十五"),
)


def _judge_in_a_row(match: regex.Match[str]) -> Judgement | None:
    if match["numbers"] not in APPROXIMATE:
        return None
    return Judgement(IN_A_ROW, (match[0].replace("、", ""),))


def _judge_unit(match: regex.Match[str]) -> Judgement:
    return Judgement(UNIT, (f"{match['number']}{match['unit']}",))


DETECTOR = Patterns(
    (
        Pattern(
            rules=(TWICE,),
            expression=regex.compile(
                # 近20多年 is the last twenty years, not nearly twenty.
                rf"(?<cue>近)(?<number>{AMOUNT})(?<rest>[余多])(?!\d|年|个?月|天|日|周|届|次)"
                rf"|(?<cue>约|超过?)(?<number>{AMOUNT})(?<rest>[余多])(?!\d|边形)"
                rf"|(?<cue>[近约]|超过)(?<number>{AMOUNT}[余多]?[^\d，。；、：\s]{{0,3}})(?<rest>左右)(?![岸两侧手脚翼邻互])",
                regex.ASCII,
            ),
            judge=lambda match: Judgement(
                TWICE, (match["cue"] + match["number"], match["number"] + match["rest"])
            ),
            first_look=anywhere(
                *(rf"{cue}{AMOUNT}(?:[余多]|[^\d，。；、：]{{0,3}}左右)" for cue in ("近", "约", "超过?"))
            ),
        ),
        Pattern(
            rules=(IN_A_ROW,),
            expression=regex.compile(
                rf"(?<![第初十、{DIGITS}])(?P<numbers>[{DIGITS}两]、[{DIGITS}两])(?:天|个(?!体)|年(?!级)|名|人|岁|位|倍|里|百|千|万)",
                regex.ASCII,
            ),
            judge=_judge_in_a_row,
            first_look=anywhere(rf"、[{DIGITS}两][天个年名人岁位倍里百千万]"),
        ),
        Pattern(
            rules=(UNIT,),
            expression=regex.compile(
                r"[￥¥](?P<number>\d[\d,.]*)(?P<unit>[万亿]?元)|百分之(?P<number>\d+(?:\.\d+)?)(?P<unit>[%％])",
                regex.ASCII,
            ),
            judge=_judge_unit,
            first_look=either(characters("￥¥"), anywhere(r"百分之?\d")),
        ),
    )
)
