"""Tables to be printed: headings that come again on every page, rows that stay whole, small type."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Mm, Pt
from docx.table import _Row
from docx.text.paragraph import Paragraph

Columns = Sequence[tuple[str, float]]
"""Headings, and widths in millimetres."""


def add_table(
    document: Document, columns: Columns, rows: Iterable[Sequence[str]], *, size: float, line: float
) -> None:
    """Add a table at the end of a document.

    Args:
        document: takes it.
        columns: say how many cells a row has.
        rows: the words of the cells.
        size: of the type, in points.
        line: in points.
    """
    table = document.add_table(rows=1, cols=len(columns), style="Table Grid")
    table.autofit = False
    for column, (_, width) in zip(table.columns, columns, strict=True):
        column.width = Mm(width)
    head = table.rows[0]
    # The headings come again on every page.
    head._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001 python-docx has no other way
    widths = [width for _, width in columns]
    _fill(head, [name for name, _ in columns], widths, bold=True)
    for words in rows:
        _fill(table.add_row(), words, widths)
    for row in table.rows:
        for cell in row.cells:
            tighten(cell.paragraphs[0], size, line)


def tighten(paragraph: Paragraph, size: float, line: float) -> None:
    """Set a paragraph smaller than the text of a document; both in points."""
    paragraph.paragraph_format.line_spacing = Pt(line)
    for run in paragraph.runs:
        run.font.size = Pt(size)


def _fill(row: _Row, words: Sequence[str], widths: Sequence[float], *, bold: bool = False) -> None:
    # A row that is torn over two pages cannot be signed off.
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001
    whole = OxmlElement("w:cantSplit")
    whole.set(qn("w:val"), "true")
    properties.append(whole)
    for cell, said, width in zip(row.cells, words, widths, strict=True):
        cell.width = Mm(width)
        cell.paragraphs[0].add_run(said).bold = bold
