"""The words of the trade: what can be wrong, where it is, who says so.

A rule is metadata and lives as long as the process; a finding is an event in one text.
Both are values. A finding holds no text but its replacements, which may repeat what stands in the draft around the
fault; so its repr leaves them out, and no log or traceback can show them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum


class Category(StrEnum):
    """The kind of fault, as inspectors name it."""

    EXPRESSION = "expression"
    SENSITIVE = "sensitive"
    TYPO = "typo"
    PRIVACY = "privacy"
    FORMAT = "format"
    LINK = "link"

    @property
    def label(self) -> str:
        """The name that editors read."""
        return CATEGORY_LABELS[self]


class Severity(StrEnum):
    """What a finding asks of the editor."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def label(self) -> str:
        """The name that editors read."""
        return SEVERITY_LABELS[self]

    @property
    def rank(self) -> int:
        """0 for the gravest, rising as the matter gets lighter."""
        return SEVERITY_RANKS[self]


CATEGORY_LABELS = {
    Category.EXPRESSION: "固定表述",
    Category.SENSITIVE: "敏感与禁慎用词",
    Category.TYPO: "错别字",
    Category.PRIVACY: "隐私泄露",
    Category.FORMAT: "标点数字格式",
    Category.LINK: "链接",
}
SEVERITY_LABELS = {Severity.ERROR: "须改", Severity.WARNING: "须核实", Severity.INFO: "可斟酌"}
SEVERITY_RANKS = {severity: rank for rank, severity in enumerate(Severity)}


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range, in code points of the text exactly as submitted."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def of(self, text: str) -> str:
        """Cut this range out of the text it points into."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Source:
    """The public document that a rule rests on."""

    title: str
    issuer: str
    date: str
    """ISO 8601 to the precision known: year, month or day."""
    clause: str | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that can be wrong, with the reason and the examples that prove it."""

    code: str
    """Given once and for ever; the name may change."""
    name: str
    category: Category
    severity: Severity
    why: str
    source: Source
    hits: tuple[str, ...]
    """Sentences in which the rule fires, ⟦at the marked place⟧ where the place is not plain."""
    misses: tuple[str, ...]
    """Lawful sentences that come near and stay silent."""
    uses: tuple[str, ...] = ()
    """What may be written instead, best first; empty when that depends on the text."""
    valid_from: date | None = None
    valid_to: date | None = None
    trial: bool = False
    """Still on probation: measured, but not shown to editors."""
    site: bool = False
    """Of the site's own lexicon: on the very same words it goes before a shipped rule."""

    @property
    def private(self) -> bool:
        """Tell whether the matched text is personal data and leaves the service masked only."""
        return self.category is Category.PRIVACY

    def at_most(self, severity: Severity) -> Rule:
        """Give the rule with a severity no graver than this, where one finding has weaker grounds."""
        if self.severity.rank >= severity.rank:
            return self
        return replace(self, severity=severity)

    def in_force(self, day: date) -> bool:
        """Tell whether a page published on that day is held to this rule."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Finding:
    """One place where a rule fires."""

    rule: Rule
    span: Span
    replacements: tuple[str, ...] = field(repr=False, default=())
    """Best first. Of a private rule: the masked text."""
    inferred: bool = False
    """Recognised by its likeness to what is right; where a listed fault overlaps, that one speaks."""

    is_hint: bool = False
    """On grounds too weak to show to anybody who has not asked for hints."""

    @property
    def is_guess(self) -> bool:
        """Tell whether only the context betrays a typing error: one rule stands for many pairs of words."""
        return self.inferred and self.rule.category is Category.TYPO

    def because(self, text: str) -> str:
        """Say why; where one rule stands for many pairs of words, name the pair (“同音：部署—布署”)."""
        if not self.is_guess:
            return self.rule.why
        return f"{self.rule.name}：{self.replacements[0]}—{self.span.of(text)}。{self.rule.why}"


def apply_first_replacements(text: str, findings: Iterable[Finding]) -> str:
    """Write the best replacement in the place of each finding; they come in order and do not overlap."""
    pieces, last = [], 0
    for finding in findings:
        pieces += [text[last : finding.span.start], finding.replacements[0]]
        last = finding.span.end
    return "".join((*pieces, text[last:]))
