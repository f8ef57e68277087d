"""Checking what was read of a file."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from app.engine import Engine
from app.formats.kernel.reading import Reading
from app.site.layer import NO_LAYER, SiteLayer
from app.text_report import Report
from detectors.kernel.finding import Category


def report_on(  # noqa: PLR0913 - one argument an option
    engine: Engine,
    reading: Reading,
    *,
    published_on: date | None = None,
    categories: Collection[Category] = frozenset(Category),
    hints: bool = False,
    layer: SiteLayer = NO_LAYER,
) -> Report:
    """Check what was read of a file, but for the categories of which its text proves nothing."""
    return engine.check(
        reading.text,
        published_on=published_on,
        categories=frozenset(categories) - reading.unreliable,
        hints=hints,
        links=reading.links,
        layer=layer,
    )
