"""The review sheet (审校单): what was found in a draft and what the editor decided, to go with the draft through 三审."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated

from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm
from pydantic import ConfigDict, Field

from app.text_report import Verdict
from app.word.content import Part, Words
from app.word.grid import add_table, tighten
from app.word.template import new_document, saved
from detectors.kernel.finding import Category, Severity

VERDICTS = {
    Verdict.BLOCK: "不能发布：须先改正",
    Verdict.REVIEW: "需要人工核实",
    Verdict.PASS: "未发现问题",
}
COLUMNS = (
    ("序号", 12),
    ("级别", 18),
    ("类别", 26),
    ("原文", 46),
    ("问题与依据", 82),
    ("建议或改为", 42),
    ("处理", 28),
)
"""Headings, and widths in millimetres."""
REVIEWS = ("初审", "复审", "终审")
TABLE_SIZE, TABLE_LINE = 10.5, 16


class Handling(StrEnum):
    """What became of a finding."""

    OPEN = "open"
    ACCEPTED = "accepted"
    MASKED = "masked"
    IGNORED = "ignored"
    FALSE_ALARM = "false_alarm"

    @property
    def label(self) -> str:
        """The name that editors read."""
        return HANDLINGS[self]


HANDLINGS = {
    Handling.OPEN: "待处理",
    Handling.ACCEPTED: "已采纳",
    Handling.MASKED: "已遮盖",
    Handling.IGNORED: "已忽略",
    Handling.FALSE_ALARM: "误报",
}


class Reviewed(Part):
    """A finding and what became of it."""

    severity: Severity
    category: Category
    rule: Words
    text: Annotated[Words, Field(description="原文；隐私类为遮盖后的文本。")]
    message: Words
    source: Words = ""
    replacement: Words = ""
    handling: Handling
    reason: Annotated[Words, Field(description="误报的理由。")] = ""


class ReviewSheet(Part):
    """What stands on a review sheet."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "title": "关于报送整改情况的通知",
                    "checked_at": "2026年11月22日 10:30",
                    "verdict": "review",
                    "letters": 412,
                    "lexicon_version": "2026.11.22-ff4a01b472bf",
                    "findings": [
                        {
                            "severity": "error",
                            "category": "typo",
                            "rule": "TY0001",
                            "text": "截止目前",
                            "message": "说统计到某时为止，用“截至”。",
                            "replacement": "截至目前",
                            "handling": "accepted",
                        }
                    ],
                }
            ]
        }
    )

    title: Words
    checked_at: Words
    published_on: Words = ""
    verdict: Verdict
    letters: Annotated[int, Field(ge=0, le=10**9)]
    lexicon_version: Words
    findings: list[Reviewed]


def write(sheet: ReviewSheet) -> bytes:
    """Write a review sheet as a .docx file, A4 across."""
    document = new_document()
    _turn(document)
    head = document.add_paragraph(style="Heading 1")
    head.alignment = WD_ALIGN_PARAGRAPH.CENTER
    head.add_run("审 校 单")
    for name, said in _facts(sheet):
        line = document.add_paragraph()
        line.add_run(f"{name}：").bold = True
        line.add_run(said)
        tighten(line, 12, 22)
    if sheet.findings:
        rows = (_row(number, finding) for number, finding in enumerate(sheet.findings, 1))
        add_table(document, COLUMNS, rows, size=TABLE_SIZE, line=TABLE_LINE)
    signatures = document.add_paragraph()
    signatures.add_run("　　　　　　　　".join(f"{review}：" for review in REVIEWS))
    tighten(signatures, 12, 40)
    return saved(document)


def _facts(sheet: ReviewSheet) -> Sequence[tuple[str, str]]:
    handled = [finding.handling for finding in sheet.findings]
    counts = "，".join(
        f"{label} {handled.count(handling)} 处"
        for handling, label in HANDLINGS.items()
        if handling in handled
    )
    facts = [
        ("稿件", sheet.title or "（无标题）"),
        ("审校时间", sheet.checked_at),
        ("发布日期", sheet.published_on),
        ("字数", f"{sheet.letters}"),
        ("结论", VERDICTS[sheet.verdict]),
        ("发现", f"共 {len(handled)} 处" + (f"：{counts}" if counts else "")),
        ("词库版本", sheet.lexicon_version),
    ]
    return [(name, said) for name, said in facts if said]


def _turn(document: Document) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin = section.bottom_margin = Mm(20)


def _row(number: int, finding: Reviewed) -> Sequence[str]:
    grounds = f"{finding.message}\n依据：{finding.source}" if finding.source else finding.message
    handling = f"{finding.handling.label}：{finding.reason}" if finding.reason else finding.handling.label
    return (
        str(number),
        finding.severity.label,
        finding.category.label,
        finding.text,
        f"{grounds}（{finding.rule}）",
        finding.replacement,
        handling,
    )
