"""Files as texts: encodings, formats, and places in the file as submitted."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from types import MappingProxyType
from typing import Self

import regex

from app.html_text import HtmlText
from app.places import LinePlace
from detectors.kernel.finding import Finding, Span, apply_first_replacements
from detectors.kernel.system_errors import reason_of
from detectors.kernel.text import Link

HTML_SUFFIXES = frozenset({".html", ".htm", ".shtml"})
BYTE_ORDER_MARKED = "utf-8-sig"
ENCODINGS = (BYTE_ORDER_MARKED, "gb18030")
WIDE: Mapping[str, bytes] = MappingProxyType({"utf-16-le": BOM_UTF16_LE, "utf-16-be": BOM_UTF16_BE})
"""UTF-16 is believed where its mark stands, as Notepad saves “Unicode”: no text in the other encodings begins so."""
DECLARED = regex.compile(
    rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*(big5(?:-hkscs)?)\b", regex.IGNORECASE | regex.ASCII
)
"""Of the encodings that a page declares only this one is believed: what is said to be Latin is GBK as often as not."""
HEAD = 4096
"""Bytes of a page in which its encoding is declared."""
CONTROL = regex.compile(r"[\x00-\x08\x0b\x0e-\x1f]", regex.ASCII)
NO_ENCODING = "编码不是 UTF-8、GB18030，也不是带标记的 UTF-16；请用记事本或 WPS 另存为 UTF-8"
BROKEN_WIDE = "开头标明是 UTF-16，内容却不是或不完整；请用原来的程序另存为 UTF-8"
NO_TEXT = "不是文本文件（含控制字符）"
NO_FILE = "这是管道或设备，不是普通文件；要检查别的程序的输出，文件名写 - ，从标准输入读"


class UnreadableError(Exception):
    """A file cannot be read as text; the message is Chinese and quotes nothing of the file."""


@dataclass(frozen=True)
class Document:
    """A file that has been read."""

    name: str
    source: str = field(repr=False)
    html: HtmlText | None = field(repr=False, default=None)
    encoding: str = "utf-8"

    @classmethod
    def of(cls, source: str, *, is_page: bool) -> Self:
        """Take what was handed in as a text, or as the source of a page."""
        return cls("", source, HtmlText(source) if is_page else None)

    @property
    def text(self) -> str:
        """What is checked: of HTML the visible text, else all."""
        return self.source if self.html is None else self.html.text

    @property
    def links(self) -> tuple[Link, ...]:
        """The links of a page; other files have none."""
        return () if self.html is None else self.html.links

    def place(self, span: Span) -> LinePlace:
        """Find the line and column at which a span of the text begins in the file."""
        return self._place_of(self.in_source(span).start)

    def end(self, span: Span) -> LinePlace:
        """Find where in the file stands what follows a span of the text."""
        return self._place_of(self.in_source(span).end)

    def _place_of(self, position: int) -> LinePlace:
        line = bisect_right(self._line_starts, position)
        return LinePlace(line, position - self._line_starts[line - 1] + 1)

    def in_source(self, span: Span) -> Span:
        """Lead a span of the text to the file as it was decoded."""
        return span if self.html is None else self.html.in_source(span)

    @cached_property
    def _line_starts(self) -> array[int]:
        """Where the lines begin: a list has findings in each of 100,000 of them."""
        return array("Q", (0, *(place + 1 for place, char in enumerate(self.source) if char == "\n")))

    def encoded(self) -> bytes:
        """Give the bytes of the file, in the encoding in which it was read."""
        return WIDE.get(self.encoding, b"") + self.source.encode(self.encoding)

    def rewritten(self, findings: Iterable[Finding]) -> Document:
        """Write the first replacement of each finding into the file; all else stays as it is.

        Of HTML the characters are exchanged one by one, so that tags between them survive.
        """
        if self.html is None:
            return replace(self, source=apply_first_replacements(self.source, findings))
        pieces, last = [], 0
        for finding in findings:
            for place, written in _spread(finding):
                char = self.html.in_source(Span(place, place + 1))
                if self.html.text[place].isspace() and self.source[char.start] == "<":
                    # A blank that stands for a tag.
                    continue
                pieces += [self.source[last : char.start], written]
                last = max(last, char.end)
        source = "".join((*pieces, self.source[last:]))
        return replace(self, source=source, html=HtmlText(source))


def _spread(finding: Finding) -> Iterator[tuple[int, str]]:
    """Give each character of a span its part of the replacement; the last one takes what is over."""
    replacement, span = finding.replacements[0], finding.span
    for place in range(span.start, span.end):
        first = place - span.start
        yield place, replacement[first:] if place == span.end - 1 else replacement[first : first + 1]


def decode(content: bytes) -> str:
    """Decode UTF-8, else GB18030, as old pages are written; UTF-16 by its mark.

    Raises:
        UnreadableError: it is none of them, or not text at all.
    """
    return as_document("", content).source


def as_document(name: str, content: bytes) -> Document:
    """Make a document of what a file holds.

    Raises:
        UnreadableError: it is neither UTF-8 nor GB18030, nor the UTF-16 that its mark says, nor the Big5 that a page
            declares, or not text at all.
    """
    is_page = Path(name).suffix.lower() in HTML_SUFFIXES
    text, encoding = _decoded(content, may_declare=is_page)
    if CONTROL.search(text):
        raise UnreadableError(NO_TEXT)
    return Document(name, text, HtmlText(text) if is_page else None, encoding)


def _decoded(content: bytes, *, may_declare: bool) -> tuple[str, str]:
    """Decode what a file holds; name the encoding in which it can be written again."""
    for encoding, mark in WIDE.items():
        if content.startswith(mark):
            try:
                return content.removeprefix(mark).decode(encoding), encoding
            except UnicodeDecodeError:
                raise UnreadableError(BROKEN_WIDE) from None
    big5 = ("big5hkscs",) if may_declare and DECLARED.search(content[:HEAD]) else ()
    for encoding in (ENCODINGS[0], *big5, *ENCODINGS[1:]):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        unmarked = encoding == BYTE_ORDER_MARKED and not content.startswith(BOM_UTF8)
        return text, "utf-8" if unmarked else encoding
    raise UnreadableError(NO_ENCODING)


def size_of(path: Path) -> int:
    """Tell how large a file is, before it is opened.

    Raises:
        UnreadableError: it is a pipe or a device, which may have no end, or nobody at the other one.
        OSError: it is missing, or forbidden.
    """
    status = path.stat()
    # Of a folder the system says itself what it is.
    if not S_ISREG(status.st_mode) and not S_ISDIR(status.st_mode):
        raise UnreadableError(NO_FILE)
    return status.st_size


def read(path: Path) -> Document:
    """Read one file.

    Raises:
        UnreadableError: it is missing, forbidden, no ordinary file, or not text.
    """
    try:
        size_of(path)
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableError(f"读不到文件（{reason_of(error)}）") from error
    return as_document(str(path), content)
