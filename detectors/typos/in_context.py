"""Slips that only the context betrays: the language model expects something that sounds or looks alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import regex

from detectors.kernel.confusion import characters_of
from detectors.kernel.detector import Detector, Prepared
from detectors.kernel.finding import Category, Finding, Rule, Severity, Source
from detectors.kernel.language.changes import Kind
from detectors.kernel.language.corrector import Corrector, Slip, Thresholds
from detectors.kernel.language.fresh_words import is_used_as_word, read_fresh_words
from detectors.kernel.language.ngrams import SHIPPED
from detectors.kernel.names import NameLists, read_name_lists
from detectors.kernel.opinion import SecondOpinion
from detectors.kernel.sources import cite
from detectors.kernel.text import Text

MODEL = SHIPPED
WARNING_ODDS = {
    Kind.SOUND: 1.5,
    Kind.NEAR_SOUND: 1.5,
    Kind.SHAPE: 1.5,
    Kind.OTHER: 1.0,
    Kind.SWAPPED: 3.0,
    Kind.WORD_SOUND: 0.5,
    Kind.PARTICLE: 3.0,
}
"""Logarithm of the odds from which on a slip is shown. Sound text holds terms and names that sound like
words, but hardly whole words that sound like others: see docs/decisions/0018 and 0023."""
HINT_ODDS = -1.0
"""From here on a slip is a hint for those who ask."""
THRESHOLDS = Thresholds(WARNING_ODDS, HINT_ODDS)
DOUBTFUL_ODDS = 6.0
"""Needed of what stands twice in a text, with the same neighbours or as a word by itself, more often a term than
a slip; and of what follows a number."""
LATITUDE = 1.5
"""How far a second opinion can raise the odds: what is proposed with so much less is put before it."""
VETO = 6.0
"""How far it can lower them: far enough to silence what is not quite certain."""
NAMES_OF_PLACES = {"divisions": (0,), "countries": (0, 1), "world_places": (0,)}
"""Lists of lexicons/names whose names are never corrected, and the columns that hold them."""
UNITS_OF_PLACES = "省市区县旗州"
LONGEST_NAME = 6
TITLE = regex.compile(r"《[^《》\n]{1,80}》", regex.ASCII)
"""Titles are names; those of laws are judged by a detector of their own."""
SOURCE = "xiandai-hanyu-cidian-7"


def _rule(code: str, name: str, why: str, hits: tuple[str, ...], miss: str) -> Rule:
    return Rule(
        code=code,
        name=name,
        category=Category.TYPO,
        severity=Severity.WARNING,
        why=why,
        source=cite(SOURCE),
        hits=hits,
        misses=(miss,),
    )


RULES = {
    Kind.SOUND: _rule(
        "TY9001",
        "同音",
        "这个字放在上下文里不成词、不合文意，应是同音字误用。请核实。",
        (
            "各地要认真贯彻落实党中央决策⟦布⟧署。",
            "维护当事人的⟦和⟧法权益。",
        ),
        "各地要认真贯彻落实党中央决策部署。",
    ),
    Kind.NEAR_SOUND: _rule(
        "TY9002",
        "近音",
        "这个字放在上下文里不成词、不合文意，应是读音相近的字误用。请核实。",
        ("依法保护当事人的陈⟦诉⟧和申辩权利。",),
        "依法保护当事人的陈述和申辩权利。",
    ),
    Kind.SHAPE: _rule(
        "TY9003",
        "形近",
        "这个字放在上下文里不成词、不合文意，应是字形相近的字误用。请核实。",
        ("全力做好防汛抗⟦早⟧工作。",),
        "全力做好防汛抗旱工作。",
    ),
    Kind.OTHER: _rule(
        "TY9004",
        "误字",
        "这个字放在上下文里不成词、不合文意，应是误字。请核实。",
        ("执行国家标⟦椎⟧和行业规范。",),
        "执行国家标准和行业规范。",
    ),
    Kind.SWAPPED: _rule(
        "TY9005",
        "颠倒",
        "这两个字的次序放在上下文里不成词，应是前后颠倒。请核实。",
        ("各部门要密切⟦合配⟧，形成工作合力。",),
        "各部门要密切配合，形成工作合力。",
    ),
    Kind.WORD_SOUND: _rule(
        "TY9006",
        "同音词",
        "这个词放在上下文里不合文意，应是输入时选了另一个同音词。请核实。",
        ("审计机关⟦一发⟧进行监督。",),
        "审计机关依法进行监督。",
    ),
    Kind.PARTICLE: _rule(
        "TY9007",
        "的地得",
        "定语之后用“的”，状语之后用“地”，补语之前用“得”。请核实。",
        ("今后要把工作做⟦的⟧更好。",),
        "今后要把工作做得更好。",
    ),
}


@dataclass(frozen=True, slots=True)
class InContext:
    """Reads a text with the language model."""

    corrector: Corrector
    kept: frozenset[str]
    """What is never corrected: names of places, also without their last letter (曾都区, 曾都), and fresh words."""
    opinion: SecondOpinion | None = None
    """Of a bigger model, if the site has one: it raises or lowers the odds of what this one proposes."""

    @property
    def rules(self) -> tuple[Rule, ...]:
        """One rule a kind of slip."""
        return tuple(RULES.values())

    def find(self, text: Text) -> Iterator[Finding]:
        """Find the slips that are sure enough, outside titles."""
        folded = text.folded
        titles = [match.span() for match in TITLE.finditer(folded)]
        for slip in self._proposed(folded):
            if any(first < slip.start < last for first, last in titles) or self._is_kept(folded, slip):
                continue
            rule = RULES[slip.kind]
            is_hint = not slip.is_sure or (slip.odds < DOUBTFUL_ODDS and _is_doubtful(folded, slip))
            yield Finding(
                rule.at_most(Severity.INFO) if is_hint else rule,
                text.span(slip.start, slip.end),
                slip.rights,
                inferred=True,
                is_hint=is_hint,
            )

    def _proposed(self, folded: str) -> Iterator[Slip]:
        """List the slips whose odds are high enough after the second opinion, if there is one."""
        if self.opinion is None:
            yield from self.corrector.slips(folded, THRESHOLDS)
            return
        least = {kind: odds - LATITUDE for kind, odds in WARNING_ODDS.items()}
        for slip in self.corrector.slips(folded, Thresholds(least, HINT_ODDS)):
            if not slip.is_sure:
                yield slip
                continue
            gain = self.opinion.gain(folded, slip.start, slip.end, slip.rights[0])
            odds = slip.odds + max(-VETO, min(LATITUDE, gain))
            if odds >= HINT_ODDS:
                yield replace(slip, odds=odds, is_sure=odds >= WARNING_ODDS[slip.kind])

    def _is_kept(self, folded: str, slip: Slip) -> bool:
        return any(
            folded[first:last] in self.kept
            for first in range(max(0, slip.end - LONGEST_NAME), slip.start + 1)
            for last in range(slip.end, min(len(folded), first + LONGEST_NAME) + 1)
        )


def _is_doubtful(folded: str, slip: Slip) -> bool:
    with_neighbours = folded[max(0, slip.start - 1) : slip.end + 1]
    follows_number = folded[slip.start - 1 : slip.start].isascii() and slip.start > 0
    if follows_number or folded.count(with_neighbours) > 1:
        return True
    return slip.end - slip.start == 1 and is_used_as_word(folded, slip.start)


def _places(lists: NameLists) -> Iterator[str]:
    for kind, columns in NAMES_OF_PLACES.items():
        for column in columns:
            for name in lists[kind].column(column):
                yield name
                if len(name) > 2 and name[-1] in UNITS_OF_PLACES:
                    yield name[:-1]


def _load(lexicons: Path, sources: Mapping[str, Source]) -> InContext:
    places = frozenset(_places(read_name_lists(lexicons / "names", sources, "FX")))
    kept = places | read_fresh_words(lexicons)
    return InContext(Corrector.load(MODEL, characters_of(lexicons)), kept)


def _advised(detector: Detector, opinion: SecondOpinion) -> Detector:
    assert isinstance(detector, InContext)
    return replace(detector, opinion=opinion)


DETECTOR = Prepared(_load, _advised)
