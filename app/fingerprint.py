"""The name of a finding that lasts from one revision to the next.

It is made of the rule, the matched text and its neighbours, not of the position, so that a decision
on a finding survives edits elsewhere. It must not be a way back to a person: personal data goes in
masked, and digits nearby count as one digit, since a hash of a few unknown digits can be tried out.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator

import regex

from app.text_report import Report
from detectors.kernel.finding import Finding

NEIGHBOURS = 8
"""Code points on either side."""
HEX_DIGITS = 16
DIGIT = regex.compile(r"[0-9０-９]", regex.ASCII)


def shown_text(report: Report, finding: Finding) -> str:
    """Return the matched text as it may leave the service: personal data masked."""
    return finding.replacements[0] if finding.rule.private else finding.span.of(report.text)


class Fingerprints:
    """Names the findings of one text, which may come in pieces. Twins in it are told apart by number."""

    __slots__ = ("_seen",)

    def __init__(self) -> None:
        """Begin a text."""
        self._seen: Counter[bytes] = Counter()

    def names(self, report: Report) -> Iterator[str]:
        """Name the findings of a report on the text or its next piece, in their order."""
        for finding in report.findings:
            start, end = finding.span.start, finding.span.end
            before = DIGIT.sub("0", report.text[max(0, start - NEIGHBOURS) : start])
            after = DIGIT.sub("0", report.text[end : end + NEIGHBOURS])
            key = "\0".join((finding.rule.code, before, shown_text(report, finding), after))
            named = hashlib.sha256(key.encode("utf-8", "surrogatepass"))
            twin = named.digest()[:HEX_DIGITS]
            named.update(f"\0{self._seen[twin]}".encode())
            self._seen[twin] += 1
            yield named.hexdigest()[:HEX_DIGITS]


def fingerprints(report: Report) -> list[str]:
    """Name the findings of a report on a whole text, in their order."""
    return list(Fingerprints().names(report))
