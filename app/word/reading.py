"""A .docx file as the blocks of a draft.

Read from the XML itself: python-docx gives neither text within tracked insertions nor numbers of lists. What was
inserted counts as written, what was deleted does not. Headers, footers and notes stay outside; pictures are counted.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from app.word.content import Align, Block, Cell, Font, Paragraph, Run, Table
from app.word.numbering import Numbering
from app.word.ooxml import Element, switch, value, w, whole
from app.word.styles import Styles, font_of
from app.zip_errors import ZIP_ERRORS

LARGEST = 64 * 1024 * 1024
"""Bytes of one part when unpacked; a small file can hold far more."""
OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"
PASSED_OVER = frozenset(map(w, "del moveFrom instrText delText".split()))
PICTURES = frozenset(map(w, "drawing pict object".split()))
TWIPS_OF_A_CHARACTER = 320
"""Of 三号, in which official documents are set."""
ALIGNS = {"center": Align.CENTER, "right": Align.RIGHT, "end": Align.RIGHT, "both": Align.JUSTIFY}
SMALLEST, LARGEST_SIZE = 8, 48
SIGNS = {"br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "-"}


class UnreadableDocumentError(Exception):
    """A file is no Word document that can be read; the message is Chinese and quotes nothing of it."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What was read."""

    blocks: list[Block] = field(repr=False)
    pictures: int


def read(content: bytes) -> Draft:
    """Read a .docx file.

    Raises:
        UnreadableDocumentError: it is none, or too large.
    """
    if content.startswith(OLD_OR_LOCKED):
        raise UnreadableDocumentError("这是旧版 .doc 或加密的文档，请另存为不加密的 .docx 再打开。")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            document = _part(package, "word/document.xml")
            styles = Styles(_part(package, "word/styles.xml"))
            numbering = Numbering(_part(package, "word/numbering.xml"), styles)
    except (*ZIP_ERRORS, etree.XMLSyntaxError):
        raise UnreadableDocumentError("不是完好的 .docx 文件。") from None
    body = None if document is None else document.find(w("body"))
    if body is None:
        raise UnreadableDocumentError("不是 Word 文档，或为“Strict”格式；请在 Word 中另存为普通的 .docx。")
    reader = _Reader(styles, numbering)
    return Draft(list(reader.blocks(body)), reader.pictures)


