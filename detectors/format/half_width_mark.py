"""Half-width marks inside Chinese: every mark of Chinese takes a whole place.

Numbers, times, ratios, addresses of pages, English and code keep theirs: a Chinese character must stand before
the mark, and Chinese or a number behind it.
"""

from __future__ import annotations

import regex

from detectors.kernel.detector import Habitual, Judgement, Pattern, Patterns
from detectors.kernel.finding import Category, Rule, Severity
from detectors.kernel.first_look import anywhere, characters
from detectors.kernel.sources import cite

HAN = r"\u4e00-\u9fff"
WIDE = str.maketrans(",;:!?.()", "，；：！？。（）")

POINT = Rule(
    code="FM080",
    name="中文里的半角点号",
    category=Category.FORMAT,
    severity=Severity.INFO,
    why="中文的句号、逗号、分号、冒号、问号、叹号占一个字的位置，用全角。",
    source=cite("gb-t-15834-2011", "5.1"),
    hits=(
        "各单位要高度重视⟦,⟧认真落实。",
        "附件⟦:⟧检查结果",
        "会议指出⟦,⟧2024年要抓好落实⟦.⟧",
        "完成整改⟦;⟧建立台账。",
    ),
    misses=(
        "各单位要高度重视，认真落实。",
        "时间为10:30，比分3:2，金额1,234.5元。",
        "详见http://www.example.gov.cn/index.html",
        "见第3.2.1条和图1.2",
        "会议由Zhao, Qian主持",
        "一.总体要求",
        "访问 政务.公益 域名",
    ),
)
BRACKETS = Rule(
    code="FM081",
    name="中文里的半角括号",
    category=Category.FORMAT,
    severity=Severity.INFO,
    why="中文的括号占一个字的位置，用全角“（）”。",
    source=cite("gb-t-15834-2011", "5.1.3"),
    hits=("⟦(一)⟧健全制度机制。", "管理办法⟦(试行)⟧"),
    misses=("（一）健全制度机制。", "人工智能(AI)技术", "sum(收入)", "(收入-支出)×100%", "at Beijing (北京)"),
)


def _judge_point(match: regex.Match[str]) -> Judgement:
    return Judgement(POINT, (match[0].translate(WIDE),))


def _judge_brackets(match: regex.Match[str]) -> Judgement:
    return Judgement(BRACKETS, (match[0].translate(str.maketrans("()", "（）")),))


POINTS = Patterns(
    (
        Pattern(
            rules=(POINT,),
            expression=regex.compile(
                rf"[,;:!?](?<=[{HAN}”’》）].)(?=[ ]?[{HAN}“‘《（\d]|[ ]*(?:\n|$))", regex.ASCII
            ),
            judge=_judge_point,
            first_look=characters(",;:!?"),
        ),
        Pattern(
            rules=(POINT,),
            expression=regex.compile(
                # 一. and 十二. are levels, not ends of sentences.
                rf"\.(?<=[{HAN}][{HAN}”’》）]\.)(?<![一二三四五六七八九十]\.)"
                rf"(?=(?!公司|网络|中国|政务|公益|网址|网站|商标|组织)[{HAN}“‘《（]|[ ]*(?:\n|$))",
                regex.ASCII,
            ),
            judge=_judge_point,
            first_look=anywhere(rf"\.(?=[{HAN}“‘《（]|[ ]*(?:\n|$))"),
        ),
    )
)
BRACKETED = Pattern(
    rules=(BRACKETS,),
    expression=regex.compile(
        rf"(?<![A-Za-z0-9_=+×÷*/][ ]?)\((?=[^()\n]*[{HAN}])[^()+×÷*/={{}}\n]{{1,40}}\)(?![ ]?[=+×÷*/-])",
        regex.ASCII,
    ),
    judge=_judge_brackets,
    first_look=anywhere(r"\([^()\n]*\)"),
)
DETECTOR = Patterns((Habitual(POINTS, right="，；："), Habitual(BRACKETED, right="（")))
