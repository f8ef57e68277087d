"""Cities and counties placed in a province or city to which they do not belong (“湖南省宜昌市”, “广州黄浦”).

Only a place that follows a province or a city directly is judged, and only by a name that no division there
bears. Streets, hotels and dishes bear the names of far cities.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import rjieba

from detectors.kernel.alignment import Change, edits
from detectors.kernel.boundaries import is_whole_words
from detectors.kernel.confusion import Characters, Likeness, characters_of
from detectors.kernel.division_names import COUNTY, PREFECTURE, PROVINCE, PROVINCE_ENDINGS, short_name
from detectors.kernel.finding import Category, Finding, Rule, Severity, Source
from detectors.kernel.name_index import NameIndex
from detectors.kernel.names import read_name_lists
from detectors.kernel.sources import cite
from detectors.kernel.terms import FromLexicons, Hit
from detectors.kernel.text import Text

CITY_ENDINGS = ("地区", "市", "盟")
ENDINGS = (*CITY_ENDINGS, "自治县", "自治旗", "县", "区", "旗")
NOT_JUDGED = frozenset({"香港特别行政区", "澳门特别行政区", "台湾省"})
GENERIC = frozenset({"大兴安岭地区", "黄山市"})
"""Named after mountains that reach into other provinces."""
SHORTEST_JUDGED = 3
"""Code points. 城区 and 郊区 are districts of some cities and parts of all."""
NO_PLACE = (
    *"公陵路街道巷里桥站港湾山河江湖大学校院店菜人话籍商会馆厦园寺队军派战域村镇乡至",
    *("东路", "西路", "南路", "北路", "中路", "高速", "高铁", "国家公园"),
)
"""What follows where a name is that of a street, a school, a dish, a team, a battle or the end of a line."""
DIRECTIONS = frozenset("东南西北中上下前后内外新老城市江河湖海港口山桥郊矿铁路平安和")
"""What names are made of that say only where in a city they lie: every city has a 新城区 and a 江南区."""
NAME_TAGS = frozenset({"ns", "nr", "nrt", "nrfg", "nz"})
"""How the segmenter tags names."""


MISPLACED = Rule(
    code="FX3101",
    name="地名与所属省份不符",
    category=Category.EXPRESSION,
    severity=Severity.ERROR,
    why="市、县写在了不属于它的省、自治区、直辖市之后，请核对行政区划。",
    source=cite("xingzheng-quhua-daima"),
    hits=("调研组赴⟦湖南省宜昌市⟧考察。", "产品销往⟦广东河池⟧等地。", "调研组赴⟦上海黄埔⟧考察。"),
    misses=(
        "调研组赴湖北省宜昌市考察。",
        "上海南京路步行街客流平稳。",
        "山西、陕西榆林等地开展联防。",
        "上海黄埔路车流平稳。",
    ),
)
MISPLACED_COUNTY = Rule(
    code="FX3103",
    name="县、区与所属的市不符",
    category=Category.EXPRESSION,
    severity=Severity.WARNING,
    why="县、区写在了不管辖它的市、州之后，请核对行政区划；两地并列的，中间加顿号。",
    source=cite("xingzheng-quhua-daima"),
    hits=("调研组赴⟦杭州市江宁区⟧考察。", "调研组赴⟦广州黄浦⟧考察。", "产品销往⟦南京余杭区⟧等地。"),
    misses=(
        "调研组赴南京市江宁区考察。",
        "调研组赴广州黄埔考察。",
        "推进杭州新城区建设。",
        "杭州、江宁区开展结对。",
        "长春市朝阳区、沈阳市和平区开展交流。",
        "广州黄浦大道车流平稳。",
    ),
)


class Divisions:
    """Compares the place behind the name of a province or a city with its own."""

    def __init__(self, rows: Sequence[tuple[str, ...]], characters: Characters) -> None:
        """Take rows of name, level, province and parent."""
        self.rules = (MISPLACED, MISPLACED_COUNTY)
        self.categories = frozenset({Category.EXPRESSION})
        self._characters = characters
        self._heads: dict[str, str] = {}
        """For each name of a province or a city in full or in short, its full name."""
        self._homes: dict[str, set[str]] = defaultdict(set)
        """For each name of a city or a county, the provinces and cities that have one so called."""
        self._judged: dict[str, set[str]] = {PROVINCE: set(), PREFECTURE: set()}
        """By the level of what stands before, the names that are no common words."""
        rows = [row for row in rows if row[2] not in NOT_JUDGED]
        self._provinces = {row[0] for row in rows if row[1] == PROVINCE}
        self._cities = {row[0] for row in rows if row[1] == PREFECTURE}
        self._cities_in_short = {short_name(city, CITY_ENDINGS) for city in self._cities}
        for name, level, province, parent, *_ in rows:
            if level == PROVINCE:
                self._heads |= dict.fromkeys((name, short_name(name, PROVINCE_ENDINGS)), name)
            else:
                self._add(name, level, {province, parent})
        counties = {
            form for row in rows if row[1] == COUNTY for form in (row[0], short_name(row[0], ENDINGS))
        }
        for name, level, *_ in rows:
            if level == PREFECTURE:
                self._heads.setdefault(name, name)
                # 朝阳 is a city of 辽宁 and a district elsewhere, 吉林 a city and a province.
                if (short := short_name(name, ("市",))) not in counties:
                    self._heads.setdefault(short, name)
        self._names = NameIndex(self._homes)
        self._confusable = self._confusable_shorts(rows)

    @property
    def forms(self) -> set[str]:
        """The names of the provinces and cities."""
        return set(self._heads)

    def _add(self, name: str, level: str, homes: set[str]) -> None:
        short = short_name(name, CITY_ENDINGS)
        stem = short_name(name, ENDINGS)
        for form in {name, short, stem}:
            self._homes[form] |= homes
        if len(name) < SHORTEST_JUDGED or name in GENERIC or (level == COUNTY and _says_where(name, stem)):
            return
        self._judged[PROVINCE].add(name)
        # Short names of counties are words or share their sound with words; those of cities are places.
        if level == PREFECTURE or (name.endswith("市") and _tags(short) == {"ns"}):
            self._judged[PROVINCE].add(short)
        if level == COUNTY:
            self._judged[PREFECTURE].add(name)

    def _confusable_shorts(self, rows: Sequence[tuple[str, ...]]) -> Mapping[str, set[str]]:
        """Give short names of districts that sound or look like another one: for each, the homes of that one.

        Where the one stands behind the home of the other, the other is meant.
        """
        by_pattern: dict[str, set[str]] = defaultdict(set)
        stems = {
            stem for row in rows if row[1] == COUNTY and not _is_common(stem := short_name(row[0], ENDINGS))
        }
        for stem in stems:
            for place in range(len(stem)):
                by_pattern[f"{stem[:place]}?{stem[place + 1 :]}"].add(stem)
        alike: dict[str, set[str]] = defaultdict(set)
        for stem in stems:
            for place, char in enumerate(stem):
                for other in by_pattern[f"{stem[:place]}?{stem[place + 1 :]}"] - {stem}:
                    likeness = self._characters.likeness(other[place], char)
                    if likeness is not None and likeness is not Likeness.NEAR_SOUND:
                        alike[stem] |= self._homes[other]
        return alike

    def judge(self, text: Text, hits: Sequence[Hit]) -> Iterator[Finding]:
        """Look at what follows each province and each city."""
        folded = text.folded
        longest: dict[int, Hit] = {}
        for hit in hits:
            if hit.start not in longest or hit.end > longest[hit.start].end:
                longest[hit.start] = hit
        for hit in longest.values():
            head = self._heads[hit.form]
            name = self._names.at(folded, hit.end)
            if name is None or head in self._homes[name] or not self._is_judged(name, head):
                continue
            end = hit.end + len(name)
            if folded.startswith(NO_PLACE, end) or not is_whole_words(folded, hit.end, end):
                continue
            if head in self._cities and not is_whole_words(folded, hit.start, hit.end):
                continue
            # 上海苏州 are two cities.
            if head == f"{hit.form}市" and name in self._cities_in_short:
                continue
            rule = MISPLACED if head in self._provinces else MISPLACED_COUNTY
            if not name.endswith(ENDINGS):
                # A short name may be that of a town, a line or a station.
                rule = rule.at_most(Severity.WARNING)
            advice = tuple(dict.fromkeys(self._advice(hit.form, head, name)))
            yield Finding(rule, text.span(hit.start, end), advice, inferred=True)

    def _is_judged(self, name: str, head: str) -> bool:
        level = PROVINCE if head in self._provinces else PREFECTURE
        return name in self._judged[level] or head in self._confusable.get(name, ())

    def _advice(self, written: str, head: str, name: str) -> Iterator[str]:
        """Offer the place of the same sound or shape there, then the home of that place."""
        for other, homes in self._homes.items():
            if head in homes and len(other) == len(name):
                found = edits(name, other, 1)
                if found and found[0].change is Change.SUBSTITUTED:
                    edit = found[0]
                    if self._characters.likeness(edit.written, edit.right) is not None:
                        yield written + other
        endings = PROVINCE_ENDINGS if head in self._provinces else CITY_ENDINGS
        for home in sorted(self._homes[name]):
            if (home in self._provinces) is (head in self._provinces):
                yield (home if written.endswith(endings) else short_name(home, endings)) + name


def _tags(word: str) -> set[str]:
    return {tag for _, tag in rjieba.tag(word)}


def _says_where(name: str, stem: str) -> bool:
    """Tell whether a name may be a common word in any city (新城区, 运河区)."""
    if set(stem) <= DIRECTIONS:
        return True
    return name.endswith("区") and _is_common(stem)


def _is_common(word: str) -> bool:
    """Tell whether a word is one of the language that names no place."""
    return rjieba.has_word(word) and not NAME_TAGS & _tags(word)


def _load(lexicons: Path, sources: Mapping[str, Source]) -> Divisions:
    divisions = read_name_lists(lexicons / "names", sources, "FX").only("divisions")
    return Divisions(divisions.rows, characters_of(lexicons))


DETECTOR = FromLexicons(_load)
