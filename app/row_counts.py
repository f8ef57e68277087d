"""In how many lines of a text a kind of personal data stands: one list exposes thousands, and the reason says so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from detectors.kernel.finding import Finding, Rule, Severity

FEW_ROWS = 1
"""More rows than this are told to the editor."""


class RowCounts:
    """Lines by rule; findings are noted in the order of the text, and told of when all are noted."""

    __slots__ = ("_last", "_lines", "_told")

    def __init__(self) -> None:
        """Begin with none."""
        self._lines: Counter[str] = Counter()
        self._last: dict[str, int] = {}
        self._told: dict[tuple[str, str, Severity], Rule] = {}

    def note(self, findings: Iterable[Finding], text: str, start: int = 0, line: int = 0) -> None:
        """Note the personal data among the findings of a text, or of a piece of it.

        Args:
            findings: in the order of the text.
            text: what their places refer to.
            start: where lines begin to be counted; no finding stands before.
            line: the number of the line there.
        """
        passed = start
        for finding in findings:
            if finding.rule.private:
                line += text.count("\n", passed, finding.span.start)
                passed = finding.span.start
                if self._last.get(finding.rule.code) != line:
                    self._last[finding.rule.code] = line
                    self._lines[finding.rule.code] += 1

    def told(self, findings: Sequence[Finding]) -> Iterator[Finding]:
        """Tell in each finding of personal data in how many lines its rule speaks."""
        for finding in findings:
            rule = finding.rule
            number = self._lines[rule.code]
            if number <= FEW_ROWS:
                yield finding
                continue
            key = rule.code, rule.why, rule.severity
            if key not in self._told:
                self._told[key] = replace(rule, why=f"{rule.why}全文这样的共有{number}行。")
            yield replace(finding, rule=self._told[key])


def with_row_counts(findings: Sequence[Finding], text: str) -> Sequence[Finding]:
    """Tell in each finding of personal data in a text in how many lines of it its rule speaks."""
    counts = RowCounts()
    counts.note(findings, text)
    return tuple(counts.told(findings))
