"""An empty document set as official documents are (GB/T 9704—2012): A4, its margins, 三号仿宋, 28 points a line."""

from __future__ import annotations

import io

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from app.word.content import Font
from app.word.styles import FONT_NAMES

BODY_SIZE = 16
LINE = 28
MARGINS = {"top_margin": 37, "bottom_margin": 35, "left_margin": 28, "right_margin": 26}
"""Millimetres."""
HEADINGS = (
    (1, Font.XIAOBIAOSONG, 22, False),
    (2, Font.HEITI, 16, False),
    (3, Font.KAITI, 16, True),
    (4, Font.FANGSONG, 16, False),
)
AUTHOR = "审校"
LANGUAGE = "zh-CN"


def new_document() -> Document:
    """Make an empty document."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for margin, length in MARGINS.items():
        setattr(section, margin, Mm(length))
    _set(_style(document, "Normal"), Font.FANGSONG, BODY_SIZE, bold=False)
    for level, font, size, bold in HEADINGS:
        _set(_style(document, f"Heading {level}"), font, size, bold=bold)
    # The library's template is American: of a foreign text Word and LibreOffice set 、，。 in the middle of the line.
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), LANGUAGE)
    properties = document.core_properties
    # The library's template names its own author and day.
    properties.author = AUTHOR
    properties.comments = properties.keywords = properties.title = ""
    return document


def saved(document: Document) -> bytes:
    """Give the bytes of a document."""
    packed = io.BytesIO()
    document.save(packed)
    return packed.getvalue()


def _style(document: Document, name: str) -> ParagraphStyle:
    style = document.styles.get_by_id(document.styles[name].style_id, WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(style, ParagraphStyle)
    return style


def _set(style: ParagraphStyle, font: Font, size: float, *, bold: bool) -> None:
    style.font.name = "Times New Roman"
    style.font.size = Pt(size)
    style.font.bold = bold
    style.font.italic = False
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    # A theme's font would go before the one that is named.
    for attribute in list(fonts.attrib):
        if "Theme" in attribute:
            del fonts.attrib[attribute]
    fonts.set(qn("w:eastAsia"), FONT_NAMES[font])
    layout = style.paragraph_format
    layout.space_before = layout.space_after = Pt(0)
    layout.line_spacing = Pt(LINE)
