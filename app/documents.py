"""Files as texts: encodings, formats, and places in the file as submitted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import regex

from app.html_text import HtmlText
from detectors.kernel.finding import Finding, Span, apply_first_replacements
from detectors.kernel.text import Link

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

    @property
    def links(self) -> tuple[Link, ...]:
        """The links of a page; other files have none."""
        return () if self.html is None else self.html.links

    def place(self, span: Span) -> Place:
        """Find the line and column at which a span of the text begins in the file."""
        start = span.start if self.html is None else self.html.in_source(span).start
        line_start = self.source.rfind("\n", 0, start) + 1
        return Place(self.source.count("\n", 0, start) + 1, start - line_start + 1)

    def rewritten(self, findings: Iterable[Finding]) -> Document:
        """Write the first replacement of each finding into the file; all else stays as it is.

        Of HTML the characters are exchanged one by one, so that tags between them survive.
        """
        if self.html is None:
            return Document(self.name, apply_first_replacements(self.source, findings))
        pieces, last = [], 0
        for finding in findings:
            for place, written in _spread(finding):
                char = self.html.in_source(Span(place, place + 1))
                pieces += [self.source[last : char.start], written]
                last = max(last, char.end)
        source = "".join((*pieces, self.source[last:]))
        return Document(self.name, source, HtmlText(source))


def _spread(finding: Finding) -> Iterator[tuple[int, str]]:
    """Give each character of a span its part of the replacement; the last one takes what is over."""
    replacement, span = finding.replacements[0], finding.span
    for place in range(span.start, span.end):
        first = place - span.start
        yield place, replacement[first:] if place == span.end - 1 else replacement[first : first + 1]


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
