"""Capitals of the wrong country (“缅甸首都仰光”)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from detectors.kernel.boundaries import is_whole_words
from detectors.kernel.finding import Category, Finding, Rule, Severity, Source
from detectors.kernel.name_index import NameIndex
from detectors.kernel.names import read_name_lists, words_in
from detectors.kernel.sources import cite
from detectors.kernel.terms import FromLexicons, Hit
from detectors.kernel.text import Text

MISTAKEN = Rule(
    code="FX3105",
    name="国家与首都不符",
    category=Category.EXPRESSION,
    severity=Severity.WARNING,
    why="首都与国家不符，请核对；迁都、改名以前的事，写明当时的时间。",
    source=cite("waijiaobu-guojia"),
    hits=(
        "代表团抵达⟦澳大利亚首都悉尼⟧。",
        "代表团抵达⟦巴西首都里约热内卢⟧。",
        "代表团抵达⟦土耳其首都伊斯坦布尔⟧。",
    ),
    misses=(
        "代表团抵达澳大利亚首都堪培拉。",
        "代表团抵达巴西首都巴西利亚。",
        "航班由伊斯坦布尔飞往首都机场。",
    ),
)
CAPITAL = "首都"
SEATS = frozenset(
    {
        ("坦桑尼亚", "达累斯萨拉姆"),
        ("玻利维亚", "拉巴斯"),
        ("科特迪瓦", "阿比让"),
        ("斯里兰卡", "科伦坡"),
        ("哈萨克斯坦", "努尔苏丹"),
        ("南非", "开普敦"),
        ("南非", "布隆方丹"),
    }
)
"""Where government sits, or sat for long, beside the capital."""
COUNTRY, FULL_NAME, CITY, OTHER_NAMES = range(4)


class Capitals:
    """Compares the city behind “…首都” with the country before it."""

    rules = (MISTAKEN,)
    categories = frozenset({Category.EXPRESSION})

    def __init__(self, countries: Sequence[tuple[str, ...]], places: Iterable[str]) -> None:
        """Take rows of short name, full name, capital and other names, and the cities of the world."""
        self._capitals: dict[str, str] = {}
        for row in countries:
            if any(words_in(row, CITY)):
                for column in (COUNTRY, FULL_NAME, OTHER_NAMES):
                    self._capitals |= dict.fromkeys(
                        (f"{name}{CAPITAL}" for name in words_in(row, column)), row[CITY]
                    )
        self._cities = NameIndex({*places, *self._capitals.values()})

    @property
    def forms(self) -> set[str]:
        """The names of countries with 首都 behind."""
        return set(self._capitals)

    def judge(self, text: Text, hits: Sequence[Hit]) -> Iterator[Finding]:
        """Look at the city behind each."""
        longest: dict[int, Hit] = {}
        for hit in hits:
            # 白俄罗斯首都 holds 俄罗斯首都; of equal ends the longest comes first.
            longest.setdefault(hit.end, hit)
        for start, end, form in longest.values():
            written, right = self._cities.at(text.folded, end), self._capitals[form]
            if written is None or written in right or right in written:
                continue
            if (form.removesuffix(CAPITAL), written) in SEATS:
                continue
            last = end + len(written)
            if is_whole_words(text.folded, end, last):
                yield Finding(MISTAKEN, text.span(start, last), (form + right,), inferred=True)


def _load(lexicons: Path, sources: Mapping[str, Source]) -> Capitals:
    lists = read_name_lists(lexicons / "names", sources, "FX")
    return Capitals(lists.only("countries").rows, lists.only("world_places").column(0))


DETECTOR = FromLexicons(_load)
