"""The text of a block of a StreamField as HTML; what only steers the looks is left out."""

import re
from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.contrib.typed_table_block.blocks import BaseTypedTableBlock
from wagtail.embeds.blocks import EmbedBlock

SILENT = (
    blocks.URLBlock,
    blocks.ChoiceBlock,
    blocks.MultipleChoiceBlock,
    blocks.ChooserBlock,
    blocks.StaticBlock,
    EmbedBlock,
)
KEY_OF_THE_EDITOR = re.compile(r' data-block-key="[^"]*"')


def html_of_rich_text(source: str) -> str:
    """Leave out the keys by which the editor knows its paragraphs: they change where the text does not."""
    return KEY_OF_THE_EDITOR.sub("", source)


def html_of_block(block: blocks.Block, value: Any) -> str:
    """Write a value of a block as HTML."""
    if value is None or isinstance(block, SILENT):
        return ""
    children = _children(block, value)
    return _leaf(block, value) if children is None else "".join(html_of_block(*child) for child in children)


def _children(block: blocks.Block, value: Any) -> Iterable[tuple[blocks.Block, Any]] | None:
    """Give the blocks that a block consists of, with their values; None of one that has no such."""
    match block:
        case blocks.BaseStreamBlock():
            return ((child.block, child.value) for child in value)
        case blocks.ListBlock():
            return ((block.child_block, item) for item in value)
        case blocks.BaseStructBlock() if isinstance(value, Mapping):
            return ((child, value.get(name)) for name, child in block.child_blocks.items())
    return None


def _leaf(block: blocks.Block, value: Any) -> str:
    match block:
        case blocks.RichTextBlock():
            return html_of_rich_text(value.source)
        case blocks.RawHTMLBlock():
            return str(value)
        case TableBlock():
            rows = ((_cell(cell or "") for cell in row) for row in value.get("data", ()))
            return _table(value.get("table_caption"), rows)
        case BaseTypedTableBlock():
            head = (_cell(column["heading"]) for column in value.columns)
            body = ((html_of_block(cell.block, cell.value) for cell in row) for row in value.rows)
            return _table(value.caption, (head, *body))
        case blocks.FieldBlock() if isinstance(value, str):
            return _paragraphs(value.splitlines())
    # Blocks of the site's own say what can be searched in them; that is their text.
    return _paragraphs(block.get_searchable_content(value))


def _paragraphs(lines: Iterable[str]) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in lines if line.strip())


def _cell(words: str) -> str:
    return escape(words).replace("\n", "<br>")


def _table(caption: str | None, rows: Iterable[Iterable[str]]) -> str:
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table><caption>{escape(caption or '')}</caption>{body}</table>"
