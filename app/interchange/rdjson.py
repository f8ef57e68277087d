"""Reviewdog's rdjson: comments on the lines of a merge request. Columns count UTF-8 bytes from 1."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from app.formats.kernel.in_text import InText
from app.interchange.checked import Checked, Shown
from app.offsets import OffsetUnit, convert
from app.places import LinePlace
from app.presentation import cited
from detectors.kernel.finding import Severity

SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.INFO: "INFO"}
Json = Mapping[str, Any]


def as_rdjson(checked: Sequence[Checked]) -> str:
    """Write what was found in some files."""
    found = [diagnostic for one in checked for diagnostic in _diagnostics(one)]
    return json.dumps({"source": {"name": "shenjiao"}, "diagnostics": found}, ensure_ascii=False, indent=2)


def _diagnostics(checked: Checked) -> Iterable[Json]:
    heard = [shown for shown in checked.shown() if not shown.silenced]
    in_text = checked.in_text
    ranges = [None] * len(heard) if in_text is None else _ranges(in_text, heard)
    for shown, where in zip(heard, ranges, strict=True):
        finding = shown.finding
        message = f"{shown.message} 依据：{cited(finding.rule.source)}"
        location: dict[str, Any] = {"path": checked.reading.name}
        if where is None:
            message = f"{checked.reading.place(finding.span)}：{message}"
        else:
            location["range"] = where
        diagnostic: dict[str, Any] = {
            "message": message,
            "location": location,
            "severity": SEVERITIES[finding.rule.severity],
            "code": {"value": finding.rule.code},
        }
        if checked.can_be_mended(finding.span):
            diagnostic["suggestions"] = [{"range": where, "text": use} for use in finding.replacements]
        yield diagnostic


def _ranges(in_text: InText, heard: Sequence[Shown]) -> list[Json | None]:
    ends = [(in_text.first(shown.finding.span), in_text.end(shown.finding.span)) for shown in heard]
    spans = [in_text.in_source(shown.finding.span) for shown in heard]
    line_starts = [
        position - place.column + 1
        for span, (first, last) in zip(spans, ends, strict=True)
        for position, place in ((span.start, first), (span.end, last))
    ]
    positions = (position for span in spans for position in (span.start, span.end))
    in_bytes = convert(in_text.document.source, (*positions, *line_starts), OffsetUnit.UTF8)

    def shown_place(position: int, place: LinePlace) -> Json:
        column = in_bytes[position] - in_bytes[position - place.column + 1] + 1
        return {"line": place.line, "column": column}

    return [
        {"start": shown_place(span.start, first), "end": shown_place(span.end, last)}
        for span, (first, last) in zip(spans, ends, strict=True)
    ]
