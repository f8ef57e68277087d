"""What Word numbers by itself: the numbers are nowhere in the text, but every reader sees them."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from app.word.numbers import written
from app.word.ooxml import Element, value, w, whole
from app.word.styles import Styles

PLACE = regex.compile(r"%([1-9])", regex.ASCII)
LEVELS = 9
BULLET = "bullet"


@dataclass(frozen=True, slots=True)
class Label:
    """What stands before a paragraph: words, or a bullet at a level from 1."""

    words: str
    bullet: int


NO_LABEL = Label("", 0)


class Numbering:
    """Counts through one document; ask in the order of the text."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        """Take the root of numbering.xml, if the document has one."""
        self._styles = styles
        self._abstract: dict[str, Element] = {}
        self._numbers: dict[str, Element] = {}
        if root is not None:
            self._abstract = {one.get(w("abstractNumId"), ""): one for one in root.findall(w("abstractNum"))}
            self._numbers = {one.get(w("numId"), ""): one for one in root.findall(w("num"))}
        self._counts: dict[str, list[int | None]] = {}

    def label(self, properties: Element | None, style_id: str | None) -> Label:
        """Count on, and tell what stands before the paragraph."""
        own = None if properties is None else properties.find(w("numPr"))
        said = (
            own
            if own is not None
            else self._styles.first(style_id, "pPr", lambda layout: layout.find(w("numPr")))
        )
        if said is None:
            return NO_LABEL
        number_id = value(said, "numId")
        if number_id is None:
            number_id = self._styles.first(
                style_id, "pPr", lambda layout: value(layout.find(w("numPr")), "numId")
            )
        level = min(LEVELS - 1, max(0, whole(value(said, "ilvl")) or 0))
        number = self._numbers.get(number_id or "")
        abstract_id = value(number, "abstractNumId")
        levels = self._levels(number, abstract_id)
        if level not in levels or abstract_id is None:
            return NO_LABEL
        if value(levels[level], "numFmt") == BULLET:
            return Label("", min(8, level + 1))
        counts = self._counted(abstract_id, levels, level)
        return Label(self._words(levels, level, counts), 0)

    def _levels(self, number: Element | None, abstract_id: str | None) -> dict[int, Element]:
        abstract = self._abstract.get(abstract_id or "")
        if number is None or abstract is None:
            return {}
        levels = {whole(one.get(w("ilvl"))) or 0: one for one in abstract.findall(w("lvl"))}
        for override in number.findall(w("lvlOverride")):
            own = override.find(w("lvl"))
            if own is not None:
                levels[whole(override.get(w("ilvl"))) or 0] = own
        return levels

    def _counted(self, abstract_id: str, levels: dict[int, Element], level: int) -> list[int | None]:
        counts = self._counts.setdefault(abstract_id, [None] * LEVELS)
        for place in range(level + 1):
            start = whole(value(levels.get(place), "start")) or 1
            if place == level:
                before = counts[place]
                counts[place] = start if before is None else before + 1
            elif counts[place] is None:
                counts[place] = start
        counts[level + 1 :] = [None] * (LEVELS - level - 1)
        return counts

    @staticmethod
    def _words(levels: dict[int, Element], level: int, counts: list[int | None]) -> str:
        def number(match: regex.Match[str]) -> str:
            place = int(match[1]) - 1
            return written(counts[place] or 1, value(levels.get(place), "numFmt") or "decimal")

        return PLACE.sub(number, value(levels[level], "lvlText") or "")
