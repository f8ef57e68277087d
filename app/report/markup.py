"""Elements of a page: whatever is said in them stays text, also where it looks like markup."""

from __future__ import annotations

from lxml import etree

from app.word.content import UNWRITABLE

Element = etree._Element  # noqa: SLF001 lxml names the type of its elements nowhere else


def element(name: str, /, *contents: Element | str, **attributes: str) -> Element:
    """Make an element. An underline at the end of an attribute is dropped, one within becomes a hyphen."""
    made = etree.Element(name)
    for attribute, said in attributes.items():
        made.set(attribute.rstrip("_").replace("_", "-"), UNWRITABLE.sub("", said))
    for content in contents:
        if not isinstance(content, str):
            made.append(content)
        elif len(made):
            made[-1].tail = (made[-1].tail or "") + UNWRITABLE.sub("", content)
        else:
            made.text = (made.text or "") + UNWRITABLE.sub("", content)
    return made


def written(page: Element) -> bytes:
    """Write a page as HTML."""
    said: bytes = etree.tostring(page, method="html", encoding="utf-8", doctype="<!DOCTYPE html>")
    return said
