"""Looks of a document that are inherited: styles and what they are based on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

import regex

from app.word.content import Font
from app.word.ooxml import Element, value, w, whole

T = TypeVar("T")
HEADING = regex.compile(r"(?:heading|标题)\s*([1-9])", regex.IGNORECASE | regex.ASCII)
TITLES = frozenset({"title", "标题"})
MOST_ANCESTORS = 20
FONT_NAMES = {
    Font.XIAOBIAOSONG: "方正小标宋简体",
    Font.FANGSONG: "仿宋_GB2312",
    Font.KAITI: "楷体_GB2312",
    Font.HEITI: "黑体",
    Font.SONGTI: "宋体",
}
KNOWN_FONTS = (
    ("小标宋", Font.XIAOBIAOSONG),
    ("仿宋", Font.FANGSONG),
    ("fangsong", Font.FANGSONG),
    ("楷体", Font.KAITI),
    ("kaiti", Font.KAITI),
    ("黑体", Font.HEITI),
    ("simhei", Font.HEITI),
    ("宋体", Font.SONGTI),
    ("simsun", Font.SONGTI),
)


def font_of(name: str | None) -> Font | None:
    """Recognise an official font."""
    folded = (name or "").lower()
    return next((font for known, font in KNOWN_FONTS if known in folded), None)


class Styles:
    """The styles of a document."""

    def __init__(self, root: Element | None) -> None:
        """Take the root of styles.xml, if the document has one."""
        found = [] if root is None else root.findall(w("style"))
        self._by_id = {style.get(w("styleId"), ""): style for style in found}
        self._usual = next(
            (
                style.get(w("styleId"), "")
                for style in found
                if style.get(w("type")) == "paragraph" and style.get(w("default")) in {"1", "true"}
            ),
            "",
        )

    def chain(self, style_id: str | None) -> Iterator[Element]:
        """Give a style and what it is based on; a document may tie them into a ring."""
        wanted: str | None = style_id if style_id is not None else self._usual
        for _ in range(MOST_ANCESTORS):
            style = self._by_id.get(wanted or "")
            if style is None:
                return
            yield style
            wanted = value(style, "basedOn")

    def first(self, style_id: str | None, properties: str, read: Callable[[Element], T | None]) -> T | None:
        """Read what the nearest style says that says anything."""
        for style in self.chain(style_id):
            said = style.find(w(properties))
            found = None if said is None else read(said)
            if found is not None:
                return found
        return None

    def level(self, style_id: str | None) -> int:
        """Tell which level of heading a style is for; 0 for none."""
        for style in self.chain(style_id):
            name = (value(style, "name") or "").strip().lower()
            match = HEADING.fullmatch(name)
            if match:
                return min(4, int(match[1]))
            if name in TITLES:
                return 1
            outline = whole(value(style.find(w("pPr")), "outlineLvl"))
            if outline is not None and 0 <= outline <= 3:
                return outline + 1
        return 0
