"""The notice as a .docx file, set as official documents are (GB/T 9704—2012)."""

from __future__ import annotations

from collections.abc import Sequence

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Pt
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from app.report.notice_text import Annex, Notice
from app.word.content import UNWRITABLE, Font
from app.word.grid import add_table
from app.word.numbers import chinese
from app.word.styles import FONT_NAMES
from app.word.template import BODY_SIZE, new_document, saved

ADDRESSED = "各有关单位："
TABLE_SIZE, TABLE_LINE = 12, 20
TITLE_LINE = 34
FOOTER_SIZE = 14
INDENT = 2
"""Characters; of the first line of a paragraph."""


def write(notice: Notice) -> bytes:
    """Write a notice."""
    document = new_document()
    document.core_properties.title = _clean(notice.title)
    _number_pages(document)
    _title(document, notice.title)
    _paragraph(document, "")
    _paragraph(document, ADDRESSED)
    _indent(_paragraph(document, notice.opening))
    for place, section in enumerate(notice.sections, 1):
        _indent(document.add_paragraph(f"{chinese(place)}、{section.heading}", style="Heading 2"))
        for number, point in enumerate(section.points, 1):
            paragraph = _indent(document.add_paragraph())
            _in_font(paragraph.add_run(f"（{chinese(number)}）{point.lead}"), Font.KAITI)
            paragraph.add_run(_clean(point.words))
    # Nobody signs a page that says nothing: what stands at the end stays with the last paragraph.
    for paragraph in (document.paragraphs[-1], *_list_annexes(document, notice.annexes)):
        paragraph.paragraph_format.keep_with_next = True
    for last, follows in ((notice.issuer, True), (notice.day, False)):
        paragraph = _paragraph(document, last)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.paragraph_format.right_indent = Pt(BODY_SIZE * INDENT)
        paragraph.paragraph_format.keep_with_next = follows
    for number, annex in enumerate(notice.annexes, 1):
        _annex(document, annex, f"附件{number}" if len(notice.annexes) > 1 else "附件")
    return saved(document)


def _clean(text: str) -> str:
    # A name out of a manifest may hold what XML cannot.
    return UNWRITABLE.sub("", text)


def _paragraph(document: Document, words: str) -> Paragraph:
    return document.add_paragraph(_clean(words))


def _title(document: Document, words: str) -> Paragraph:
    paragraph = document.add_paragraph(_clean(words), style="Heading 1")
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.line_spacing = Pt(TITLE_LINE)
    return paragraph


def _in_font(run: Run, font: Font) -> None:
    run.font.name = "Times New Roman"
    fonts = run._r.get_or_add_rPr().get_or_add_rFonts()  # noqa: SLF001 python-docx knows no East Asian font
    fonts.set(qn("w:eastAsia"), FONT_NAMES[font])


def _indent(paragraph: Paragraph, characters: int = INDENT) -> Paragraph:
    paragraph.paragraph_format.first_line_indent = Pt(BODY_SIZE * characters)
    return paragraph


def _list_annexes(document: Document, annexes: Sequence[Annex]) -> list[Paragraph]:
    paragraphs = [_paragraph(document, "")]
    for number, annex in enumerate(annexes, 1):
        # The numbers stand below one another.
        label = "附件：" if number == 1 else "　　　"
        place = f"{number}．" if len(annexes) > 1 else ""
        paragraphs.append(_indent(_paragraph(document, f"{label}{place}{annex.title}")))
    if annexes:
        paragraphs.append(_paragraph(document, ""))
    return paragraphs


def _annex(document: Document, annex: Annex, label: str) -> None:
    head = document.add_paragraph()
    # A page of its own: not by a break in a paragraph before it, which would leave an empty page after a full one.
    head.paragraph_format.page_break_before = True
    _in_font(head.add_run(label), Font.HEITI)
    _title(document, annex.title).paragraph_format.space_after = Pt(TABLE_SIZE)
    rows = ([_clean(cell) for cell in row] for row in annex.rows)
    add_table(document, annex.columns, rows, size=TABLE_SIZE, line=TABLE_LINE)


def _number_pages(document: Document) -> None:
    footer = document.sections[0].footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for words, field in (("— ", ""), ("", "PAGE"), (" —", "")):
        run = footer.add_run(words)
        run.font.size = Pt(FOOTER_SIZE)
        if field:
            _field(run, field)


def _field(run: Run, instruction: str) -> None:
    for kind in ("begin", "", "end"):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = instruction
        run._r.append(part)  # noqa: SLF001 python-docx knows no fields
