"""Reports and rules as people and programs read them on the command line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from types import MappingProxyType

from app.fingerprint import Fingerprints
from app.formats.kernel.reading import Reading
from app.masked_text import MaskedText
from app.offsets import OffsetUnit
from app.schemas import from_report, shown_fields
from app.text_report import Report, Verdict
from detectors.kernel.finding import Category, Finding, Rule, Severity, Source

VERDICTS = {
    Verdict.BLOCK: "不能发布：有须改的问题",
    Verdict.REVIEW: "须人工核实",
    Verdict.PASS: "未发现须处理的问题",
}
NEVER: Mapping[str, tuple[int, int]] = MappingProxyType({})
EXCERPT = 12
"""Code points on either side."""


def cited(source: Source) -> str:
    """Name a source in one line."""
    clause = f"，{source.clause}" if source.clause else ""
    return f"《{source.title}》（{source.issuer}，{source.date}）{clause}"


@dataclass(frozen=True, slots=True)
class Part:
    """What is told of a report on one piece of a text besides the report."""

    around: Sequence[Finding]
    """All that was found in the text of the report, in the lines around the piece, too: it is masked in excerpts."""
    offset: int
    """Added to a place in the report gives the place in the whole text."""
    fingerprints: Fingerprints
    """Those of the pieces before."""


def excerpts(report: Report, around: Sequence[Finding] | None = None) -> list[str]:
    """Cut every finding out of its text with its neighbours, all personal data masked.

    Args:
        report: on the text.
        around: all that was found in it, where the report does not tell of all.
    """
    masked = MaskedText(report.text, around or report.findings)
    size = len(report.text)
    spans = (finding.span for finding in report.findings)
    cut = (masked.cut(max(0, span.start - EXCERPT), min(size, span.end + EXCERPT)) for span in spans)
    return [" ".join(piece.split()) for piece in cut]


def _advice(replacements: Sequence[str]) -> str:
    if not replacements:
        return ""
    return f"，可改为：{'、'.join(replacements)}" if any(replacements) else "可删去。"


def as_text(reading: Reading, report: Report) -> Iterator[str]:
    """Show a report to a person: one finding a line, then the verdict."""
    yield from findings_as_text(reading, report)
    yield verdict_as_text(reading.name, report.verdict, report.counts)


def findings_as_text(reading: Reading, report: Report, part: Part | None = None) -> Iterator[str]:
    """Show the findings of a report to a person, one a line."""
    for finding, excerpt in zip(
        report.findings, excerpts(report, part.around if part else None), strict=True
    ):
        place = reading.place(finding.span)
        advice = _advice(finding.replacements)
        rule = finding.rule
        yield (
            f"{reading.name}:{place}: {rule.severity.label} {rule.code} "
            f"【{excerpt}】{finding.because(report.text)}{advice} 依据：{cited(rule.source)}"
        )


def verdict_as_text(name: str, verdict: Verdict, counts: Mapping[Severity, int]) -> str:
    """Show what was found in a file in one line."""
    told = " ".join(f"{severity.label}{count}" for severity, count in counts.items())
    return f"{name}: {VERDICTS[verdict]}（{told}）"


def as_json(reading: Reading, report: Report) -> dict[str, object]:
    """Show a report to a program: the answer of the API, with the file's name and the places in it."""
    answer = from_report(report, OffsetUnit.CODEPOINT).model_dump(mode="json")
    for finding, shown in zip(report.findings, answer["findings"], strict=True):
        place = reading.place(finding.span)
        shown |= {"place": str(place), **place.fields()}
    return {"file": reading.name, **answer, "notes": list(reading.notes)}


def as_records(reading: Reading, report: Report, part: Part | None = None) -> Iterator[str]:
    """Show a report as JSON lines, one a finding, with its place in the file."""
    shown = shown_fields(report, OffsetUnit.CODEPOINT, part.fingerprints if part else None)
    offset = part.offset if part else 0
    cut = excerpts(report, part.around if part else None)
    for finding, fields, excerpt in zip(report.findings, shown, cut, strict=True):
        place = reading.place(finding.span)
        record = {
            "file": reading.name,
            "place": str(place),
            **place.fields(),
            **fields,
            "start": fields["start"] + offset,
            "end": fields["end"] + offset,
            "excerpt": excerpt,
        }
        yield json.dumps(record, ensure_ascii=False)


def rules_as_text(rules: Iterable[Rule], used: Mapping[str, tuple[int, int]] = NEVER) -> Iterator[str]:
    """List rules, one a line.

    Args:
        rules: the rules.
        used: for those that fired in reviews, in how many, and in how many of them falsely.
    """
    for rule in rules:
        line = f"{rule.code}\t{rule.category.label}\t{rule.severity.label}\t{rule.name}"
        if rule.code in used:
            reviews, false_alarms = used[rule.code]
            line = f"{line}\t误报 {false_alarms}/{reviews}（{false_alarms / reviews:.1%}）"
        yield line


def rules_as_markdown(rules: Iterable[Rule]) -> Iterator[str]:
    """Write the page of all rules, by category."""
    yield "# 规则"
    yield ""
    yield "本页由 `make rules` 生成，不要手改；改条目见 CONTRIBUTING.md。"
    ordered = sorted(rules, key=lambda rule: (list(Category).index(rule.category), rule.code))
    for category, group in groupby(ordered, key=lambda rule: rule.category):
        listed = list(group)
        yield ""
        yield f"## {category.label}（{len(listed)}）"
        yield ""
        yield "| 编号 | 规则 | 级别 | 说明 | 依据 |"
        yield "|---|---|---|---|---|"
        for rule in listed:
            cells = (rule.code, rule.name, rule.severity.label, rule.why, cited(rule.source))
            yield "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
