"""The 顿号: not between quoted or titled items, not before 和 and 等."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from detectors.kernel.boundaries import is_whole_words
from detectors.kernel.detector import Judgement, Pattern, Patterns
from detectors.kernel.finding import Category, Finding, Rule, Severity
from detectors.kernel.first_look import anywhere
from detectors.kernel.sources import cite
from detectors.kernel.text import Text

WORD = r"、(?:和(?![平合谐衷睦])|以及|及(?![时早格])|等等?(?![级高距效值待爱]))"
"""和, 及 and 等 that begin no common word; the rest is for the segmenter to tell."""

MARKED_LIST = regex.compile(
    r"“[^“”\n]{1,60}”(?:、“[^“”\n]{1,60}”)++|《[^《》\n]{1,60}》(?:、《[^《》\n]{1,60}》)++", regex.ASCII
)
BETWEEN = regex.compile("”、“|》、《", regex.ASCII)
MARKED_LOOK = anywhere("”、“", "》、《")

BETWEEN_MARKED = Rule(
    code="FM060",
    name="引号、书名号之间的顿号",
    category=Category.FORMAT,
    severity=Severity.INFO,
    why="标有引号或书名号的并列成分之间通常不用顿号；其间有括注等其他成分的除外。",
    source=cite("gb-t-15834-2011", "4.5.3.5"),
    hits=("扎实做好“六稳⟦”、“⟧六保”工作。", "学习《民法典⟦》、《⟧行政处罚法》。"),
    misses=(
        "扎实做好“六稳”“六保”工作。",
        "坚持“一国两制”、“港人治港”、高度自治的方针。",
        "学习《民法典》（2020年）、《行政处罚法》（2021年）。",
        "落实方案、“双减”、“双增”要求",
    ),
)
BEFORE_AND = Rule(
    code="FM061",
    name="“和”“及”前的顿号",
    category=Category.FORMAT,
    severity=Severity.INFO,
    why="并列词语的最后一项用“和”“及”连接时，前面不再用顿号；需要较长停顿时，“以及”“及”之前用逗号。",
    source=cite("gb-t-15834-2011", "A.3"),
    hits=("各镇⟦、和⟧街道办事处", "包括文字、图片⟦、以及⟧视频。"),
    misses=(
        "各镇和街道办事处",
        "包括文字、图片，以及视频。",
        "求团结、和平、发展",
        "做到准确、及时、全面",
        "共建、和谐共生",
    ),
)
BEFORE_ETC = Rule(
    code="FM062",
    name="“等”前的顿号",
    category=Category.FORMAT,
    severity=Severity.INFO,
    why="并列成分之间用顿号的，末尾的“等”“等等”之前不用顿号或其他点号。",
    source=cite("gb-t-15834-2011", "B.1.2"),
    hits=("教育、医疗、养老⟦、等⟧领域",),
    misses=("教育、医疗、养老等领域", "按规格、等级、产地分类", "风险评估、等级保护测评"),
)


def _judge_word(match: regex.Match[str]) -> Judgement | None:
    word = match[0][1:]
    if not is_whole_words(match.string, match.start() + 1, match.end()):
        return None
    if word == "等":
        return Judgement(BEFORE_ETC, (word,))
    return Judgement(BEFORE_AND, (f"，{word}",) if word == "以及" else (word,))


@dataclass(frozen=True, slots=True)
class MarkedLists:
    """Reads each list of quoted or titled members as a whole."""

    rules: Sequence[Rule] = (BETWEEN_MARKED,)

    def find(self, text: Text) -> Iterator[Finding]:
        """Find the marks between members of lists that have no bare member."""
        if not MARKED_LOOK(text):
            return
        folded = text.folded
        for members in MARKED_LIST.finditer(folded):
            first, last = members.span()
            # A list with a bare member too keeps its marks: “一国两制”、“港人治港”、高度自治.
            if folded[first - 1 : first] == "、" or folded[last : last + 1] == "、":
                continue
            for mark in BETWEEN.finditer(folded, first, last):
                yield Finding(BETWEEN_MARKED, text.span(*mark.span()), (mark[0].replace("、", ""),))


DETECTOR = Patterns(
    (
        MarkedLists(),
        Pattern(
            rules=(BEFORE_AND, BEFORE_ETC),
            expression=regex.compile(WORD, regex.ASCII),
            judge=_judge_word,
            first_look=anywhere(WORD),
        ),
    )
)
