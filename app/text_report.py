"""A checked text: what was found in it, and what its publisher may do with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Self

from detectors.kernel.finding import Finding, Severity


class Verdict(StrEnum):
    """What the publisher may do with the text."""

    BLOCK = "block"
    REVIEW = "review"
    PASS = "pass"

    @classmethod
    def on(cls, counts: Mapping[Severity, int]) -> Self:
        """Block on any error, review on any warning, else pass."""
        if counts[Severity.ERROR]:
            return cls.BLOCK
        return cls.REVIEW if counts[Severity.WARNING] else cls.PASS


@dataclass(frozen=True, slots=True)
class Report:
    """A checked text. Its repr shows no text, so that no traceback can."""

    text: str = field(repr=False)
    findings: tuple[Finding, ...]
    """In the order of the text: by start, then the longer one first, then by rule."""
    lexicon_version: str
    published_on: date
    site_lexicon_version: int = 0
    """Number of the last change of the site lexicon; 0 where there is none."""

    @property
    def verdict(self) -> Verdict:
        """Block on any error, review on any warning, else pass."""
        return Verdict.on(self.counts)

    @property
    def counts(self) -> Mapping[Severity, int]:
        """Findings of each severity, zeros included."""
        counted = Counter(finding.rule.severity for finding in self.findings)
        return {severity: counted[severity] for severity in Severity}
