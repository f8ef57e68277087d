"""HTML: all visible text, or the main text alone, as a range of the visible text with the way back to the source."""

from __future__ import annotations

from app.documents import as_document
from app.formats.kernel.in_text import InText
from app.formats.kernel.main_text import main_range
from app.formats.kernel.reading import File, Format, Options, Reading
from detectors.kernel.finding import Span


def read(file: File, options: Options) -> Reading:
    """Read a page."""
    document = as_document("_.html", file.content)
    whole = Span(0, len(document.text))
    chosen = (main_range(document.source, document.text) or whole) if options.main_text else whole
    links = tuple(
        link._replace(span=Span(link.span.start - chosen.start, link.span.end - chosen.start))
        for link in document.links
        if chosen.start <= link.span.start and link.span.end <= chosen.end
    )
    return Reading(file.name, chosen.of(document.text), InText(document, chosen.start), links)


FORMAT = Format(frozenset({".html", ".htm", ".shtml"}), read)
