"""The text of an HTML page, with the way back to its source.

Blocks become lines and cells are parted by tabs, one for each column, so that the detectors see paragraphs and
tables. Lines inside a short cell are joined: a row stays one line.
A position in the text leads to the place in the source from which it came. Links are kept beside the text.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from html import unescape
from html.parser import HTMLParser
from urllib.parse import urlsplit

from app.html_table import Columns
from detectors.kernel.finding import Span
from detectors.kernel.text import Link

SILENT = frozenset({"script", "style"})
CELLS = frozenset({"td", "th"})
ROW_ENDS = frozenset({"tr", "table", "tbody", "thead", "tfoot"})
LONGEST_JOINED_CELL = 120
"""Code points, in pages and in Word documents; a longer cell holds paragraphs, and often the whole page."""
BLOCKS = frozenset(
    "address article aside blockquote body br caption dd div dl dt fieldset figcaption figure footer form h1 h2 "
    "h3 h4 h5 h6 header hr li main nav ol option p pre section table tbody tfoot thead title tr ul".split()
)
Attributes = list[tuple[str, str | None]]
WHITE_SPACE = str.maketrans("\n\r\t\f", "    ")


class HtmlText(HTMLParser):
    """Collects the visible text of one page."""

    def __init__(self, source: str) -> None:
        """Read a whole page."""
        super().__init__(convert_charrefs=False)
        self._source = source
        self._pieces: list[str] = []
        self._starts = array("Q")
        self._ends = array("Q")
        self._silent = 0
        self._tables: list[Columns] = []
        self._cell: tuple[int, int] | None = None
        """Of the open cell: the number of the piece it begins with, and of the columns it takes."""
        self._links: list[tuple[int, int, str]] = []
        self.addresses: list[str] = []
        """Where all links lead, as written."""
        self._opened: tuple[str, int] | None = None
        self._own_hosts: set[str] = set()
        self._line_starts = [0, *(i + 1 for i, char in enumerate(source) if char == "\n")]
        self.feed(source)
        self.close()
        self._end_link()
        self._end_cell()
        self.text = "".join(self._pieces)
        self.links = tuple(self._shown_links())

    def _shown_links(self) -> Iterator[Link]:
        """Give the links with an address, but those to the host that the page itself names as its own."""
        for start, end, address in self._links:
            shown = self.text[start:end].strip()
            if _host(address) in self._own_hosts or not self.text:
                continue
            first = self.text.index(shown, start) if shown else max(0, start - 1)
            yield Link(Span(first, first + max(1, len(shown))), address)

    def in_source(self, span: Span) -> Span:
        """Lead a span of the text back to the source."""
        return Span(self._starts[span.start], self._ends[span.end - 1])

    def _here(self) -> int:
        line, column = self.getpos()
        return self._line_starts[line - 1] + column

    def _add(self, text: str, start: int, end: int) -> None:
        """Add text that comes from a source range: character by character, or all from all of it."""
        if self._silent:
            return
        self._pieces.append(text)
        one_to_one = len(text) == end - start
        self._starts.extend(range(start, end) if one_to_one else [start] * len(text))
        self._ends.extend(range(start + 1, end + 1) if one_to_one else [end] * len(text))

    def _part(self, mark: str) -> None:
        if self._pieces and not self._pieces[-1].endswith(("\n", mark)):
            here = self._here()
            self._add(mark, here, here + 1)

    def _begin_cell(self, attributes: Mapping[str, str | None]) -> None:
        self._end_cell()
        columns = self._tables[-1] if self._tables else Columns()
        self._add_tabs(columns.taken())
        self._cell = len(self._pieces), columns.take(attributes)

    def _end_cell(self) -> None:
        if self._cell is None:
            return
        first, columns = self._cell
        self._cell = None
        if sum(map(len, self._pieces[first:])) <= LONGEST_JOINED_CELL:
            self._pieces[first:] = [" " if piece == "\n" else piece for piece in self._pieces[first:]]
        self._add_tabs(columns)

    def _add_tabs(self, number: int) -> None:
        here = self._here()
        for _ in range(number):
            self._add("\t", here, here + 1)

    def _table_tag(self, tag: str, attributes: Mapping[str, str | None]) -> None:
        if tag in CELLS:
            self._begin_cell(attributes)
        elif tag in ROW_ENDS:
            self._end_cell()
        if tag == "table":
            self._tables.append(Columns())
        elif tag == "tr" and self._tables:
            self._tables[-1].begin_row()

    def _end_link(self) -> None:
        if self._opened is not None:
            address, start = self._opened
            self._links.append((start, len(self._starts), address))
            self._opened = None

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        """Begin a block, a cell, a link or a silent element."""
        given = dict(attrs)
        address = given.get("href") or ""
        if tag == "a":
            self._end_link()
            if address:
                self.addresses.append(address)
                self._opened = address, len(self._starts)
        elif tag == "base" or (tag == "link" and given.get("rel") == "canonical"):
            self._own_hosts.add(_host(address))
        self._table_tag(tag, given)
        if tag in SILENT:
            self._silent += 1
        elif tag in BLOCKS:
            self._part("\n")

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        """Take a self-closing tag for what it means; `<script/>` opens nothing."""
        if tag in ("base", "link"):
            self.handle_starttag(tag, attrs)
        elif tag in BLOCKS:
            self._part("\n")

    def handle_endtag(self, tag: str) -> None:
        """End a block, a cell, a link or a silent element."""
        if tag == "a":
            self._end_link()
        elif tag in SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in CELLS:
            self._end_cell()
        elif tag in ROW_ENDS:
            self._end_row(tag)
        if tag in BLOCKS:
            self._part("\n")

    def _end_row(self, tag: str) -> None:
        self._end_cell()
        if self._tables:
            if tag == "tr":
                self._add_tabs(self._tables[-1].taken())
            elif tag == "table":
                self._tables.pop()

    def handle_data(self, data: str) -> None:
        """Take text; line breaks in the source mean blanks."""
        here = self._here()
        self._add(data.translate(WHITE_SPACE), here, here + len(data))

    def handle_entityref(self, name: str) -> None:
        """Take a named character reference."""
        self._reference(f"&{name}")

    def handle_charref(self, name: str) -> None:
        """Take a numeric character reference."""
        self._reference(f"&#{name}")

    def _reference(self, written: str) -> None:
        here = self._here()
        end = here + len(written)
        end += self._source.startswith(";", end)
        self._add(unescape(self._source[here:end]), here, end)


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
