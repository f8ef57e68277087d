"""Ranges of numbers: what both ends share is written twice where it matters, and years are joined by 一字线."""

from __future__ import annotations

import regex

from detectors.kernel.detector import Judgement, Pattern, Patterns
from detectors.kernel.finding import Category, Rule, Severity
from detectors.kernel.first_look import anywhere
from detectors.kernel.sources import cite

CONNECTORS = {"-": "—", "–": "—", "~": "～"}
"""What is written for the two marks of the standard, 一字线 and 浪纹线."""
NUMBER = r"\d+(?:\.\d+)?"

OMITTED = Rule(
    code="FM040",
    name="数值范围省略了单位",
    category=Category.FORMAT,
    severity=Severity.INFO,
    why="数值范围的前一个数省略“%”“万”“亿”会产生歧义，前后两个数都要写上，如15%～30%、9亿～16亿。",
    source=cite("gb-t-15835-2011", "5.1.3"),
    hits=("降幅为⟦10-20%⟧。", "投资⟦9～16亿⟧元。", "应纳税所得额⟦100至300万⟧元部分。", "增长⟦1.5—3％⟧。"),
    misses=(
        "降幅为10%—20%。",
        "投资9亿～16亿元。",
        "贷款额度3000至30万元不等。",
        "2021—2025年完成投资30万元。",
        "自2023年至2024年增长30%",
        "电话：010-82万",
    ),
)
HYPHEN = Rule(
    code="FM041",
    name="起止年月之间的连接号有误",
    category=Category.FORMAT,
    severity=Severity.INFO,
    why="标示时间的起止一般用一字线“—”，不用短横线“-”。",
    source=cite("gb-t-15834-2011", "4.13.3.2"),
    hits=("实施三年行动计划（⟦2024-2026年⟧）", "⟦1-5月⟧，全市完成投资12亿元。", "自⟦2024年-2026年⟧分步实施"),
    misses=(
        "实施三年行动计划（2024—2026年）",
        "1—5月，全市完成投资12亿元。",
        "标准号为GB/T 36324-2018",
        "2024-03-05 09:30",
        "联系电话：0471-8月中旬开通",
    ),
)


def _judge_omitted(match: regex.Match[str]) -> Judgement | None:
    first, connector, last, unit = match.group("first", "connector", "last", "unit")
    if float(first) >= float(last) or first.startswith("0") != first.startswith("0."):
        return None
    if regex.fullmatch(r"(?:19|20)\d{2}", first, regex.ASCII):
        return None
    return Judgement(OMITTED, (f"{first}{unit}{CONNECTORS.get(connector, connector)}{last}{unit}",))


def _judge_hyphen(match: regex.Match[str]) -> Judgement | None:
    first, last = match.group("first", "last")
    if int(first) >= int(last):
        return None
    return Judgement(HYPHEN, (match[0].replace("-", "—"),))


DETECTOR = Patterns(
    (
        Pattern(
            rules=(OMITTED,),
            expression=regex.compile(
                rf"(?<![\d.%％万亿/A-Za-z〔—～~–-])(?P<first>{NUMBER})(?P<connector>[-–—～~至])(?P<last>{NUMBER})"
                r"(?P<unit>[%％万亿])",
                regex.ASCII,
            ),
            judge=_judge_omitted,
            first_look=anywhere(*(rf"{mark}(?<=\d{mark}){NUMBER}[%％万亿]" for mark in "-–—～~至")),
        ),
        Pattern(
            rules=(HYPHEN,),
            expression=regex.compile(
                r"(?<![\d.-])(?P<first>(?:19|20)\d{2})年?-(?P<last>(?:19|20)\d{2})年"
                r"|(?<![\d.年月/-])(?P<first>\d{1,2})月?-(?P<last>1?\d)月(?!\d)",
                regex.ASCII,
            ),
            judge=_judge_hyphen,
            first_look=anywhere(r"-(?:19|20)?\d\d?[年月]"),
        ),
    )
)
