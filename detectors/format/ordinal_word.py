"""第一， and 首先，: words of order are followed by a comma (GB/T 15834—2011, B.3.1)."""

from __future__ import annotations

import regex

from detectors.kernel.detector import Judgement, Pattern
from detectors.kernel.finding import Category, Rule, Severity
from detectors.kernel.first_look import anywhere
from detectors.kernel.sources import cite

COMMA = Rule(
    code="FM024",
    name="“第一”后用了顿号",
    category=Category.FORMAT,
    severity=Severity.INFO,
    why="“第”字头的序次语后用逗号，如“第一，”；顿号用在不带括号的汉字数字之后，如“一、”。",
    source=cite("gb-t-15834-2011", "B.3.1"),
    hits=("⟦第一、⟧加强组织领导。", "主要做好两件事。⟦第二、⟧落实经费保障。"),
    misses=("第一，加强组织领导。", "第一、二、三产业", "第一、第二产业", "夺得第一、二名", "本条第一、四款"),
)


def _judge(match: regex.Match[str]) -> Judgement:
    return Judgement(COMMA, (match[0][:-1] + "，",))


DETECTOR = Pattern(
    rules=(COMMA,),
    expression=regex.compile(
        r"(?<=(?:^|[\n。；：])[ ]*)第[一二三四五六七八九十]、(?![一二三四五六七八九十第])(?![^\n，。；]{0,12}(?:第|条|款|项))",
        regex.ASCII,
    ),
    judge=_judge,
    first_look=anywhere("第[一二三四五六七八九十]、"),
)
