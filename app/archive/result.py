"""What became of the documents of a shard: nothing in here quotes more of a text than its findings do, masked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.text_report import Verdict
from detectors.kernel.finding import Category, Severity


class Outcome(StrEnum):
    """What became of a document: the verdict, or that there is none."""

    BLOCK = Verdict.BLOCK.value
    REVIEW = Verdict.REVIEW.value
    PASS = Verdict.PASS.value
    FAILED = "failed"
    GONE = "gone"
    """It was there in the run before, with findings, and is not in the source any more."""


@dataclass(frozen=True, slots=True)
class RuleCard:
    """What a list of findings has to say about a rule; kept with the run, since rules change."""

    code: str
    name: str
    why: str
    source: Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class ScanFinding:
    """A finding as it is kept; positions count code points of the text that was read."""

    fingerprint: str
    rule: str
    category: Category
    severity: Severity
    start: int
    end: int
    place: str
    place_fields: Mapping[str, object]
    text: str = field(repr=False)
    """What was matched; personal data masked."""
    excerpt: str = field(repr=False)
    """The same with its neighbours, all personal data masked."""
    message: str = field(repr=False)
    replacements: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class ScannedPart:
    """The document itself, or what belongs to it: an attachment of a page, a member of an archive."""

    name: str
    outcome: Outcome
    characters: int | None = None
    """Code points of its text; none where it has no text of its own, as an archive."""
    reason: str = ""
    """Why it could not be read, or what of it was not; Chinese."""
    digest: str | None = None
    """Tells whether the text, personal data masked, is still the same."""
    findings: tuple[ScanFinding, ...] = ()


@dataclass(frozen=True, slots=True)
class ScannedDocument:
    """A document with its parts; the first one is the document itself."""

    number: int
    parts: tuple[ScannedPart, ...]


@dataclass(frozen=True, slots=True)
class ShardResult:
    """What became of a shard: in the order of its documents, the same on every machine."""

    documents: tuple[ScannedDocument, ...]
    rules: tuple[RuleCard, ...]
    """The rules that fired, by code."""
