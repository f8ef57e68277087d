"""Detectors of personal data: an expression proposes, the number's make-up and its place dispose."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

import regex

from detectors.kernel.detector import Judgement
from detectors.kernel.finding import Finding, Rule
from detectors.kernel.first_look import FirstLook
from detectors.kernel.glance import LONG_NUMBER, Look, one_of
from detectors.kernel.personal.place import ListKind, Place
from detectors.kernel.text import Text


@dataclass(frozen=True, slots=True)
class PersonalPattern:
    """A detector made of one expression whose matches are judged together with what stands around them."""

    rules: tuple[Rule, ...]
    expression: regex.Pattern[str]
    judge: Callable[[regex.Match[str], Place], Judgement | None]
    """None refuses the match."""
    long_number: bool = True
    """Every match holds a long number, as `sees_long_number` has it: a first look leaves nearly all of a text out."""
    one_of: tuple[str, ...] = ()
    """A first look: unless one of these stands in the folded text, the expression cannot match."""
    look: Look | None = None
    """Likewise, as a question to a glance at the text before it is folded; if not given, it follows from the two above."""
    first_look: FirstLook | None = None
    """Likewise, as a question to the folded text."""

    def __post_init__(self) -> None:
        """Choose the question to a glance."""
        if self.look is None:
            object.__setattr__(self, "look", LONG_NUMBER if self.long_number else one_of(self.one_of))

    def find(self, text: Text) -> Iterable[Finding]:
        """Judge every match."""
        return self._findings(text) if self.look is None or self.look(text.glance) else ()

    def _findings(self, text: Text) -> Iterable[Finding]:
        if self.one_of and not self._names_one_of(text.folded):
            return ()
        if self.first_look is not None and not self.first_look(text):
            return ()
        return self._matches(text)

    def _names_one_of(self, folded: str) -> bool:
        # A character that is missing is known ten times sooner than a word, and one that is common is soon
        # found. any() would cost as much as the questions.
        for word in self.one_of:  # noqa: SIM110
            if word[0] in folded and word[-1] in folded and word in folded:
                return True
        return False

    def _matches(self, text: Text) -> Iterator[Finding]:
        folded = text.folded
        kinds: dict[int, ListKind] = {}
        delicate: dict[tuple[str, str], Rule] = {}
        for first, last in text.number_zones if self.long_number else ((0, len(folded)),):
            for match in self.expression.finditer(folded, first, last, overlapped=True):
                place = Place(folded, match.start(), match.end(), text.tables, kinds)
                judgement = self.judge(match, place)
                if judgement is not None:
                    span = text.span(match.start(), match.end())
                    key = judgement.rule.code, place.sensitive_word
                    rule = delicate.get(key) or delicate.setdefault(
                        key, _more_delicate(judgement.rule, key[1])
                    )
                    yield Finding(rule, span, judgement.replacements)


def _more_delicate(rule: Rule, word: str) -> Rule:
    if not word:
        return rule
    return replace(rule, why=f"{rule.why}此处涉及“{word}”，属敏感个人信息，更须从严。")
