"""A file that has been checked, with what the site has silenced in it, for tools that show that too."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate

from app.fingerprint import fingerprints, shown_text
from app.formats.kernel.in_text import InText
from app.formats.kernel.reading import Reading
from app.presentation import excerpts
from app.text_report import Report
from detectors.kernel.finding import Finding, Span


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding with all that is said of it outside the service; personal data masked."""

    finding: Finding
    fingerprint: str
    text: str = field(repr=False)
    """What was found."""
    excerpt: str = field(repr=False)
    """The same with its neighbours."""
    message: str = field(repr=False)
    silenced: bool = False
    """By the lexicon of the site."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A file and its report."""

    reading: Reading
    report: Report
    silenced: tuple[Finding, ...] = ()

    def shown(self) -> list[Shown]:
        """Show what was found, then what was silenced."""
        return [*_shown(self.report, silenced=False), *_shown(self._unheard, silenced=True)]

    @property
    def _unheard(self) -> Report:
        return replace(self.report, findings=self.silenced)

    @property
    def in_text(self) -> InText | None:
        """The way back to lines and columns; None if the file is no text."""
        way_back = self.reading.way_back
        return way_back if isinstance(way_back, InText) else None

    def can_be_mended(self, span: Span) -> bool:
        """Tell whether what was found stands in the file as it was found: then it may be exchanged there.

        Of a page there may be tags inside, which would be taken along.
        """
        in_text = self.in_text
        return in_text is not None and in_text.source_text(span) == span.of(self.report.text)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file that could not be checked, and why."""

    name: str
    reason: str


def silenced_by_site(bare: Report, report: Report) -> tuple[Finding, ...]:
    """Find what the lexicon of the site has silenced.

    Args:
        bare: what is found without the site's lexicon.
        report: what is found with it. Where it finds something else instead, nothing was silenced.
    """
    known = {(finding.rule.code, finding.span) for finding in report.findings}
    starts = [finding.span.start for finding in report.findings]
    reach = list(accumulate((finding.span.end for finding in report.findings), max))

    def is_heard(finding: Finding) -> bool:
        before = bisect_left(starts, finding.span.end)
        return before > 0 and reach[before - 1] > finding.span.start

    return tuple(
        finding
        for finding in bare.findings
        if (finding.rule.code, finding.span) not in known and not is_heard(finding)
    )


def _shown(report: Report, *, silenced: bool) -> Sequence[Shown]:
    triples = zip(report.findings, fingerprints(report), excerpts(report), strict=True)
    return [
        Shown(
            finding,
            name,
            shown_text(report, finding),
            excerpt,
            finding.because(report.text),
            silenced=silenced,
        )
        for finding, name, excerpt in triples
    ]
