"""台湾, 香港 or 澳门 in one row with countries (“新加坡、韩国、台湾等”)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import regex

from detectors.kernel.context import sentence_around
from detectors.kernel.finding import Category, Finding, Rule, Severity, Source
from detectors.kernel.names import read_name_lists, words_in
from detectors.kernel.sources import cite
from detectors.kernel.terms import FromLexicons, Hit
from detectors.kernel.text import Text

AMONG_COUNTRIES = Rule(
    code="ST0391",
    name="台湾、香港、澳门与国家并列",
    category=Category.SENSITIVE,
    severity=Severity.WARNING,
    why="台湾、香港、澳门不能与国家并列：写“中国台湾”等，或者在列举之后写“等国家和地区”。",
    source=cite("shetai-yongyu-2016"),
    hits=("产品销往新加坡、韩国、⟦台湾⟧等。", "客商来自日本、⟦香港⟧等国。", "学生分别来自⟦台湾⟧和日本。"),
    misses=(
        "产品销往新加坡、韩国、中国台湾等国家和地区。",
        "客商来自日本、韩国和台湾地区。",
        "产品销往日本、韩国、台湾等国家和地区。",
        "公司在香港、新加坡等地设有分支机构。",
        "台湾、澎湖、金门、马祖的旅客可以办理。",
    ),
)
MARK = "、和与及"
STATES = "等国"
LAWFUL = regex.compile(
    "国家(?:和|与|及|或|、|（|/)地区|国家/?地区|经济体|国家（地区）|地区和国家", regex.ASCII
)
BEHIND = regex.compile(r"[、，。；：！？）\n和与及]|等|三地|两地|$", regex.ASCII)
REGIONS = ("台湾", "香港", "澳门")
HOME = "中国"


class AmongCountries:
    """Finds a region of China beside the name of a country in a row."""

    rules = (AMONG_COUNTRIES,)
    categories = frozenset({Category.SENSITIVE})
    forms = REGIONS

    def __init__(self, countries: Iterable[str]) -> None:
        """Take the names of the other countries."""
        names = "|".join(sorted((regex.escape(name) for name in countries), key=len, reverse=True))
        self._before = regex.compile(f"(?:{names})(?:[{MARK}]|以及)$", regex.ASCII)
        self._behind = regex.compile(f"(?:[{MARK}]|以及)(?:{names})", regex.ASCII)

    def judge(self, text: Text, hits: Sequence[Hit]) -> Iterator[Finding]:
        """Look at what stands beside each."""
        folded = text.folded
        for start, end, form in hits:
            if not BEHIND.match(folded, end) or folded.endswith(HOME, 0, start):
                continue
            follows_a_mark = start > 0 and folded[start - 1] in MARK
            beside = self._before.search(folded, max(0, start - 12), start) or (
                not follows_a_mark and self._behind.match(folded, end)
            )
            if not beside:
                continue
            sentence = sentence_around(folded, start, end)
            # 香港、新加坡等地 is a row of cities.
            if LAWFUL.search(sentence) or (form != REGIONS[0] and STATES not in sentence):
                continue
            yield Finding(AMONG_COUNTRIES, text.span(start, end), (HOME + form,), inferred=True)


def _load(lexicons: Path, sources: Mapping[str, Source]) -> AmongCountries:
    countries = read_name_lists(lexicons / "names", sources, "FX").only("countries")
    others = [row for row in countries.rows if row[0] != HOME]
    return AmongCountries({name for row in others for column in (0, 3) for name in words_in(row, column)})


DETECTOR = FromLexicons(_load)
