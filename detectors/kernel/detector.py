"""What a detector is, and the plainest kind: an expression proposes, a judgement disposes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple, Protocol

import regex

from detectors.kernel.finding import Finding, Rule, Source
from detectors.kernel.first_look import FirstLook
from detectors.kernel.glance import Look, any_of
from detectors.kernel.opinion import SecondOpinion
from detectors.kernel.text import Text

FEW = 5
"""So many slips are shown each by itself, whatever the rest of the text looks like."""
THROUGHOUT = "全文大多如此，这里只标出第一处。"


class Detector(Protocol):
    """Finds the faults of its rules in a text. Structural: no base class, no registration."""

    @property
    def rules(self) -> Sequence[Rule]:
        """The rules whose faults it finds."""

    def find(self, text: Text) -> Iterable[Finding]:
        """Find every fault, in any order."""


def look_of(detector: Detector) -> Look | None:
    """Give what tells at a glance that a detector will find nothing in a text; most do not know before they have read it."""
    look: Look | None = getattr(detector, "look", None)
    return look


def without_hints(detector: Detector) -> Detector:
    """Give the detector that leaves out what it would only hint at; most have no hints, or nothing to save by it."""
    sure: Detector = getattr(detector, "without_hints", detector)
    return sure


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a detector file exports whose detector reads texts by itself, but must be loaded first."""

    load: Callable[[Path, Mapping[str, Source]], Detector]
    """Takes the lexicon folder and its sources; raises LexiconError, in Chinese, if a file is not right."""
    advised: Callable[[Detector, SecondOpinion], Detector] | None = None
    """Gives the detector that also heeds a second opinion; None if it wants none."""


class Judgement(NamedTuple):
    """What a match turned out to be."""

    rule: Rule
    replacements: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"Judgement({self.rule})"


@dataclass(frozen=True, slots=True)
class Pattern:
    """A detector made of one expression over the folded text."""

    rules: tuple[Rule, ...]
    expression: regex.Pattern[str]
    """Compiled with ASCII: otherwise Han characters count as letters, and \\b and \\d mislead beside them."""
    judge: Callable[[regex.Match[str]], Judgement | None]
    """Gets the match, with the folded text as its string; None refuses it."""
    long_number: bool = False
    """Every match holds a long number: a first look leaves nearly all of a text out."""
    one_of: tuple[str, ...] = ()
    """A first look: unless one of these stands in the folded text, the expression cannot match."""
    first_look: FirstLook | None = None
    """Likewise, as a question to the text."""
    overlapped: bool = True
    """Whether matches may overlap: a match that is refused must not hide a good one that begins inside it."""

    def find(self, text: Text) -> Iterable[Finding]:
        """Judge every match."""
        return self._matches(text) if self.is_worth_a_look(text) else ()

    def is_worth_a_look(self, text: Text) -> bool:
        """Take the first look."""
        if self.one_of and not any(word in text.folded for word in self.one_of):
            return False
        return self.first_look is None or self.first_look(text)

    def _matches(self, text: Text) -> Iterator[Finding]:
        folded = text.folded
        for first, last in text.number_zones if self.long_number else ((0, len(folded)),):
            for match in self.expression.finditer(folded, first, last, overlapped=self.overlapped):
                judgement = self.judge(match)
                if judgement is not None:
                    span = text.span(match.start(), match.end())
                    yield Finding(judgement.rule, span, judgement.replacements)


@dataclass(frozen=True, slots=True)
class Patterns:
    """A detector made of several others, mostly expressions, each with its own first look."""

    parts: tuple[Detector, ...]
    rules: tuple[Rule, ...] = field(init=False)
    """The rules of all parts, each once."""
    look: Look | None = field(init=False, repr=False)
    """Asks at a glance what any of the parts asks."""

    def __post_init__(self) -> None:
        """Gather the rules now: the engine asks for them at every text."""
        rules = dict.fromkeys(rule for part in self.parts for rule in part.rules)
        object.__setattr__(self, "rules", tuple(rules))
        object.__setattr__(self, "look", any_of(map(look_of, self.parts)))

    def find(self, text: Text) -> Iterable[Finding]:
        """Find the faults of every part."""
        return [finding for part in self.parts for finding in part.find(text)]


@dataclass(frozen=True, slots=True)
class Habitual:
    """A detector of slips that are shown once where they are the habit of the whole text.

    Text out of a PDF may have half-width marks throughout; a hint at each would bury all others.
    """

    detector: Detector
    right: str
    """The characters that should stand in their place; where these are fewer, the slip is the habit."""

    @property
    def rules(self) -> Sequence[Rule]:
        """The rules of the detector."""
        return self.detector.rules

    def find(self, text: Text) -> Iterable[Finding]:
        """Find every slip, or the first one only."""
        findings = list(self.detector.find(text))
        if len(findings) <= FEW or len(findings) <= sum(text.skeleton.count(char) for char in self.right):
            return findings
        first = min(findings, key=lambda finding: finding.span)
        # One place mended and the others left would be worse than either.
        return [replace(first, rule=replace(first.rule, why=first.rule.why + THROUGHOUT), replacements=())]
