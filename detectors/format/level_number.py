"""The numbers of levels: 一、（一）1.（1）, one after the other and with the right mark (GB/T 9704—2012, 7.3.3).

A document is read as a whole. What is lawful there and must not alarm: lists that begin anew, numbers that
run on across higher levels (（十二） below 三、), levels left out at the top, a first number inside the
paragraph before it, excerpts that begin in the middle.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from detectors.kernel.finding import Category, Finding, Rule, Severity
from detectors.kernel.numerals import DIGITS as NUMERALS
from detectors.kernel.numerals import NUMERAL, value_of
from detectors.kernel.sources import cite
from detectors.kernel.text import Text

# Here `re` is twice as quick as `regex`.
LEVEL = re.compile(
    rf"({NUMERAL})([、.，])|[（(]({NUMERAL})[）)]([、.，]?)"
    r"|(?:附件[：:][ ]*)?(\d{1,3})([、.])(?!\d)|[（(](\d{1,2})[）)]([、.，]?)",
    re.ASCII,
)
"""Each alternative has two groups: the numeral, and the mark behind it."""
LINE_START = re.compile(rf"\n[ ]*(?=[{NUMERALS}十（(1-9附])", re.ASCII)
FORMS = ("{}、", "（{}）", "{}.", "（{}）")
MARKS = ("、", "", ".", "")
BRACKETED = (1, 3)

WRONG_MARK = Rule(
    code="FM020",
    name="层次序数后的标点有误",
    category=Category.FORMAT,
    severity=Severity.INFO,
    why="文中层次序数依次可以用“一、”“（一）”“1.”“（1）”：汉字数字后用顿号，阿拉伯数字后用下脚点，带括号的后面不用标点。",
    source=cite("gb-t-9704-2012", "7.3.3"),
    hits=(
        "⟦（一）、⟧健全制度机制。",
        "⟦1、⟧强化内容审核。\n⟦2、⟧强化监督检查。",
        "⟦一.⟧总体要求",
        "⟦（1）、⟧受理",
        "附件：⟦1、⟧检查结果汇总表\n⟦2、⟧问题清单\n",
    ),
    misses=(
        "（一）健全制度机制。",
        "1.强化内容审核。\n2.强化监督检查。",
        "一、总体要求",
        "3.15消费者权益日",
        "（四）、（五）项所列人员",
    ),
)
OUT_OF_ORDER = Rule(
    code="FM021",
    name="层次序数不连续",
    category=Category.FORMAT,
    severity=Severity.INFO,
    why="同一层次的序数与前一个不连续，请核对是否漏号、重号或者颠倒。",
    source=cite("gb-t-9704-2012", "7.3.3"),
    hits=(
        "一、总体要求\n二、主要任务\n⟦四、⟧保障措施\n",
        "一、总体要求\n二、主要任务\n⟦二、⟧保障措施\n",
        "二、主要任务\n（一）加强领导。\n⟦（三）⟧加强监督。\n",
    ),
    misses=(
        "一、总体要求\n二、主要任务\n三、保障措施\n",
        "一、总体要求\n（一）指导思想。\n（二）基本原则。\n二、主要任务\n（三）加强领导。\n",
        "二、主要任务。（一）加强领导。\n（二）加强监督。\n",
        "三、保障措施\n（二）加强监督。\n",
    ),
)
SKIPPED = Rule(
    code="FM022",
    name="跳过了层次",
    category=Category.FORMAT,
    severity=Severity.INFO,
    why="文中层次依次为“一、”“（一）”“1.”“（1）”，选定起始层次之后应顺着次序向下，这里跳过了中间的层次。",
    source=cite("gb-t-15834-2011", "B.3.8"),
    hits=("一、主要任务\n⟦（1）⟧加强领导。\n（2）加强监督。\n",),
    misses=(
        "一、主要任务\n1.加强领导。\n2.加强监督。\n",
        "一、主要任务\n（一）加强领导。\n1.明确责任。\n（1）定人员。\n",
    ),
)


@dataclass(slots=True)
class Counter:
    """What has been counted on one level: the last number of each list that is still open."""

    open: list[int] = field(default_factory=list)

    def accepts(self, number: int) -> bool:
        """Count a number; tell whether it begins a list or goes on with one that is open."""
        if self.open and self.open[-1] == number - 1:
            self.open[-1] = number
            return True
        if number == 1 or not self.open:
            self.open.append(number)
            return True
        for place in range(len(self.open) - 1, -1, -1):
            if self.open[place] == number - 1:
                self.open[place:] = [number]
                return True
        self.open[-1] = number
        return False


def _numeral(number: int, *, chinese: bool) -> str:
    if not chinese:
        return str(number)
    tens, ones = divmod(number, 10)
    return (
        (NUMERALS[tens - 1] if tens > 1 else "")
        + ("十" if tens else "")
        + (NUMERALS[ones - 1] if ones else "")
    )


@dataclass(frozen=True, slots=True)
class LevelNumbers:
    """Counts the levels of a document, line by line."""

    rules: Sequence[Rule] = (WRONG_MARK, OUT_OF_ORDER, SKIPPED)

    def find(self, text: Text) -> Iterator[Finding]:
        """Find wrong marks, numbers out of order and levels left out."""
        if not LINE_START.search("\n" + text.skeleton):
            return
        folded = text.folded
        counters = [Counter() for _ in FORMS]
        parent: int | None = None
        before = 0
        for match in _levels(folded):
            group = match.lastindex or 0
            level = group // 2 - 1
            numeral, mark = match.group(group - 1, group)
            first, end = match.start(group - 1) - (level in BRACKETED), match.end()
            if mark != MARKS[level] and _stands_before_words(folded, end):
                yield Finding(WRONG_MARK, text.span(first, end), (FORMS[level].format(numeral),))
            number = int(numeral) if numeral.isascii() else value_of(numeral)
            if not counters[level].accepts(number) and not _stands_between(
                folded, before, first, level, number
            ):
                yield Finding(OUT_OF_ORDER, text.span(first, end))
            elif level == len(FORMS) - 1 and number == 1 and parent == 0:
                yield Finding(SKIPPED, text.span(first, end))
            if level < len(FORMS) - 1:
                parent = level
            before = end


def _levels(folded: str) -> Iterator[re.Match[str]]:
    """Find the numbers that stand at the beginning of a line."""
    first = LEVEL.match(folded, len(folded) - len(folded.lstrip(" ")))
    if first is not None:
        yield first
    for start in LINE_START.finditer(folded):
        match = LEVEL.match(folded, start.end())
        if match is not None:
            yield match


def _stands_between(folded: str, first: int, last: int, level: int, number: int) -> bool:
    """Tell whether the number before this one stands inside the paragraphs in between."""
    form = FORMS[level].format(_numeral(number - 1, chinese=level < 2))
    return folded.find(form, first, last) >= 0


def _stands_before_words(folded: str, place: int) -> bool:
    """Tell a level from a number in a cell of its own, and from the beginning of （四）、（五）项."""
    return folded[place : place + 1] not in ("", "\n", "\t", "（", "(")


DETECTOR = LevelNumbers()
