"""Plain text and Markdown: read as they are."""

from __future__ import annotations

from app.documents import as_document
from app.formats.kernel.in_text import InText
from app.formats.kernel.reading import File, Format, Options, Reading


def read(file: File, options: Options) -> Reading:
    """Read a text."""
    del options
    document = as_document(f"_{file.suffix}", file.content)
    return Reading(file.name, document.text, InText(document))


FORMAT = Format(frozenset({".txt", ".md"}), read)
