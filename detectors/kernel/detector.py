"""What a detector is, and the plainest kind: an expression proposes, a judgement disposes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol

import regex

from detectors.kernel.finding import Finding, Rule, Source
from detectors.kernel.text import Text


class Detector(Protocol):
    """Finds the faults of its rules in a text. Structural: no base class, no registration."""

    @property
    def rules(self) -> Sequence[Rule]:
        """The rules whose faults it finds."""

    def find(self, text: Text) -> Iterable[Finding]:
        """Find every fault, in any order."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a detector file exports whose detector reads texts by itself, but must be loaded first."""

    load: Callable[[Path, Mapping[str, Source]], Detector]
    """Takes the lexicon folder and its sources; raises LexiconError, in Chinese, if a file is not right."""


class Judgement(NamedTuple):
    """What a match turned out to be."""

    rule: Rule
    replacements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pattern:
    """A detector made of one expression over the folded text.

    Matches may overlap, since a match that is refused must not hide a good one that begins inside it.
    """

    rules: tuple[Rule, ...]
    expression: regex.Pattern[str]
    """Compiled with ASCII: otherwise Han characters count as letters, and \\b and \\d mislead beside them."""
    judge: Callable[[regex.Match[str]], Judgement | None]
    """Gets the match, with the folded text as its string; None refuses it."""
    long_number: bool = False
    """Every match holds a long number: a first look leaves nearly all of a text out."""
    one_of: tuple[str, ...] = ()
    """A first look: unless one of these stands in the folded text, the expression cannot match."""

    def find(self, text: Text) -> Iterator[Finding]:
        """Judge every match."""
        folded = text.folded
        if self.one_of and not any(word in folded for word in self.one_of):
            return
        for first, last in text.number_zones if self.long_number else ((0, len(folded)),):
            for match in self.expression.finditer(folded, first, last, overlapped=True):
                judgement = self.judge(match)
                if judgement is not None:
                    span = text.span(match.start(), match.end())
                    yield Finding(judgement.rule, span, judgement.replacements)
