"""Two marks where one must stand; ？！ and the marks of an unfilled form are no slip."""

from __future__ import annotations

import regex

from detectors.kernel.detector import Judgement, Pattern
from detectors.kernel.finding import Category, Rule, Severity
from detectors.kernel.first_look import anywhere, both, characters, either
from detectors.kernel.sources import cite

DOUBLED = Rule(
    code="FM085",
    name="标点重复",
    category=Category.FORMAT,
    severity=Severity.WARNING,
    why="句号、逗号、顿号、分号、冒号置于文字之后，两个连在一起，多了一个。",
    source=cite("gb-t-15834-2011", "5.1.1"),
    hits=(
        "各单位要高度重视⟦，，⟧认真落实。",
        "请认真贯彻执行⟦。。⟧",
        "会议强调⟦，。⟧",
        "这是为什么⟦？，⟧请说明",
    ),
    misses=(
        "各单位要高度重视，认真落实。",
        "姓名：，性别：，电话：。",
        "这是怎么回事？！",
        "等到什么时候。。。",
        "他说：“好。”，随后离开",
    ),
)


def _judge(match: regex.Match[str]) -> Judgement | None:
    written = match[0]
    if len(set(written)) == 1:
        # 。。。 stands for an ellipsis.
        return None if len(written) > 2 and written[0] == "。" else Judgement(DOUBLED, (written[0],))
    if "：" in written:
        return None
    return Judgement(DOUBLED, (written[0],) if written[0] in "！？" else (written[-1], written[0]))


DETECTOR = Pattern(
    rules=(DOUBLED,),
    expression=regex.compile(r"[，。、；：]{2,}|[！？][，。、；]+", regex.ASCII),
    judge=_judge,
    first_look=either(
        anywhere(*(mark + "[，。、；：]" for mark in "，。、；：")),
        both(characters("！？"), anywhere("！[，。、；]", "？[，。、；]")),
    ),
    overlapped=False,
)
