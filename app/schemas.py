"""The wire models of checking and masking, version 1, and the one way from a report to them."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import (
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    model_validator,
)
from pydantic_core import PydanticCustomError

from app.documents import Document
from app.fingerprint import Fingerprints, shown_text
from app.masks import Masking, MaskStyle
from app.offsets import OffsetUnit, convert
from app.text_report import Report, Verdict
from app.wire import PublishedOn, SiteVersion, SourceModel, Text, Unit, WireModel
from detectors.kernel.finding import Category, Severity

MOST_KEPT = 18
"""No number is longer that may keep anything."""


def _whole(value: object) -> object:
    """Take 2.0 for 2, as JSON Schema does."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


Kept = Annotated[int, Field(ge=0, le=MOST_KEPT, strict=True), BeforeValidator(_whole)]


class TextFormat(StrEnum):
    """What a text is."""

    TEXT = "text"
    HTML = "html"


class ProofreadRequest(WireModel):
    """A text to be checked."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"text": "截止目前，各单位已完成整改。"},
                {
                    "text": "赵小明，身份证号11010519491231002X。",
                    "published_on": "2023-04-18",
                    "categories": ["expression", "privacy"],
                    "offset_unit": "utf16",
                },
            ]
        }
    )

    text: Text
    format: Annotated[
        TextFormat,
        Field(
            description="text 纯文本；html 网页源码，检查看得见的文字和链接，位置按源码计算。"
            "问题跨着标签的，text 与源码中的这一段不同，不宜直接替换。"
        ),
    ] = TextFormat.TEXT
    published_on: PublishedOn = None
    categories: Annotated[
        list[Category] | None, Field(description="只查这些类别；默认全查。", min_length=1)
    ] = None
    hints: Annotated[
        StrictBool, Field(description="连同把握不大的错别字也列出，级别为可斟酌（info）；默认不列。")
    ] = False
    offset_unit: Unit = OffsetUnit.CODEPOINT


class RedactRequest(WireModel):
    """A text or a page whose personal data shall be masked."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"text": "赵小明，身份证号11010519491231002X。"},
                {"text": "<td>13800138000</td>", "format": "html", "style": "custom", "keep_tail": 2},
            ],
            # What `_keep_goes_with_custom` asks, as the schema says it.
            "if": {"properties": {"style": {"const": "custom"}}, "required": ["style"]},
            "else": {"properties": {"keep_head": {"const": 0}, "keep_tail": {"const": 0}}},
        }
    )

    text: Text
    format: Annotated[
        TextFormat, Field(description="text 纯文本；html 网页源码，只改写被遮盖的字符，标签等一律不动。")
    ] = TextFormat.TEXT
    everything: Annotated[StrictBool, Field(description="连同可斟酌（info）的也遮盖；默认只遮盖泄露。")] = (
        False
    )
    style: Annotated[
        MaskStyle,
        Field(
            description="default 按各类号码的惯例（手机 138****1234，身份证 2+3）；2+3、6+4 身份证保留前后的位数；"
            "all 全部遮盖；custom 按 keep_head、keep_tail。留得太多、仍算泄露的，改按惯例遮盖。"
        ),
    ] = MaskStyle.DEFAULT
    keep_head: Annotated[Kept, Field(description="style 为 custom 时，号码开头保留的位数。")] = 0
    keep_tail: Annotated[Kept, Field(description="style 为 custom 时，号码末尾保留的位数。")] = 0
    keep_length: Annotated[StrictBool, Field(description="遮盖与原文等长；否则一律写作 ***。")] = True
    offset_unit: Unit = OffsetUnit.CODEPOINT

    @model_validator(mode="after")
    def _keep_goes_with_custom(self) -> Self:
        if self.style is not MaskStyle.CUSTOM and (self.keep_head or self.keep_tail):
            raise PydanticCustomError("keep_without_custom", "keep_head and keep_tail go with custom")
        return self

    @property
    def masking(self) -> Masking:
        """What of a number stays open."""
        return Masking(self.style, self.keep_head, self.keep_tail, self.keep_length)


class FindingModel(WireModel):
    """One place where a rule fires."""

    id: Annotated[str, Field(description="稳定的指纹：文稿别处改动，它不变。")]
    rule: str
    category: Category
    severity: Severity
    start: int
    end: int
    text: Annotated[str, Field(description="命中的原文，网页为看得见的文字；隐私类为遮盖后的文本。")]
    message: str
    replacements: Annotated[list[str], Field(description="建议的写法，最好的在前；空字符串表示删去。")]
    source: SourceModel


class Counts(WireModel):
    """Findings of each severity."""

    error: int
    warning: int
    info: int


class ProofreadResponse(WireModel):
    """A checked text: verdict and findings in order."""

    verdict: Annotated[
        Verdict, Field(description="block 有须改的问题，review 有须核实的问题，pass 可以发布。")
    ]
    offset_unit: OffsetUnit
    lexicon_version: str
    site_lexicon_version: SiteVersion
    counts: Counts
    findings: list[FindingModel]


class RedactResponse(WireModel):
    """The masked text, and what was found in the text as submitted."""

    text: str
    clean: Annotated[bool, Field(description="遮盖后再检查一遍，已无须遮盖的内容。")]
    offset_unit: OffsetUnit
    lexicon_version: str
    site_lexicon_version: SiteVersion
    findings: list[FindingModel]


def shown_fields(
    report: Report,
    unit: OffsetUnit,
    fingerprints: Fingerprints | None = None,
    document: Document | None = None,
) -> Iterator[dict[str, Any]]:
    """Show the findings of a report one by one, as the fields of a `FindingModel`; a list has 200,000 of them.

    Args:
        report: on a text, or on a piece of one.
        unit: of the offsets.
        fingerprints: those of the pieces before.
        document: of whose text the report is, where places are told in its source.
    """
    names = (fingerprints or Fingerprints()).names(report)
    spans = [
        finding.span if document is None else document.in_source(finding.span) for finding in report.findings
    ]
    source = report.text if document is None else document.source
    offsets = convert(source, (end for span in spans for end in (span.start, span.end)), unit)
    for finding, span, name in zip(report.findings, spans, names, strict=True):
        cited = finding.rule.source
        yield {
            "id": name,
            "rule": finding.rule.code,
            "category": finding.rule.category,
            "severity": finding.rule.severity,
            "start": offsets[span.start],
            "end": offsets[span.end],
            "text": shown_text(report, finding),
            "message": finding.because(report.text),
            "replacements": list(finding.replacements),
            "source": {
                "title": cited.title,
                "issuer": cited.issuer,
                "date": cited.date,
                "clause": cited.clause,
            },
        }


def findings_of(report: Report, unit: OffsetUnit, document: Document | None = None) -> list[FindingModel]:
    """Show all findings of a report; see `shown_fields`."""
    shown = shown_fields(report, unit, document=document)
    return [FindingModel.model_validate(fields) for fields in shown]


def head_of(report: Report, unit: OffsetUnit) -> dict[str, Any]:
    """Show all of a report but its findings, as the fields of a `ProofreadResponse`."""
    return {
        "verdict": report.verdict,
        "offset_unit": unit,
        "lexicon_version": report.lexicon_version,
        "site_lexicon_version": report.site_lexicon_version,
        "counts": {severity.value: count for severity, count in report.counts.items()},
    }


def from_report(report: Report, unit: OffsetUnit, document: Document | None = None) -> ProofreadResponse:
    """Show a report; see `shown_fields`."""
    return ProofreadResponse(**head_of(report, unit), findings=findings_of(report, unit, document))
