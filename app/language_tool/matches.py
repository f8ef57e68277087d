"""A report as matches: the one way from findings to LanguageTool's answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import regex

from app.language_tool.annotation import AnnotatedText
from app.language_tool.answer import (
    AnsweredLanguage,
    Context,
    DetectedLanguage,
    Link,
    ListedRule,
    Match,
    MatchedRule,
    MatchType,
    Replacement,
    RuleCategory,
)
from app.language_tool.request import AUTO, code_of
from app.masked_text import MaskedText
from app.offsets import OffsetUnit, convert
from app.presentation import cited
from app.text_report import Report
from detectors.kernel.context import sentence_bounds
from detectors.kernel.finding import Category, Finding, Rule, Severity, Span

NAME, SHORT_CODE, CODE = "Chinese", "zh", "zh-CN"
ISSUE_TYPES = {
    Category.EXPRESSION: "terminology",
    Category.SENSITIVE: "register",
    Category.TYPO: "misspelling",
    Category.PRIVACY: "legal",
    Category.FORMAT: "typographical",
    Category.LINK: "non-conformance",
}
"""The words of the Internationalization Tag Set, by which clients choose the colour of a mark."""
PICKY = "picky"
NEIGHBOURS = 40
"""Code points of context on either side."""
HAN = regex.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]", regex.ASCII)


def matches_of(draft: AnnotatedText, report: Report, rules_url: str) -> tuple[Match, ...]:
    """Show the findings of a report.

    Args:
        draft: the text that was checked.
        report: of its text without markup.
        rules_url: where the rule cards are, without the code.
    """
    spans = [draft.in_whole(finding.span) for finding in report.findings]
    offsets = convert(
        draft.whole, (end for span in spans for end in (span.start, span.end)), OffsetUnit.UTF16
    )
    seen = MaskedText(draft.whole, _placed(report.findings, spans))
    read = MaskedText(report.text, report.findings)
    return tuple(
        Match(
            message=f"{finding.because(report.text)} 依据：{cited(finding.rule.source)}",
            short_message=f"{finding.rule.severity.label}：{finding.rule.name}",
            replacements=tuple(Replacement(value=value) for value in finding.replacements),
            offset=offsets[span.start],
            length=offsets[span.end] - offsets[span.start],
            context=_context(seen, span),
            sentence=_sentence(read, finding.span),
            type=MatchType(type_name=_type_of(finding.rule)),
            rule=_rule(finding.rule, rules_url),
        )
        for finding, span in zip(report.findings, spans, strict=True)
    )


def language_of(asked: str, text: str) -> AnsweredLanguage:
    """Say what a text was checked as, and how much of it is Chinese."""
    letters = sum(map(str.isalpha, text))
    share = round(len(HAN.findall(text)) / letters, 2) if letters else 0.0
    source = "script" if asked == AUTO else "request"
    detected = DetectedLanguage(name=NAME, code=CODE, confidence=min(share, 1.0), source=source)
    return AnsweredLanguage(name=NAME, code=CODE, detected_language=detected)


def listed_rules(rules: Iterable[Rule]) -> Iterator[ListedRule]:
    """List rules by code."""
    for rule in sorted(rules, key=lambda rule: rule.code):
        yield ListedRule(
            rule_id=rule.code,
            description=rule.name,
            category_id=code_of(rule),
            category_name=rule.category.label,
            loc_quality_issue_type=ISSUE_TYPES[rule.category],
        )


def _rule(rule: Rule, rules_url: str) -> MatchedRule:
    return MatchedRule(
        id=rule.code,
        description=rule.name,
        issue_type=ISSUE_TYPES[rule.category],
        urls=(Link(value=f"{rules_url}/{rule.code}"),),
        category=RuleCategory(id=code_of(rule), name=rule.category.label),
        tags=(PICKY,) if rule.severity is Severity.INFO else (),
    )


def _type_of(rule: Rule) -> str:
    if rule.severity is Severity.INFO:
        return "Hint"
    return "UnknownWord" if rule.category is Category.TYPO else "Other"


def _placed(findings: Iterable[Finding], spans: Iterable[Span]) -> Iterator[Finding]:
    for finding, span in zip(findings, spans, strict=True):
        yield replace(finding, span=span)


def _context(seen: MaskedText, span: Span) -> Context:
    before = seen.cut(max(0, span.start - NEIGHBOURS), span.start)
    match = seen.cut(span.start, span.end)
    after = seen.cut(span.end, min(len(seen.text), span.end + NEIGHBOURS))
    ends = convert(before + match, (len(before), len(before + match)), OffsetUnit.UTF16)
    start = ends[len(before)]
    return Context(text=before + match + after, offset=start, length=ends[len(before + match)] - start)


def _sentence(read: MaskedText, span: Span) -> str:
    return read.cut(*sentence_bounds(read.text, span.start, span.end))
