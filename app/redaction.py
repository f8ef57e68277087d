"""Masking: the privacy findings of a document written over, and the result looked at again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from app.documents import Document
from app.engine import Engine
from app.masks import BY_CUSTOM, EVERYTHING, Masking
from app.site.layer import NO_LAYER, SiteLayer
from app.text_report import Report
from detectors.kernel.finding import Category, Finding, Severity


@dataclass(frozen=True, slots=True)
class Redacted:
    """A masked document."""

    document: Document
    report: Report
    """The privacy report on the document as it was."""
    clean: bool
    """Whether the engine, asked again, finds nothing more of what was to be masked."""


def redact(
    engine: Engine,
    document: Document,
    *,
    masking: Masking = BY_CUSTOM,
    everything: bool = False,
    layer: SiteLayer = NO_LAYER,
) -> Redacted:
    """Mask the personal data of a document.

    What still leaks under the style asked for is masked as is the custom, and then entirely: a style that keeps
    too much, or a mask that lays bare what a longer finding hid, must not leave a leak behind.

    Args:
        engine: finds the data, and afterwards proves that nothing is left.
        document: a text or a page; of a page all bytes but the masked characters stay.
        masking: what of a number stays open.
        everything: mask hints (`info`) too, not only leaks.
        layer: what the site has laid over the shipped rules.
    """
    first = report = _private(engine, document, layer)
    for style in styles(masking):
        findings = due(report.findings, everything=everything)
        if not findings:
            break
        document = document.rewritten(masked(findings, document.text, style))
        report = _private(engine, document, layer)
    return Redacted(document, first, not due(report.findings, everything=everything))


def styles(masking: Masking) -> tuple[Masking, ...]:
    """Give the style asked for and those that follow it, should it leave a leak."""
    return masking, replace(BY_CUSTOM, keep_length=masking.keep_length), EVERYTHING


def due(findings: Iterable[Finding], *, everything: bool) -> list[Finding]:
    """Choose what is to be masked."""
    return [f for f in findings if everything or f.rule.severity is not Severity.INFO]


def masked(findings: Iterable[Finding], text: str, style: Masking) -> list[Finding]:
    """Give findings of a text with the mask of a style for their first replacement."""
    return [replace(f, replacements=(style.over(f, text),)) for f in findings]


def _private(engine: Engine, document: Document, layer: SiteLayer) -> Report:
    return engine.check(document.text, categories={Category.PRIVACY}, layer=layer)
