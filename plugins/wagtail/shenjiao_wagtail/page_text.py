"""All text of a page that a visitor may read, as one HTML document, and where in it something stands."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from html import escape
from typing import Any

from django.db import models
from modelcluster.models import get_all_child_relations
from wagtail.fields import RichTextField, StreamField
from wagtail.models import COMMENTS_RELATION_NAME

from shenjiao_wagtail.block_text import html_of_block, html_of_rich_text

OF_THE_TREE = frozenset({"path", "url_path", "draft_title"})
"""Fields of every page that hold letters and are no text."""
PARAGRAPH = re.compile(r"<(?:p|h[1-6]|li|tr|blockquote)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    """What one field, or one block of a field, holds."""

    label: str
    html: str = field(repr=False)

    def place(self, offset: int) -> str:
        """Name the place in the words of the editor."""
        if len(PARAGRAPH.findall(self.html)) < 2:
            return self.label
        number = len(PARAGRAPH.findall(self.html, 0, offset + 1))
        return f"{self.label}第{max(number, 1)}{'行' if self.html.startswith('<table>') else '段'}"


@dataclass(frozen=True)
class PageText:
    """The parts in their order."""

    parts: tuple[Part, ...]

    @cached_property
    def html(self) -> str:
        """The document that is sent; positions of findings count in it."""
        return "\n".join(part.html for part in self.parts)

    @cached_property
    def digest(self) -> str:
        """Tells whether two texts are the same."""
        return sha256(self.html.encode()).hexdigest()

    def place(self, offset: int) -> str:
        """Name the part, and the paragraph in it, in which a position lies."""
        start = 0
        for part in self.parts:
            if offset <= start + len(part.html):
                return part.place(offset - start)
            start += len(part.html) + 1
        return ""


def text_of(page: models.Model) -> PageText:
    """Collect the text of a page as it is in memory, with the children not yet saved."""
    return PageText(tuple(part for part in _parts_of(page) if part.html))


def _parts_of(owner: models.Model) -> Iterator[Part]:
    silent = getattr(owner, "not_proofread", ())
    for column in owner._meta.concrete_fields:  # noqa: SLF001 (Django's documented interface)
        if column.name not in silent:
            yield from _parts_of_field(column, column.value_from_object(owner))
    for relation in get_all_child_relations(owner):
        name = relation.get_accessor_name()
        # The remarks of editors lie beside the page in the same way, and are not published.
        if name in silent or name == COMMENTS_RELATION_NAME:
            continue
        for child in getattr(owner, name).all():
            yield from _parts_of(child)


def _parts_of_field(field: models.Field, value: Any) -> Iterator[Part]:
    label = str(field.verbose_name)
    if isinstance(field, StreamField):
        for child in value or ():
            yield Part(f"{label}·{child.block.label}", html_of_block(child.block, child.value))
    elif isinstance(field, RichTextField):
        yield Part(label, html_of_rich_text(value or ""))
    elif _is_text(field):
        tag = "h1" if field.name == "title" else "p"
        lines = (line for line in str(value or "").splitlines() if line.strip())
        yield Part(label, "".join(f"<{tag}>{escape(line)}</{tag}>" for line in lines))


def _is_text(field: models.Field) -> bool:
    if isinstance(field, models.SlugField | models.URLField) or field.choices or field.name in OF_THE_TREE:
        return False
    return isinstance(field, models.CharField | models.TextField)
