"""One review of one revision: what was found, what was decided about it, who signed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from app.offsets import OffsetUnit
from app.text_report import Verdict
from detectors.kernel.finding import Category, Severity


class Form(StrEnum):
    """As what the text was handed in."""

    TEXT = "text"
    HTML = "html"

    @property
    def label(self) -> str:
        """The name that editors read."""
        return {Form.TEXT: "文本", Form.HTML: "网页"}[self]


class Action(StrEnum):
    """What was decided about a finding."""

    FIXED = "fixed"
    ACCEPTED = "accepted"
    FALSE_ALARM = "false_alarm"
    WAIVED = "waived"

    @property
    def releases(self) -> bool:
        """Tell whether the finding no longer stands in the way; what is to be mended still does."""
        return self in {Action.FALSE_ALARM, Action.WAIVED}

    @property
    def lasts(self) -> bool:
        """Tell whether it holds for later revisions; what was mended and is there again is open again."""
        return self is not Action.FIXED


class Stage(StrEnum):
    """The three reviews, in their order."""

    FIRST = "初审"
    SECOND = "复审"
    FINAL = "终审"


class StageVerdict(StrEnum):
    """How a stage ended."""

    PASS = "pass"
    RETURN = "return"


@dataclass(frozen=True, slots=True)
class Found:
    """A finding as it is kept; positions count in the unit of its review."""

    fingerprint: str
    rule: str
    category: Category
    severity: Severity
    start: int
    end: int
    word: str = field(repr=False)
    """What was matched; personal data masked."""
    excerpt: str = field(repr=False)
    """The same with its neighbours, all personal data masked."""
    message: str = field(repr=False)
    replacements: tuple[str, ...] = field(repr=False)
    source: Mapping[str, str | None]
    due_on: date | None = None
    """Last day on which it should be settled."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody decided about a finding."""

    finding: str
    action: Action
    reason: str | None
    actor: str
    second_actor: str | None
    at: str = ""
    """ISO 8601, UTC, to the second."""


@dataclass(frozen=True, slots=True)
class Signing:
    """One of the three reviews, done."""

    stage: Stage
    verdict: StageVerdict
    actor: str
    comment: str | None
    at: str = ""


@dataclass(frozen=True, slots=True)
class Submitted:
    """A checked revision before it is kept."""

    document_id: str
    revision: str
    channel: str
    title: str | None
    published_on: date | None
    form: Form
    text_hash: str
    offset_unit: OffsetUnit
    lexicon_version: str
    site_lexicon_version: int
    findings: tuple[Found, ...]
    kept_text: str | None = field(repr=False, default=None)
    """The text with all personal data masked, where the site keeps texts."""


@dataclass(frozen=True, slots=True)
class Review:
    """A review as it is now."""

    number: int
    """Of the record that tells of it."""
    id: str
    created_at: str
    submitted: Submitted
    decisions: Mapping[str, Decision]
    """The last one about each finding, by fingerprint."""
    signings: tuple[Signing, ...]
    superseded: bool
    """Whether the same document was reviewed again for the same channel."""

    @property
    def verdict(self) -> Verdict:
        """Block on an error that nobody released, review on such a warning, else pass."""
        return verdict_of(self.submitted.findings, self.decisions)

    def passed(self, stage: Stage) -> bool:
        """Tell whether a stage was passed."""
        return any(done.stage is stage and done.verdict is StageVerdict.PASS for done in self.signings)

    def publishable(self, required: Collection[Stage]) -> bool:
        """Tell whether the reviewed text may be published as it is.

        Args:
            required: the stages without which the site publishes nothing.
        """
        if self.superseded or self.verdict is Verdict.BLOCK or not all(map(self.passed, required)):
            return False
        if any(done.verdict is StageVerdict.RETURN for done in self.signings):
            return False
        return self.verdict is Verdict.PASS or self.passed(Stage.FINAL)


def verdict_of(findings: Collection[Found], decisions: Mapping[str, Decision]) -> Verdict:
    """Judge findings with what was decided about them."""
    open_ones = {
        found.severity
        for found in findings
        if found.fingerprint not in decisions or not decisions[found.fingerprint].action.releases
    }
    if Severity.ERROR in open_ones:
        return Verdict.BLOCK
    return Verdict.REVIEW if Severity.WARNING in open_ones else Verdict.PASS
