"""Word documents: the text as it would be printed, tracked changes accepted, part by part.

The body comes first, then what stands beside it: text boxes, notes, headers and footers. A row of a table is a line
with tabs. Numbers that Word counts by itself are written out, since the levels of a text are judged by them.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator

import regex
from lxml import etree

from app.documents import UnreadableError
from app.formats.kernel.limits import Allowance, Deadline
from app.formats.kernel.package import OLD_OR_LOCKED, opened
from app.formats.kernel.pieces import Pieces
from app.formats.kernel.reading import File, Format, Options, Reading
from app.html_text import LONGEST_JOINED_CELL
from app.places import ParagraphPlace
from app.word.numbering import Numbering
from app.word.ooxml import Element, value, w, whole
from app.word.reading import PASSED_OVER, SIGNS
from app.word.styles import Styles

DAMAGED = "不是完好的 .docx 文件"
LOCKED = "文档加了密码，或者是旧版 .doc 而扩展名为 .docx"
STRICT = "不是 Word 文档，或为“Strict”格式；请在 Word 中另存为普通的 .docx"
BODY = "正文"
MOST_COLUMNS = 64
MAIN = regex.compile(rb'PartName="/?([^"]+)"[^>]*document\.(?:macroEnabled\.)?main\+xml', regex.ASCII)
SIDE_PARTS = (
    ("页眉", regex.compile(r"header\d*\.xml", regex.ASCII)),
    ("页脚", regex.compile(r"footer\d*\.xml", regex.ASCII)),
)
NOTES = (("脚注", "footnotes.xml", "footnote"), ("尾注", "endnotes.xml", "endnote"))
SEPARATORS = frozenset({"separator", "continuationSeparator", "continuationNotice"})
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
"""The same text box once more, for programs that are older than it."""


def read(file: File, options: Options) -> Reading:
    """Read all parts of a document."""
    if file.content.startswith(OLD_OR_LOCKED):
        raise UnreadableError(LOCKED)
    deadline = Deadline(options.limits)
    try:
        with opened(file.content, Allowance(options.limits), deadline, DAMAGED) as package:
            reader = _Reader(package, deadline)
            reader.read()
    except etree.XMLSyntaxError:
        raise UnreadableError(DAMAGED) from None
    return Reading(file.name, reader.pieces.text, reader.pieces)


def _parsed(package: zipfile.ZipFile, name: str) -> Element | None:
    if name not in package.namelist():
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.fromstring(package.read(name), parser)
    if root.getroottree().docinfo.internalDTD is not None:
        # The format knows none, and entities can blow up.
        raise UnreadableError(DAMAGED)
    return root


def _main_part(package: zipfile.ZipFile) -> str:
    types = package.read("[Content_Types].xml") if "[Content_Types].xml" in package.namelist() else b""
    named = MAIN.search(types)
    return named[1].decode("utf-8", "replace") if named else "word/document.xml"


class _Reader:
    def __init__(self, package: zipfile.ZipFile, deadline: Deadline) -> None:
        self._package = package
        self._deadline = deadline
        self.pieces = Pieces()

    def read(self) -> None:
        main = _main_part(self._package)
        document = _parsed(self._package, main)
        body = None if document is None else document.find(w("body"))
        if body is None:
            raise UnreadableError(STRICT)
        self._folder = posixpath.dirname(main)
        self._numbering = Numbering(
            _parsed(self._package, self._beside("numbering.xml")),
            Styles(_parsed(self._package, self._beside("styles.xml"))),
        )
        self._part(BODY, body)
        self._boxes("文本框", body)
        for label, name, tag in NOTES:
            root = _parsed(self._package, self._beside(name))
            notes = (
                []
                if root is None
                else [note for note in root.iterfind(w(tag)) if note.get(w("type")) not in SEPARATORS]
            )
            for number, note in enumerate(notes, start=1):
                self._part(f"{label}{number}", note)
        self._side_parts()

    def _beside(self, name: str) -> str:
        return posixpath.join(self._folder, name)

    def _side_parts(self) -> None:
        """Read headers and footers; one that repeats another, as those of even pages do, is read once."""
        for label, expression in SIDE_PARTS:
            read: set[str] = set()
            names = sorted(
                name
                for name in self._package.namelist()
                if posixpath.dirname(name) == self._folder and expression.fullmatch(posixpath.basename(name))
            )
            for number, name in enumerate(names, start=1):
                root = _parsed(self._package, name)
                words = "" if root is None else "".join(map(str, root.itertext(w("t"))))
                if root is not None and words not in read:
                    read.add(words)
                    self._part(f"{label}{number}", root)
                    self._boxes(f"{label}{number}文本框", root)

    def _boxes(self, label: str, root: Element) -> None:
        boxes = [
            box for box in root.iter(w("txbxContent")) if next(box.iterancestors(FALLBACK), None) is None
        ]
        for number, box in enumerate(boxes, start=1):
            self._part(f"{label}{number}", box)

    def _part(self, part: str, root: Element) -> None:
        """Read paragraphs and tables of a part; both are counted as they stand in it."""
        paragraphs = tables = 0
        open_line = False
        for block in _blocks(root):
            self._deadline.check()
            if block.tag == w("tbl"):
                tables += 1
                if open_line:
                    self.pieces.part("\n")
                self._table(part, tables, block)
                open_line = False
                continue
            paragraphs += 1
            self.pieces.add(self._words(block), ParagraphPlace(part, paragraphs))
            open_line = _mark_is_deleted(block)
            if not open_line:
                self.pieces.part("\n")
        if open_line:
            self.pieces.part("\n")

    def _words(self, paragraph: Element) -> str:
        properties = paragraph.find(w("pPr"))
        label = self._numbering.label(properties, value(properties, "pStyle"))
        return label.words + "".join(_text(paragraph))

    def _table(self, part: str, table: int, element: Element) -> None:
        for number, row in enumerate(_own(element, "tr", "tbl"), start=1):
            if row.find(f"{w('trPr')}/{w('del')}") is not None:
                continue
            column = 1
            for cell in _own(row, "tc", "tr"):
                properties = cell.find(w("tcPr"))
                width = min(MOST_COLUMNS, max(1, whole(value(properties, "gridSpan")) or 1))
                place = ParagraphPlace(part, table=table, row=number, column=column)
                words = "\n".join(
                    self._words(paragraph) for paragraph in cell.iter(w("p")) if _stands_in(paragraph, cell)
                )
                joined = words.replace("\n", " ") if len(words) <= LONGEST_JOINED_CELL else words
                self.pieces.add(joined, place)
                self.pieces.part("\t" * width)
                column += width
            self.pieces.part("\n")


def _blocks(parent: Element) -> Iterator[Element]:
    """Give paragraphs and tables; content controls and tracked insertions hold some of their own."""
    for child in parent:
        if child.tag in (w("p"), w("tbl")):
            yield child
        elif isinstance(child.tag, str) and child.tag not in PASSED_OVER:
            yield from _blocks(child)


def _own(parent: Element, name: str, holder: str) -> Iterator[Element]:
    """Give the rows of a table, or the cells of a row, and not those of tables within it."""
    for child in parent.iter(w(name)):
        if next(child.iterancestors(w(holder))) is parent:
            yield child


def _stands_in(paragraph: Element, cell: Element) -> bool:
    """Tell whether a paragraph of a cell is neither in a text box nor deleted."""
    for above in paragraph.iterancestors():
        if above is cell:
            return True
        if above.tag == w("txbxContent") or above.tag in PASSED_OVER:
            return False
    return False


def _mark_is_deleted(paragraph: Element) -> bool:
    """Tell whether a tracked change has joined a paragraph to the next one."""
    return paragraph.find(f"{w('pPr')}/{w('rPr')}/{w('del')}") is not None


def _text(parent: Element) -> Iterator[str]:
    for child in parent:
        if not isinstance(child.tag, str) or child.tag in PASSED_OVER or child.tag in ASIDE:
            continue
        if child.tag == w("t"):
            yield child.text or ""
        elif parent.tag == w("r") and (sign := SIGNS.get(etree.QName(child).localname)) is not None:
            yield sign
        else:
            yield from _text(child)


ASIDE = frozenset(map(w, "pPr rPr drawing pict object txbxContent rt".split())) | {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
}
"""Looks; what is read by itself; the sounds above characters."""

FORMAT = Format(frozenset({".docx", ".docm"}), read, isolated=True)
