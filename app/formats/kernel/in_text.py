"""The way back into a file that is itself a text: places are lines, and tools that mend files may ask for the source."""

from __future__ import annotations

from dataclasses import dataclass

from app.documents import Document
from app.places import LinePlace, Place
from detectors.kernel.finding import Span


@dataclass(frozen=True)
class InText:
    """A text file, or the part of a page that was read."""

    document: Document
    start: int = 0
    """Where what was read begins in the text of the document."""

    def place(self, span: Span) -> Place:
        """Find where a span begins."""
        return self.first(span)

    def first(self, span: Span) -> LinePlace:
        """Find line and column of the beginning of a span."""
        return self.document.place(self._shifted(span))

    def end(self, span: Span) -> LinePlace:
        """Find line and column of what follows a span."""
        return self.document.end(self._shifted(span))

    def in_source(self, span: Span) -> Span:
        """Lead a span to the file as it was decoded."""
        return self.document.in_source(self._shifted(span))

    def source_text(self, span: Span) -> str:
        """Give what stands in the file where a span comes from: in HTML, with its tags."""
        return self.in_source(span).of(self.document.source)

    def _shifted(self, span: Span) -> Span:
        return Span(self.start + span.start, self.start + span.end)
