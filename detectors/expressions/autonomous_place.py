"""Autonomous places with a nationality lost from their name, two exchanged, or the wrong kind of place behind.

A name says all nationalities that exercise autonomy, in the order of its approval. The engine of near misses takes a whole
lost word for a shorter wording; here it never is one: short forms drop all nationalities or none (恩施州). Nor does it judge
the last letter of a place: 大理白族自治区 differs from the right name in nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import permutations
from pathlib import Path

import regex

from detectors.kernel.finding import Category, Finding, Rule, Severity, Source
from detectors.kernel.names import read_name_lists
from detectors.kernel.sources import cite
from detectors.kernel.terms import FromLexicons, Hit
from detectors.kernel.text import Text

INCOMPLETE = Rule(
    code="FX3104",
    name="自治地方的民族名称",
    category=Category.EXPRESSION,
    severity=Severity.ERROR,
    why="自治州、自治县名称中的民族要写全，按批准的次序，级别不能写错；要简称，写“××州”“××县”。",
    source=cite("minzu-quyu-zizhifa"),
    hits=(
        "⟦恩施土家族自治州⟧召开会议。",
        "⟦湘西苗族土家族自治州⟧召开会议。",
        "⟦彭水苗族自治县⟧召开会议。",
        "⟦大理白族自治区⟧召开会议。",
    ),
    misses=("恩施土家族苗族自治州召开会议。", "恩施州召开会议。", "彭水苗族土家族自治县召开会议。"),
)
KINDS = ("自治区", "自治州", "自治县", "自治旗")


class AutonomousPlaces:
    """Finds names of autonomous places with other nationalities, or of another kind."""

    rules = (INCOMPLETE,)
    categories = frozenset({Category.EXPRESSION})

    def __init__(self, divisions: Iterable[str], nationalities: Iterable[str]) -> None:
        """Take the names of all divisions and of all nationalities."""
        names = frozenset(divisions)
        nationality = "|".join(sorted(nationalities, key=len, reverse=True))
        several = regex.compile(
            f"(?P<place>.+?)(?P<nationality>{nationality}){{2,}}(?P<kind>自治[州县旗])", regex.ASCII
        )
        self._right: dict[str, str] = {}
        for name in names:
            if found := several.fullmatch(name):
                for wrong in _incomplete(found["place"], found.captures("nationality"), found["kind"]):
                    if wrong not in names:
                        self._right[wrong] = name
            for kind in KINDS:
                stem = name.removesuffix(kind)
                others = (stem + other for other in KINDS if stem != name)
                self._right |= dict.fromkeys((wrong for wrong in others if wrong not in names), name)

    @property
    def forms(self) -> set[str]:
        """The wrong names."""
        return set(self._right)

    def judge(self, text: Text, hits: Sequence[Hit]) -> Iterator[Finding]:
        """Report every such name."""
        for start, end, form in hits:
            yield Finding(INCOMPLETE, text.span(start, end), (self._right[form],), inferred=True)


def _incomplete(place: str, nationalities: Sequence[str], kind: str) -> Iterator[str]:
    """Write a name with one nationality fewer, and in every other order of all."""
    for lost in range(len(nationalities)):
        yield place + "".join((*nationalities[:lost], *nationalities[lost + 1 :])) + kind
    for order in permutations(nationalities):
        if order != tuple(nationalities):
            yield place + "".join(order) + kind


def _load(lexicons: Path, sources: Mapping[str, Source]) -> AutonomousPlaces:
    lists = read_name_lists(lexicons / "names", sources, "FX")
    return AutonomousPlaces(lists.only("divisions").column(0), lists.only("nationalities").column(0))


DETECTOR = FromLexicons(_load)
