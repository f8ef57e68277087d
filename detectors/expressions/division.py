"""Cities and counties placed in a province to which they do not belong (“湖南省宜昌市”).

Only a place that follows its province directly is judged, and only by a name that no division of that
province bears. Streets, hotels and dishes bear the names of far cities.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import rjieba

from detectors.kernel.alignment import Change, edits
from detectors.kernel.boundaries import is_whole_words
from detectors.kernel.confusion import Characters, characters_of
from detectors.kernel.finding import Category, Finding, Rule, Severity, Source
from detectors.kernel.names import read_name_lists
from detectors.kernel.sources import cite
from detectors.kernel.terms import FromLexicons, Hit
from detectors.kernel.text import Text

PROVINCE, PREFECTURE, COUNTY = "1", "2", "3"
PROVINCE_ENDINGS = ("维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "省", "市")
CITY_ENDINGS = ("地区", "市", "盟")
ENDINGS = (*CITY_ENDINGS, "自治县", "自治旗", "县", "区", "旗")
NOT_JUDGED = frozenset({"香港特别行政区", "澳门特别行政区", "台湾省"})
GENERIC = frozenset({"大兴安岭地区", "黄山市"})
"""Named after mountains that reach into other provinces."""
SHORTEST_JUDGED = 3
"""Code points. 城区 and 郊区 are districts of some cities and parts of all."""
NO_PLACE = tuple("公陵路街道巷里桥站港湾山河江湖大学校院店菜人话籍商会馆厦园寺队军派战")
"""What follows where a name is that of a street, a school, a dish, a team or a battle."""


MISPLACED = Rule(
    code="FX3101",
    name="地名与所属省份不符",
    category=Category.EXPRESSION,
    severity=Severity.ERROR,
    why="市、县写在了不属于它的省、自治区、直辖市之后，请核对行政区划。",
    source=cite("xingzheng-quhua-daima"),
    hits=("调研组赴⟦湖南省宜昌市⟧考察。", "产品销往⟦广东河池⟧等地。"),
    misses=("调研组赴湖北省宜昌市考察。", "上海南京路步行街客流平稳。", "山西、陕西榆林等地开展联防。"),
)


class Divisions:
    """Compares the place behind a province's name with the province's own."""

    def __init__(self, rows: Sequence[tuple[str, ...]], characters: Characters) -> None:
        """Take rows of name, level, province and parent."""
        self.rules = (MISPLACED,)
        self.categories = frozenset({Category.EXPRESSION})
        self._characters = characters
        self._provinces: dict[str, str] = {}
        self._homes: dict[str, set[str]] = defaultdict(set)
        self._judged: set[str] = set()
        for name, level, province, *_ in rows:
            if province in NOT_JUDGED:
                continue
            if level == PROVINCE:
                for form in {name, _short(name, PROVINCE_ENDINGS)}:
                    self._provinces[form] = province
            else:
                self._add(name, level, province)
        # By the first two characters, the lengths of the names that begin so, the longest first.
        self._lengths = _lengths_by_beginning(self._homes)

    @property
    def forms(self) -> set[str]:
        """The names of the provinces."""
        return set(self._provinces)

    def _add(self, name: str, level: str, province: str) -> None:
        short = _short(name, CITY_ENDINGS)
        for form in {name, short, _short(name, ENDINGS)}:
            self._homes[form].add(province)
        if len(name) < SHORTEST_JUDGED or name in GENERIC:
            return
        self._judged.add(name)
        # Short names of counties are words or share their sound with words; those of cities are places.
        if level == PREFECTURE or (name.endswith("市") and _is_place(short)):
            self._judged.add(short)

    def judge(self, text: Text, hits: Sequence[Hit]) -> Iterator[Finding]:
        """Look at what follows each province."""
        folded = text.folded
        longest: dict[int, Hit] = {}
        for hit in hits:
            if hit.start not in longest or hit.end > longest[hit.start].end:
                longest[hit.start] = hit
        for hit in longest.values():
            province = self._provinces[hit.form]
            name = self._place_at(folded, hit.end)
            if name is None or province in self._homes[name]:
                continue
            end = hit.end + len(name)
            if folded.startswith(NO_PLACE, end) or not is_whole_words(folded, hit.end, end):
                continue
            advice = tuple(self._advice(hit.form, province, name))
            yield Finding(MISPLACED, text.span(hit.start, end), advice, inferred=True)

    def _place_at(self, folded: str, start: int) -> str | None:
        for length in self._lengths.get(folded[start : start + 2], ()):
            name = folded[start : start + length]
            if name in self._homes:
                return name if name in self._judged else None
        return None

    def _advice(self, written: str, province: str, name: str) -> Iterator[str]:
        """Offer the place of the same sound or shape in that province, then the province of that place."""
        for other, homes in self._homes.items():
            if province in homes and len(other) == len(name):
                found = edits(name, other, 1)
                if found and found[0].change is Change.SUBSTITUTED:
                    edit = found[0]
                    if self._characters.likeness(edit.written, edit.right) is not None:
                        yield written + other
        for home in sorted(self._homes[name]):
            full = written.endswith(PROVINCE_ENDINGS)
            yield (home if full else _short(home, PROVINCE_ENDINGS)) + name


def _lengths_by_beginning(names: Iterable[str]) -> Mapping[str, Sequence[int]]:
    lengths: dict[str, set[int]] = defaultdict(set)
    for name in names:
        lengths[name[:2]].add(len(name))
    return {beginning: sorted(found, reverse=True) for beginning, found in lengths.items()}


def _short(name: str, endings: tuple[str, ...]) -> str:
    for ending in endings:
        if name.endswith(ending) and len(name) - len(ending) >= 2:
            return name.removesuffix(ending)
    return name


def _is_place(word: str) -> bool:
    return [tag for _, tag in rjieba.tag(word)] == ["ns"]


def _load(lexicons: Path, sources: Mapping[str, Source]) -> Divisions:
    divisions = read_name_lists(lexicons / "names", sources, "FX")["divisions"]
    return Divisions(divisions.rows, characters_of(lexicons))


DETECTOR = FromLexicons(_load)
