"""A draft as a .docx file: findings as comments, accepted replacements as tracked changes.

Whoever rejects all changes has the draft as it was before anything was accepted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import count

from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement

from app.word.content import Align, Block, Cell, Change, Paragraph, Run, Table
from app.word.ooxml import Element
from app.word.styles import FONT_NAMES
from app.word.template import AUTHOR, BODY_SIZE, new_document, saved

INITIALS = "审"
JUSTIFICATIONS = {Align.CENTER: "center", Align.RIGHT: "right", Align.JUSTIFY: "both"}
CHANGES = {Change.INSERTED: "w:ins", Change.DELETED: "w:del"}
BORDERS = ("top", "left", "bottom", "right", "insideH", "insideV")


def write(blocks: Iterable[Block], comments: Sequence[str]) -> bytes:
    """Write a draft.

    Args:
        blocks: the draft.
        comments: what the comments say; runs name them by their places in this list.
    """
    document = new_document()
    body = document.element.body
    writer = _Writer(document, comments, blocks := list(blocks))
    end = body.sectPr
    for block in blocks:
        end.addprevious(writer.table(block) if isinstance(block, Table) else writer.paragraph(block))
    if not blocks or isinstance(blocks[-1], Table):
        # Word demands a paragraph behind the last table.
        end.addprevious(OxmlElement("w:p"))
    return saved(document)


def _element(name: str, **attributes: object) -> Element:
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), str(value))
    return made


def _runs_of(blocks: Iterable[Block]) -> Iterable[Run]:
    for block in blocks:
        if isinstance(block, Table):
            for row in block.rows:
                for cell in row:
                    yield from _runs_of(cell.paragraphs)
        else:
            yield from block.runs


class _Writer:
    def __init__(self, document: Document, comments: Sequence[str], blocks: Iterable[Block]) -> None:
        self._document = document
        self._changes = count(1)
        self._now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        self._open: set[int] = set()
        self._runs_left: dict[int, int] = {}
        for run in _runs_of(blocks):
            for comment in set(run.comments):
                self._runs_left[comment] = self._runs_left.get(comment, 0) + 1
        self._ids = {
            number: document.comments.add_comment(text, AUTHOR, INITIALS).comment_id
            for number, text in enumerate(comments)
            if number in self._runs_left
        }

    def paragraph(self, paragraph: Paragraph) -> Element:
        written = OxmlElement("w:p")
        written.append(self._properties(paragraph))
        for run in paragraph.runs:
            comments = sorted(number for number in set(run.comments) if number in self._ids)
            for number in comments:
                if number not in self._open:
                    self._open.add(number)
                    written.append(_element("w:commentRangeStart", id=self._ids[number]))
            if run.text:
                written.append(self._run(run))
            for number in comments:
                self._runs_left[number] -= 1
                if self._runs_left[number] == 0:
                    written.append(_element("w:commentRangeEnd", id=self._ids[number]))
                    written.append(self._reference(number))
        return written

    def _properties(self, paragraph: Paragraph) -> Element:
        # The schema wants them in this order.
        properties = OxmlElement("w:pPr")
        styles = self._document.styles
        if paragraph.level:
            properties.append(_element("w:pStyle", val=styles[f"Heading {paragraph.level}"].style_id))
        elif paragraph.bullet:
            name = "List Bullet" if paragraph.bullet == 1 else f"List Bullet {min(3, paragraph.bullet)}"
            properties.append(_element("w:pStyle", val=styles[name].style_id))
        if paragraph.first or paragraph.left:
            size = max((run.size or BODY_SIZE for run in paragraph.runs), default=BODY_SIZE)
            indents: dict[str, object] = {}
            for name, characters in (("left", paragraph.left), ("firstLine", paragraph.first)):
                if characters:
                    # Word goes by the characters; readers that do not know them, by the twips.
                    indents |= {f"{name}Chars": characters * 100, name: round(characters * size * 20)}
            properties.append(_element("w:ind", **indents))
        if paragraph.align is not None:
            properties.append(_element("w:jc", val=JUSTIFICATIONS[paragraph.align]))
        return properties

    def _run(self, run: Run) -> Element:
        written = OxmlElement("w:r")
        look = OxmlElement("w:rPr")
        if run.font is not None:
            look.append(_element("w:rFonts", eastAsia=FONT_NAMES[run.font], hint="eastAsia"))
        if run.bold:
            look.append(OxmlElement("w:b"))
        if run.italic:
            look.append(OxmlElement("w:i"))
        if run.size is not None:
            half_points = round(run.size * 2)
            look.extend([_element("w:sz", val=half_points), _element("w:szCs", val=half_points)])
        if run.underline:
            look.append(_element("w:u", val="single"))
        if len(look):
            written.append(look)
        self._text(written, run)
        if run.change is None:
            return written
        change = _element(CHANGES[run.change], id=next(self._changes), author=AUTHOR, date=self._now)
        change.append(written)
        return change

    @staticmethod
    def _text(written: Element, run: Run) -> None:
        name = "w:delText" if run.change is Change.DELETED else "w:t"
        text = run.text.replace("\r\n", "\n").replace("\r", "\n")
        for place, line in enumerate(text.split("\n")):
            if place:
                written.append(OxmlElement("w:br"))
            for index, piece in enumerate(line.split("\t")):
                if index:
                    written.append(OxmlElement("w:tab"))
                if piece:
                    said = OxmlElement(name)
                    said.text = piece
                    said.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
                    written.append(said)

    def _reference(self, number: int) -> Element:
        written = OxmlElement("w:r")
        written.append(_element("w:commentReference", id=self._ids[number]))
        return written

    def table(self, table: Table) -> Element:
        written = OxmlElement("w:tbl")
        properties = OxmlElement("w:tblPr")
        properties.append(_element("w:tblW", w=5000, type="pct"))
        borders = OxmlElement("w:tblBorders")
        borders.extend(_element(f"w:{side}", val="single", sz=4, space=0, color="auto") for side in BORDERS)
        properties.append(borders)
        rows = _laid_out(table.rows)
        columns = max((sum(wide for _, wide, _ in row) for row in rows), default=1) or 1
        grid = OxmlElement("w:tblGrid")
        grid.extend(_element("w:gridCol", w=8800 // columns) for _ in range(columns))
        written.extend([properties, grid])
        for row in rows:
            line = OxmlElement("w:tr")
            for cell, wide, merge in row or [(None, 1, None)]:
                line.append(self._cell(cell, wide, merge))
            written.append(line)
        return written

    def _cell(self, cell: Cell | None, wide: int, merge: str | None) -> Element:
        written = OxmlElement("w:tc")
        properties = OxmlElement("w:tcPr")
        if wide > 1:
            properties.append(_element("w:gridSpan", val=wide))
        if merge is not None:
            properties.append(_element("w:vMerge", val=merge))
        properties.append(_element("w:vAlign", val="center"))
        written.append(properties)
        paragraphs = cell.paragraphs if cell is not None and merge != "continue" else []
        written.extend(self.paragraph(paragraph) for paragraph in paragraphs)
        if not paragraphs:
            written.append(OxmlElement("w:p"))
        return written


def _laid_out(rows: Sequence[Sequence[Cell]]) -> list[list[tuple[Cell | None, int, str | None]]]:
    """Give every row a cell in each place: Word wants those that a cell above reaches into, too."""
    laid: list[list[tuple[Cell | None, int, str | None]]] = []
    reaching: dict[int, tuple[int, int]] = {}
    for row in rows:
        line: list[tuple[Cell | None, int, str | None]] = []
        column = 0
        waiting = list(row)
        while waiting or any(start >= column for start in reaching):
            if column in reaching:
                wide, left = reaching.pop(column)
                line.append((None, wide, "continue"))
                if left > 1:
                    reaching[column] = wide, left - 1
                column += wide
            elif waiting:
                cell = waiting.pop(0)
                line.append((cell, cell.colspan, "restart" if cell.rowspan > 1 else None))
                if cell.rowspan > 1:
                    reaching[column] = cell.colspan, cell.rowspan - 1
                column += cell.colspan
            else:
                line.append((None, 1, None))
                column += 1
        laid.append(line)
    return laid
