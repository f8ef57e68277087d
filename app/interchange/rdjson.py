"""Reviewdog's rdjson: comments on the lines of a merge request. Columns count UTF-8 bytes from 1."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from app.documents import Place
from app.interchange.checked import Checked
from app.offsets import OffsetUnit, convert
from app.presentation import cited
from detectors.kernel.finding import Severity

SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.INFO: "INFO"}
Json = Mapping[str, Any]


def as_rdjson(checked: Sequence[Checked]) -> str:
    """Write what was found in some files."""
    found = [diagnostic for one in checked for diagnostic in _diagnostics(one)]
    return json.dumps({"source": {"name": "shenjiao"}, "diagnostics": found}, ensure_ascii=False, indent=2)


def _diagnostics(checked: Checked) -> Iterable[Json]:
    document = checked.document
    heard = [shown for shown in checked.shown() if not shown.silenced]
    ends = [(document.place(shown.finding.span), document.end(shown.finding.span)) for shown in heard]
    spans = [document.in_source(shown.finding.span) for shown in heard]
    line_starts = [
        position - place.column + 1
        for span, (first, last) in zip(spans, ends, strict=True)
        for position, place in ((span.start, first), (span.end, last))
    ]
    positions = (position for span in spans for position in (span.start, span.end))
    in_bytes = convert(document.source, (*positions, *line_starts), OffsetUnit.UTF8)

    def shown_place(position: int, place: Place) -> Json:
        column = in_bytes[position] - in_bytes[position - place.column + 1] + 1
        return {"line": place.line, "column": column}

    for shown, span, (first, last) in zip(heard, spans, ends, strict=True):
        finding = shown.finding
        where = {"start": shown_place(span.start, first), "end": shown_place(span.end, last)}
        diagnostic: dict[str, Any] = {
            "message": f"{shown.message} 依据：{cited(finding.rule.source)}",
            "location": {"path": document.name, "range": where},
            "severity": SEVERITIES[finding.rule.severity],
            "code": {"value": finding.rule.code},
        }
        if checked.source_text(finding.span) == finding.span.of(checked.report.text):
            diagnostic["suggestions"] = [{"range": where, "text": use} for use in finding.replacements]
        yield diagnostic
