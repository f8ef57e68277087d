"""Which finding speaks where several touch one another."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from detectors.kernel.finding import Category, Finding, Severity, Span

WORDING = frozenset({Category.EXPRESSION, Category.SENSITIVE, Category.TYPO})


def _in_text_order(finding: Finding) -> tuple[int, int, str]:
    return finding.span.start, -finding.span.end, finding.rule.code


def settled(findings: Iterable[Finding]) -> list[Finding]:
    """Put findings in order; of those that overlap within a category, let the longest win.

    What is listed goes before what is inferred. Of equal spans the site's own rule wins, since the site knew
    the shipped one when it wrote its own; then the graver, then the lower code: a number that is an
    identity number and passes for a bank card by chance (one in ten does) is an identity number.
    """
    ordered = _without_doubles(sorted(findings, key=_in_text_order))
    kept: list[Finding] = []
    crowd: dict[Category, list[Finding]] = {}
    reach: dict[Category, int] = {}
    for finding in ordered:
        category = finding.rule.category
        if finding.span.start >= reach.get(category, 0):
            kept += _longest(crowd.pop(category, []))
        crowd.setdefault(category, []).append(finding)
        reach[category] = max(reach.get(category, 0), finding.span.end)
    for rest in crowd.values():
        kept += _longest(rest)
    return sorted(kept, key=_in_text_order)


def _without_doubles(ordered: list[Finding]) -> list[Finding]:
    """Drop what is inferred to be a typing error where another finding about wording speaks of the place."""
    guesses = [finding for finding in ordered if finding.is_guess]
    if not guesses:
        return ordered
    spoken_of = {
        place
        for finding in ordered
        if finding.rule.category in WORDING and not finding.is_guess
        for place in range(finding.span.start, finding.span.end)
    }
    doubled = {
        guess.span for guess in guesses if not spoken_of.isdisjoint(range(guess.span.start, guess.span.end))
    }
    return [finding for finding in ordered if not finding.is_guess or finding.span not in doubled]


def _longest(crowd: list[Finding]) -> list[Finding]:
    """Choose among findings that touch one another, longest first."""
    if len(crowd) < 2:
        return crowd
    chosen: list[Finding] = []
    spans: list[Span] = []
    for finding in sorted(crowd, key=_by_weight):
        place = bisect_left(spans, finding.span)
        neighbours = spans[max(0, place - 1) : place + 1]
        if not any(finding.span.overlaps(other) for other in neighbours):
            spans.insert(place, finding.span)
            chosen.append(finding)
    return chosen


def _by_weight(finding: Finding) -> tuple[bool, bool, int, bool, int, int, str]:
    rule, span = finding.rule, finding.span
    is_hint = rule.severity is Severity.INFO
    length = span.end - span.start
    return is_hint, finding.inferred, -length, not rule.site, rule.severity.rank, span.start, rule.code
