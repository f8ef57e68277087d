"""Pieces of a text as they may leave the service: no personal data is in them, not even the end of a number."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from detectors.kernel.finding import Finding


class MaskedText:
    """A text out of which pieces can be cut without any personal data in them."""

    __slots__ = ("_ends", "_private", "text")

    def __init__(self, text: str, findings: Iterable[Finding]) -> None:
        """Take all that was found in a text, in its order; only personal data counts."""
        self.text = text
        self._private = [finding for finding in findings if finding.rule.private]
        self._ends = [finding.span.end for finding in self._private]

    def cut(self, start: int, end: int) -> str:
        """Cut a piece out; a number that reaches into it stands in it masked as a whole."""
        pieces = []
        for number in range(bisect_right(self._ends, start), len(self._private)):
            finding = self._private[number]
            if finding.span.start >= end:
                break
            pieces += [self.text[start : max(start, finding.span.start)], finding.replacements[0]]
            start = finding.span.end
        return "".join((*pieces, self.text[start:end]))
