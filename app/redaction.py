"""Masking: the privacy findings of a report applied to its text."""

from __future__ import annotations

from app.engine import Engine, Report
from detectors.kernel.finding import Category, Finding, Severity

ROUNDS = 3
"""A mask can only lay bare what an overlapping, longer finding hid; one more look is enough."""


def redact(engine: Engine, text: str, *, everything: bool = False) -> tuple[str, Report]:
    """Mask the personal data of a text.

    Args:
        engine: finds the data, and afterwards proves that nothing is left.
        text: the text to mask.
        everything: mask hints (`info`) too, not only leaks.

    Returns:
        The masked text, and the privacy report on the text as it was.
    """
    first = report = _private(engine, text)
    masked = text
    for _ in range(ROUNDS):
        due = [f for f in report.findings if everything or f.rule.severity is not Severity.INFO]
        if not due:
            break
        masked = apply_first_replacements(masked, due)
        report = _private(engine, masked)
    return masked, first


def _private(engine: Engine, text: str) -> Report:
    return engine.check(text, categories={Category.PRIVACY})


def apply_first_replacements(text: str, findings: list[Finding]) -> str:
    """Write the best replacement in the place of each finding; the findings must not overlap."""
    pieces, last = [], 0
    for finding in findings:
        pieces += [text[last : finding.span.start], finding.replacements[0]]
        last = finding.span.end
    return "".join((*pieces, text[last:]))
