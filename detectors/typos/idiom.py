"""Idioms with one letter that sounds or looks like the right one (语无论次, 有的放失).

The language model knows what documents say; idioms it has read too seldom, and the dictionary holds thousands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from detectors.kernel.boundaries import is_whole_words
from detectors.kernel.confusion import Characters, characters_of
from detectors.kernel.context import is_quoted
from detectors.kernel.detector import Prepared
from detectors.kernel.finding import Category, Finding, Rule, Severity, Source
from detectors.kernel.language.dictionary import frequencies
from detectors.kernel.language.idioms import HALF, LETTERS, Idioms
from detectors.kernel.language.ngrams import SHIPPED, Ngrams, shared
from detectors.kernel.language.preference import Preference
from detectors.kernel.names import OTHER_WORDINGS, PHRASES, RIGHT, read_name_lists
from detectors.kernel.sources import cite
from detectors.kernel.text import Text

LEAST_GAIN = -3.0
"""The idiom must not be much less likely in its place (logarithm to base 10): the model has read most idioms too seldom."""
LEAST_GAIN_OF_WORDS = 3.0
"""Nor may two words that meet (浴血|抗战) be taken for an idiom, unless it is far likelier."""
MOST_RIGHTS = 3

RULE = Rule(
    code="TY9008",
    name="成语",
    category=Category.TYPO,
    severity=Severity.WARNING,
    why="与词典里的成语、固定词组只差一个字，音同、音近或者形近，这样写不成词语。请核实。",
    source=cite("xiandai-hanyu-cidian-7"),
    hits=("他神情慌张，⟦语无论次⟧。", "干部要⟦身先土卒⟧，做好表率。", "安排部署要⟦有的放失⟧。"),
    misses=(
        "他神情慌张，语无伦次。",
        "打赢浴血抗战的最后一役。",
        "“年年有鱼”主题活动在文化馆举办。",
    ),
)


@dataclass(frozen=True, slots=True)
class MisspeltIdioms:
    """Reads a text for what is nearly an idiom."""

    idioms: Idioms
    characters: Characters
    ngrams: Ngrams
    lawful: frozenset[str]
    """Wordings that come near an idiom and are right."""

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The one rule."""
        return (RULE,)

    def find(self, text: Text) -> Iterator[Finding]:
        """Find the misspelt idioms that nothing speaks for as they stand."""
        folded = text.folded
        for start, idioms in self.idioms.near(folded):
            end = start + LETTERS
            stretch = folded[start:end]
            likely = [idiom for idiom in idioms if self._is_slip(stretch, idiom)]
            if not likely or stretch in self.lawful or self.ngrams.holds(stretch):
                continue
            if not is_whole_words(folded, start, end) or is_quoted(folded, start, end):
                continue
            rights = self._likelier(folded, start, likely)
            if rights:
                yield Finding(RULE, text.span(start, end), rights[:MOST_RIGHTS], inferred=True)

    def _is_slip(self, stretch: str, idiom: str) -> bool:
        """Tell whether an idiom could be written so by a slip of one letter, and not by a word beside a longer one."""
        words = frequencies()
        if (stretch[1:] == idiom[1:] and stretch[1:] in words) or (
            stretch[:-1] == idiom[:-1] and stretch[:-1] in words
        ):
            return False
        return all(
            one == other or self.characters.likeness(one, other) is not None
            for one, other in zip(stretch, idiom, strict=True)
        )

    def _likelier(self, folded: str, start: int, idioms: list[str]) -> tuple[str, ...]:
        """Give the idioms that are likely enough in a place, the likeliest first."""
        stretch, words = folded[start : start + LETTERS], frequencies()
        are_words = stretch[:HALF] in words and stretch[HALF:] in words
        least = LEAST_GAIN_OF_WORDS if are_words else LEAST_GAIN
        prefer = Preference(self.ngrams).gain
        gains = {idiom: prefer(folded, start, start + LETTERS, idiom) for idiom in dict.fromkeys(idioms)}
        return tuple(
            sorted((idiom for idiom in gains if gains[idiom] >= least), key=gains.__getitem__, reverse=True)
        )


def _load(lexicons: Path, sources: Mapping[str, Source]) -> MisspeltIdioms:
    lists = read_name_lists(lexicons / "names", sources, "FX")
    lawful = (
        word
        for kind in PHRASES
        for column in (RIGHT, OTHER_WORDINGS)
        for word in lists.only(kind).column(column)
    )
    idioms = Idioms(lists.only("idioms").column(RIGHT))
    return MisspeltIdioms(idioms, characters_of(lexicons), shared(SHIPPED), frozenset(lawful))


DETECTOR = Prepared(_load)
