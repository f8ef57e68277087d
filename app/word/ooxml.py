"""The few words of WordprocessingML that reading and writing share."""

from __future__ import annotations

from lxml import etree

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PREFIX = f"{{{WORD}}}"
Element = etree._Element  # noqa: SLF001 lxml names the type of its elements nowhere else


def w(name: str) -> str:
    """Name an element or attribute of the main namespace."""
    return PREFIX + name


def value(parent: Element | None, name: str, attribute: str = "val") -> str | None:
    """Read an attribute of a child; None if either is missing."""
    child = None if parent is None else parent.find(w(name))
    return None if child is None else child.get(w(attribute))


def switch(parent: Element | None, name: str) -> bool | None:
    """Read a child that is on or off; None if it is missing."""
    child = None if parent is None else parent.find(w(name))
    return None if child is None else child.get(w("val"), "1") not in {"0", "false", "off", "none"}


def whole(text: str | None) -> int | None:
    """Read a whole number; None if it is none."""
    try:
        return None if text is None else int(float(text))
    except (ValueError, OverflowError):
        return None
