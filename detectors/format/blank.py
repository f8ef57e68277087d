"""Blanks before marks and inside brackets; what is read is the text as submitted, whose blanks folding skips.

Two blanks and more leave room for something to be filled in, and so does a blank behind a colon.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from detectors.kernel.finding import Category, Finding, Rule, Severity, Span
from detectors.kernel.sources import cite
from detectors.kernel.text import Text

BLANK = regex.compile(
    r"(?<=[\u4e00-\u9fff0-9A-Za-z％%”’》）])[ \u3000\u00a0][，。、；：？！）》”’](?!\s*[_＿])"
    r"|[（《“‘][ \u3000\u00a0](?=[\u4e00-\u9fff0-9A-Za-z])(?![^（）《》“”‘’\n]{0,40}[ \u3000\u00a0]{2})",
    regex.ASCII,
)

BEFORE_MARK = Rule(
    code="FM091",
    name="标点旁多余的空格",
    category=Category.FORMAT,
    severity=Severity.INFO,
    why="点号置于相应文字之后，引号、括号、书名号紧靠所标的文字，中间没有空格。",
    source=cite("gb-t-15834-2011", "5.1"),
    hits=("各单位要高度重视⟦ ，⟧认真落实。", "学习⟦《 ⟧民法典⟦ 》⟧", "完成投资12亿元⟦ 。⟧"),
    misses=(
        "各单位要高度重视，认真落实。",
        "年龄（　　）岁",
        "姓名：      ，性别：      。",
        "　　各单位要高度重视。　　请认真落实。",
    ),
)


@dataclass(frozen=True, slots=True)
class Blanks:
    """Looks at the blanks that folding skipped."""

    rules: Sequence[Rule] = (BEFORE_MARK,)

    def find(self, text: Text) -> Iterator[Finding]:
        """Find single blanks on the wrong side of a mark."""
        if len(text.folded) == len(text.original):
            return
        for match in BLANK.finditer(text.original):
            yield Finding(BEFORE_MARK, Span(*match.span()), (match[0].strip(),))


DETECTOR = Blanks()
