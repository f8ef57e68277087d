"""Cities and counties misspelt behind the province or city to which they belong (“青海省西守市”, “安徽省蚌阜市”).

Without its home a name of two letters is one letter away from too much; behind it, all but one place can be ruled out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import regex
import rjieba

from detectors.kernel.boundaries import is_whole_words
from detectors.kernel.confusion import Characters, characters_of
from detectors.kernel.division_names import PREFECTURE, PROVINCE, PROVINCE_ENDINGS, short_name
from detectors.kernel.finding import Category, Finding, Rule, Severity, Source
from detectors.kernel.names import read_name_lists
from detectors.kernel.slip import FUNCTION_WORDS, NUMERALS
from detectors.kernel.sources import cite
from detectors.kernel.terms import FromLexicons, Hit
from detectors.kernel.text import Text

NAME = regex.compile(r"[一-鿿]{2,4}?(?:市|县|区|自治州|自治县|盟|旗)", regex.ASCII)
BODIES = ("政府", "委", "人民", "人大", "政协", "直")
"""What makes a word with the kind of a place: 市政府, 县委."""
SHORTEST = 3
"""Code points, with the kind."""
WITHHELD = frozenset("某甲乙丙丁")
"""Letters that stand for a name that is not to be told."""
RELATIVE = frozenset("东南西北中上下前后内外新老城省市县区") | NUMERALS | FUNCTION_WORDS | WITHHELD
"""Letters that make a name up, or belong to the sentence: 江苏省南部县区."""

MISSPELT = Rule(
    code="FX3107",
    name="市、县、区的名称有误",
    category=Category.EXPRESSION,
    severity=Severity.ERROR,
    why="写在所属省、市之后的市、县、区没有这个名称，只差一字的有，请核对行政区划。",
    source=cite("xingzheng-quhua-daima"),
    hits=("⟦安徽省蚌阜市⟧召开会议。", "调研组赴⟦青海省西守市⟧考察。", "⟦杭州市余航区⟧举办活动。"),
    misses=(
        "安徽省蚌埠市召开会议。",
        "调研组赴广东省有关市县考察。",
        "安徽省蚌埠市、湖北省襄樊市开展交流。",
        "广东省惠民市场监管成效明显。",
        "广东省肇某市发生一起事故。",
    ),
)
UNLIKE = MISSPELT.at_most(Severity.WARNING)
"""Where neither ear nor eye takes the one letter for the other."""


class MisspeltDivisions:
    """Compares what stands behind a province or a city with the names of the places in it."""

    def __init__(
        self, rows: Sequence[tuple[str, ...]], former: frozenset[str], characters: Characters
    ) -> None:
        """Take rows of name, level, province and parent, and the names that were given up."""
        self.rules = (MISSPELT,)
        self.categories = frozenset({Category.EXPRESSION})
        self._characters = characters
        self._known = former | {row[0] for row in rows}
        self._heads: dict[str, str] = {}
        self._by_pattern: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        """For each home, the names in it by what is left when one letter is left open."""
        for name, level, province, parent, *_ in rows:
            if level in {PROVINCE, PREFECTURE}:
                self._heads[name] = name
            if level == PROVINCE:
                self._heads[short_name(name, PROVINCE_ENDINGS)] = name
                continue
            for pattern in _patterns(name):
                for home in {province, parent}:
                    self._by_pattern[home][pattern].add(name)

    @property
    def forms(self) -> set[str]:
        """The names of the provinces and cities."""
        return set(self._heads)

    def judge(self, text: Text, hits: Sequence[Hit]) -> Iterator[Finding]:
        """Look at what follows each province and each city."""
        folded = text.folded
        for hit in hits:
            found = NAME.match(folded, hit.end)
            if found is None or len(name := found[0]) < SHORTEST or name in self._known:
                continue
            judged = self._meant(name, self._by_pattern[self._heads[hit.form]])
            end = found.end() - folded.startswith(BODIES, found.end())
            if judged is None or not all(is_whole_words(folded, at, end) for at in (hit.start, hit.end)):
                continue
            meant, rule = judged
            yield Finding(rule, text.span(hit.start, found.end()), (hit.form + meant,), inferred=True)

    def _meant(self, name: str, by_pattern: Mapping[str, set[str]]) -> tuple[str, Rule] | None:
        """Find the one place whose name differs in a letter that only a slip can have put there."""
        near = {other for pattern in _patterns(name) for other in by_pattern.get(pattern, ())}
        if not near or rjieba.has_word(name[:-1]) or rjieba.has_word(name):
            return None
        alike = {other for other in near if self._characters.likeness(*_differing(name, other)) is not None}
        if len(alike) == 1:
            return alike.pop(), MISSPELT
        # Zones that are no divisions have names, too, which end in 区.
        if len(near) > 1 or name.endswith("区"):
            return None
        meant = near.pop()
        return None if set(_differing(name, meant)) & RELATIVE else (meant, UNLIKE)


def _differing(name: str, other: str) -> tuple[str, str]:
    return next((one, two) for one, two in zip(name, other, strict=True) if one != two)


def _patterns(name: str) -> Iterator[str]:
    """Leave each letter of a name open, but for the last, which says what kind of place it is."""
    for place in range(len(name) - 1):
        yield f"{name[:place]}?{name[place + 1 :]}"


def _load(lexicons: Path, sources: Mapping[str, Source]) -> MisspeltDivisions:
    lists = read_name_lists(lexicons / "names", sources, "FX")
    former = frozenset(lists.only("former_divisions").column(0))
    return MisspeltDivisions(lists.only("divisions").rows, former, characters_of(lexicons))


DETECTOR = FromLexicons(_load)