def _part(package: zipfile.ZipFile, name: str) -> Element | None:
    try:
        info = package.getinfo(name)
    except KeyError:
        return None
    if info.file_size > LARGEST:
        raise UnreadableDocumentError("文档太大。")
    with package.open(info) as part:
        packed = part.read(LARGEST + 1)
    if len(packed) > LARGEST:
        raise UnreadableDocumentError("文档太大。")
    return etree.fromstring(packed, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


class _Reader:
    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self._styles = styles
        self._numbering = numbering
        self.pictures = 0

    def blocks(self, parent: Element) -> Iterator[Block]:
        for child in parent:
            if child.tag == w("p"):
                yield self._paragraph(child)
            elif child.tag == w("tbl"):
                yield self._table(child)
            elif child.tag not in PASSED_OVER and isinstance(child.tag, str):
                # Content controls, custom XML and tracked insertions hold blocks of their own.
                yield from self.blocks(child)

    def _paragraph(self, paragraph: Element) -> Paragraph:
        properties = paragraph.find(w("pPr"))
        style = value(properties, "pStyle")
        label = self._numbering.label(properties, style)
        runs = list(self._runs(paragraph, style))
        if label.words:
            look = runs[0] if runs else Run(text="")
            runs.insert(0, look.model_copy(update={"text": label.words}))
        outline = whole(value(properties, "outlineLvl"))
        level = outline + 1 if outline is not None and 0 <= outline <= 3 else self._styles.level(style)
        numbered = label.words != "" or label.bullet > 0
        return Paragraph(
            runs=_joined(runs),
            level=0 if label.bullet else level,
            align=ALIGNS.get(self._said(properties, style, "jc") or ""),
            first=0 if numbered else self._indent(properties, style, "firstLineChars", "firstLine"),
            left=0 if numbered else self._indent(properties, style, "leftChars", "left"),
            bullet=label.bullet,
        )

    def _said(self, properties: Element | None, style: str | None, name: str) -> str | None:
        own = value(properties, name)
        return (
            own if own is not None else self._styles.first(style, "pPr", lambda layout: value(layout, name))
        )

    def _indent(self, properties: Element | None, style: str | None, characters: str, twips: str) -> int:
        def read(holder: Element) -> int | None:
            counted = whole(value(holder, "ind", characters))
            if counted:
                return round(counted / 100)
            measured = whole(value(holder, "ind", twips))
            return None if measured is None else round(measured / TWIPS_OF_A_CHARACTER)

        own = None if properties is None else read(properties)
        said = own if own is not None else self._styles.first(style, "pPr", read)
        return min(12, max(0, said or 0))

    def _runs(self, parent: Element, style: str | None) -> Iterator[Run]:
        for child in parent:
            if child.tag == w("r"):
                text = "".join(self._text(child))
                if text:
                    yield self._run(text, child.find(w("rPr")), style)
            elif child.tag not in PASSED_OVER and isinstance(child.tag, str):
                yield from self._runs(child, style)

    def _text(self, run: Element) -> Iterator[str]:
        for child in run:
            if not isinstance(child.tag, str) or child.tag in PASSED_OVER:
                continue
            if child.tag in PICTURES or child.tag.endswith("}AlternateContent"):
                self.pictures += 1
            elif child.tag == w("t"):
                yield child.text or ""
            else:
                yield SIGNS.get(etree.QName(child).localname, "")

    def _run(self, text: str, own: Element | None, style: str | None) -> Run:
        character_style = value(own, "rStyle")

        def on(name: str) -> bool:
            said = switch(own, name)
            if said is None and character_style is not None:
                said = self._styles.first(character_style, "rPr", lambda look: switch(look, name))
            if said is None:
                said = self._styles.first(style, "rPr", lambda look: switch(look, name))
            return bool(said)

        return Run(
            text=text,
            bold=on("b"),
            italic=on("i"),
            underline=on("u"),
            font=self._font(own, style),
            size=self._size(own, style),
        )

    def _font(self, own: Element | None, style: str | None) -> Font | None:
        def read(holder: Element) -> Font | None:
            return font_of(value(holder, "rFonts", "eastAsia")) or font_of(value(holder, "rFonts", "ascii"))

        said = None if own is None else read(own)
        return said or self._styles.first(style, "rPr", read)

    def _size(self, own: Element | None, style: str | None) -> float | None:
        half_points = whole(value(own, "sz"))
        if half_points is None:
            half_points = self._styles.first(style, "rPr", lambda look: whole(value(look, "sz")))
        size = None if half_points is None else half_points / 2
        return size if size is not None and SMALLEST <= size <= LARGEST_SIZE else None

    def _table(self, table: Element) -> Table:
        rows: list[list[Cell]] = []
        open_cells: dict[int, tuple[int, int]] = {}
        for row in table.iter(w("tr")):
            if next(row.iterancestors(w("tbl"))) is not table:
                continue
            cells: list[Cell] = []
            column = 0
            for cell in row.iterfind(f".//{w('tc')}"):
                if next(cell.iterancestors(w("tr"))) is not row:
                    continue
                properties = cell.find(w("tcPr"))
                wide = min(64, max(1, whole(value(properties, "gridSpan")) or 1))
                merge = None if properties is None else properties.find(w("vMerge"))
                above = open_cells.get(column)
                if merge is not None and merge.get(w("val"), "continue") == "continue" and above is not None:
                    _lengthen(rows, above)
                else:
                    cells.append(Cell(paragraphs=list(self._paragraphs(cell)), colspan=wide))
                    open_cells.pop(column, None)
                    if merge is not None:
                        open_cells[column] = (len(rows), len(cells) - 1)
                column += wide
            rows.append(cells)
        return Table(kind="table", rows=rows or [[]])

    def _paragraphs(self, cell: Element) -> Iterator[Paragraph]:
        """Give the lines of a cell, those of tables within it too."""
        for paragraph in cell.iter(w("p")):
            yield self._paragraph(paragraph)


def _lengthen(rows: list[list[Cell]], place: tuple[int, int]) -> None:
    row, index = place
    cell = rows[row][index]
    rows[row][index] = cell.model_copy(update={"rowspan": min(64, cell.rowspan + 1)})


def _joined(runs: list[Run]) -> list[Run]:
    """Join neighbours of one look: Word cuts runs at every edit."""
    joined: list[Run] = []
    for run in runs:
        if joined and joined[-1].model_copy(update={"text": ""}) == run.model_copy(update={"text": ""}):
            joined[-1] = run.model_copy(update={"text": joined[-1].text + run.text})
        else:
            joined.append(run)
    return joined
