"""Files as texts: encodings, formats, and places in the file as submitted."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import regex

from app.html_text import HtmlText
from detectors.kernel.finding import Span

SUFFIXES = frozenset({".txt", ".md", ".html", ".htm"})
HTML_SUFFIXES = frozenset({".html", ".htm"})
ENCODINGS = ("utf-8-sig", "gb18030")
CONTROL = regex.compile(r"[\x00-\x08\x0b\x0e-\x1f]", regex.ASCII)


class UnreadableError(Exception):
    """A file cannot be read as text; the message is Chinese and quotes nothing of the file."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a file; both count from 1, columns in code points."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Document:
    """A file that has been read."""

    name: str
    source: str = field(repr=False)
    html: HtmlText | None = field(repr=False, default=None)

    @property
    def text(self) -> str:
        """What is checked: of HTML the visible text, else all."""
        return self.source if self.html is None else self.html.text

    def place(self, span: Span) -> Place:
        """Find the line and column at which a span of the text begins in the file."""
        start = span.start if self.html is None else self.html.in_source(span).start
        line_start = self.source.rfind("\n", 0, start) + 1
        return Place(self.source.count("\n", 0, start) + 1, start - line_start + 1)


def decode(content: bytes) -> str:
    """Decode UTF-8, else GB18030, as old pages are written.

    Raises:
        UnreadableError: it is neither, or not text at all.
    """
    for encoding in ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if CONTROL.search(text):
            raise UnreadableError("不是文本文件（含控制字符）")
        return text
    raise UnreadableError("编码既不是 UTF-8，也不是 GB18030")


def read(path: Path) -> Document:
    """Read one file.

    Raises:
        UnreadableError: it is missing, forbidden, or not text.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableError(f"读不到文件（{error.strerror}）") from error
    source = decode(content)
    html = HtmlText(source) if path.suffix.lower() in HTML_SUFFIXES else None
    return Document(str(path), source, html)
