"""Personal data of a long text, looked for piece by piece; the findings are the same as those in the whole text at once.

In how many lines a kind of data stands is known at the end only. Until then the findings lie in a temporary file:
places, rules and masks, nothing of the text.
"""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TextIO

from app.engine import Engine
from app.fingerprint import Fingerprints
from app.formats.kernel.reading import Reading
from app.long_texts import LongText, Piece
from app.presentation import Part, as_records, findings_as_text, verdict_as_text
from app.row_counts import RowCounts
from app.site.layer import SiteLayer
from app.text_report import Report, Verdict
from detectors.kernel.finding import Category, Finding, Rule, Severity, Span

PRIVACY = frozenset({Category.PRIVACY})
FORMS = {"text": findings_as_text, "jsonl": as_records}
"""How findings are shown, by the name of the form."""


@dataclass
class LongCheck:
    """The check of one long text. The lines must be asked for to the end before the rest is known."""

    engine: Engine
    layer: SiteLayer
    published_on: date | None
    hints: bool
    counts: Counter[Severity] = field(default_factory=Counter)
    """Findings of each severity."""
    _rules: dict[tuple[str, str, Severity], tuple[int, Rule]] = field(default_factory=dict)
    _rows: RowCounts = field(default_factory=RowCounts)

    def lines(self, text: LongText, form: str) -> Iterator[str]:
        """Show what is in a text in one of the `FORMS`."""
        with tempfile.TemporaryFile("w+", encoding="utf-8") as found:
            for piece in text.pieces():
                self._check(piece, found)
            found.seek(0)
            fingerprints = Fingerprints()
            known = [rule for _, rule in self._rules.values()]
            for piece, written in zip(text.pieces(), found, strict=True):
                around = [
                    Finding(known[rule], Span(start, end), tuple(masks))
                    for rule, start, end, masks in json.loads(written)
                ]
                own = tuple(self._rows.told([finding for finding in around if piece.owns(finding)]))
                report = Report(
                    piece.shown,
                    own,
                    self.engine.lexicon_version,
                    self.published_on or date.today(),
                    self.layer.version,
                )
                reading = Reading(str(text.path), report.text, piece)
                yield from FORMS[form](reading, report, Part(around, piece.offset, fingerprints))
        if form == "text":
            counts = {severity: self.counts[severity] for severity in Severity}
            yield verdict_as_text(str(text.path), Verdict.on(counts), counts)

    def _check(self, piece: Piece, found: TextIO) -> None:
        around = piece.found(
            self.engine.findings_of(
                piece.text,
                day=self.published_on or date.today(),
                categories=PRIVACY,
                hints=self.hints,
                layer=self.layer,
            )
        )
        own = [finding for finding in around if piece.owns(finding)]
        self._rows.note(own, piece.shown, piece.start, piece.first_line)
        self.counts.update(finding.rule.severity for finding in own)
        record = [
            (self._number(finding.rule), finding.span.start, finding.span.end, finding.replacements)
            for finding in around
        ]
        found.write(json.dumps(record) + "\n")

    def _number(self, rule: Rule) -> int:
        """Number the rules, of which a finding has its own severity and reason."""
        return self._rules.setdefault((rule.code, rule.why, rule.severity), (len(self._rules), rule))[0]
