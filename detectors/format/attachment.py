"""The 附件 lines of a document: 附件：1. … (GB/T 9704—2012, 7.3.4); their numbers are counted as levels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from detectors.kernel.finding import Category, Finding, Rule, Severity
from detectors.kernel.first_look import anywhere
from detectors.kernel.sources import cite
from detectors.kernel.text import Text

SOURCE = cite("gb-t-9704-2012", "7.3.4")
LINES = regex.compile(r"(?<=(?:^|\n)[ ]*)附件[：:][^\n]+(?:\n[ ]*\d{1,2}[.、][^\n]+)*", regex.ASCII)
NAME = regex.compile(
    r"(?<=(?:^附件[：:]|\n)[ ]*)(?:\d{1,2}[.、][ ]*)?(?<name>[^\n。；，]{2,60}?)(?<end>[。；，、;,]?)(?=[ ]*(?:\n|$))",
    regex.ASCII,
)
FIRST_LOOK = anywhere("附件[：:]")

MARK_BEHIND = Rule(
    code="FM070",
    name="附件名称后有标点",
    category=Category.FORMAT,
    severity=Severity.INFO,
    why="附件说明中，附件名称后不加标点符号。",
    source=SOURCE,
    hits=("附件：检查结果汇总⟦表。⟧", "附件：1.检查结果汇总⟦表；⟧\n2.问题清⟦单。⟧\n"),
    misses=(
        "附件：检查结果汇总表",
        "附件：1.检查结果汇总表\n2.问题清单\n",
        "附件：请各单位于3月5日前报送材料，逾期不再受理。",
    ),
)


@dataclass(frozen=True, slots=True)
class AttachmentLines:
    """Reads each list of attachments as a whole."""

    rules: Sequence[Rule] = (MARK_BEHIND,)

    def find(self, text: Text) -> Iterator[Finding]:
        """Judge every name of every list."""
        if not FIRST_LOOK(text):
            return
        for lines in LINES.finditer(text.folded):
            for name in NAME.finditer(lines[0]):
                if name["end"]:
                    # The mark is shown with the character before it, since nothing is left of it.
                    end = lines.start() + name.end("end")
                    yield Finding(MARK_BEHIND, text.span(end - 2, end), (name["name"][-1],))


DETECTOR = AttachmentLines()
