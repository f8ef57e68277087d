"""Masking: the privacy findings of a document written into it."""

from __future__ import annotations

from app.documents import Document
from app.engine import Engine, Report
from app.site.layer import NO_LAYER, SiteLayer
from detectors.kernel.finding import Category, Severity

ROUNDS = 3
"""A mask can only lay bare what an overlapping, longer finding hid; one more look is enough."""


def redact(
    engine: Engine, document: Document, *, everything: bool = False, layer: SiteLayer = NO_LAYER
) -> tuple[Document, Report]:
    """Mask the personal data of a document.

    Args:
        engine: finds the data, and afterwards proves that nothing is left.
        document: a text or a page; of a page all bytes but the masked characters stay.
        everything: mask hints (`info`) too, not only leaks.
        layer: what the site has laid over the shipped rules.

    Returns:
        The masked document, and the privacy report on the document as it was.
    """
    first = report = _private(engine, document, layer)
    for _ in range(ROUNDS):
        due = [f for f in report.findings if everything or f.rule.severity is not Severity.INFO]
        if not due:
            break
        document = document.rewritten(due)
        report = _private(engine, document, layer)
    return document, first


def _private(engine: Engine, document: Document, layer: SiteLayer) -> Report:
    return engine.check(document.text, categories={Category.PRIVACY}, layer=layer)
