"""The forms of 省略号 and 破折号: two places each."""

from __future__ import annotations

import regex

from detectors.kernel.detector import Judgement, Pattern, Patterns
from detectors.kernel.finding import Category, Rule, Severity
from detectors.kernel.first_look import anywhere
from detectors.kernel.sources import cite

HAN = r"\u4e00-\u9fff"

ELLIPSIS = Rule(
    code="FM086",
    name="省略号形式有误",
    category=Category.FORMAT,
    severity=Severity.INFO,
    why="省略号的形式是“……”，六个小圆点，占两个字的位置。",
    source=cite("gb-t-15834-2011", "4.11.2"),
    hits=("有的种树，有的浇水⟦…⟧", "等到什么时候⟦。。。⟧", "我们正在努力⟦...⟧", "请稍候⟦………⟧"),
    misses=(
        "有的种树，有的浇水……",
        "第一章 总则…………………………3",
        "第一章 总则......3",
        "版本1.2..3",
        "and so on... 完",
    ),
)
AND_SO_ON = Rule(
    code="FM087",
    name="省略号与“等”并用",
    category=Category.FORMAT,
    severity=Severity.INFO,
    why="省略号和“等”“等等”都表示省略，不能同时使用，保留一个。",
    source=cite("gb-t-15834-2011", "A.9"),
    hits=("种植苹果、桃子、梨⟦……等⟧。", "种植苹果、桃子、梨⟦等……⟧"),
    misses=("种植苹果、桃子、梨等。", "种植苹果、桃子、梨……", "他说：“我……等一会儿再去。”"),
)
DASH = Rule(
    code="FM088",
    name="破折号形式有误",
    category=Category.FORMAT,
    severity=Severity.INFO,
    why="破折号的形式是“——”，占两个字的位置，不用短横线代替，也不多写。",
    source=cite("gb-t-15834-2011", "4.10.2"),
    hits=("建设低空经济新高地⟦--⟧我市一季度观察", "⟦———⟧经济平稳增长。"),
    misses=(
        "建设低空经济新高地——我市一季度观察",
        "——经济平稳增长。",
        "make --help",
        "姓名————————",
        "北京—上海",
    ),
)


def _judge_dots(match: regex.Match[str]) -> Judgement | None:
    # More are the leaders of a table of contents; four stand for left out paragraphs.
    if match[0][0] == "…" and len(match[0]) not in (1, 3, 5):
        return None
    return Judgement(ELLIPSIS, ("……",))


def _judge_and_so_on(match: regex.Match[str]) -> Judgement:
    return Judgement(AND_SO_ON, (match[0].strip("…"), "……"))


DETECTOR = Patterns(
    (
        Pattern(
            rules=(ELLIPSIS,),
            expression=regex.compile(
                rf"(?<![…A-Za-z])…{{1,5}}(?![…\d])|(?<![。.])。{{3,}}|(?<=[{HAN}”》）])\.{{3,6}}(?![.\dA-Za-z])",
                regex.ASCII,
            ),
            judge=_judge_dots,
            first_look=anywhere(r"…(?:(?<!……)(?!…)|……)", "。。。", r"\.\.\."),
            overlapped=False,
        ),
        Pattern(
            rules=(AND_SO_ON,),
            expression=regex.compile(
                rf"…+等等?(?=[。，；、）”]|[ ]*(?:\n|$))|(?<=[{HAN}])等等?…+", regex.ASCII
            ),
            judge=_judge_and_so_on,
            first_look=anywhere("…等", "等…"),
            overlapped=False,
        ),
        Pattern(
            rules=(DASH,),
            expression=regex.compile(
                rf"(?<=[{HAN}”》）])--+(?=[{HAN}“《])|(?<![—_])———(?=[{HAN}“《])", regex.ASCII
            ),
            judge=lambda _: Judgement(DASH, ("——",)),
            first_look=anywhere("--", "———"),
            overlapped=False,
        ),
    )
)
