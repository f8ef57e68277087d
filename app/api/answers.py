"""Answers with findings, written piece by piece: those of a long list come to 94 MB, and are never in memory at once.

The wire form is that of the models in `app.schemas`, to the byte.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import partial
from itertools import islice

from fastapi import Response
from fastapi.responses import StreamingResponse

from app.engine import Report
from app.offsets import OffsetUnit
from app.schemas import shown_fields

AT_ONCE = 500
"""Findings that are written in one piece; an answer with no more of them is sent whole, with its length."""
JSON = "application/json"
_as_json = partial(json.dumps, ensure_ascii=False, separators=(",", ":"))


def answer(head: Mapping[str, object], report: Report, unit: OffsetUnit) -> Response:
    """Answer with a report.

    Args:
        head: the fields before the findings.
        report: the findings.
        unit: of their offsets.
    """
    pieces = _written(head, report, unit)
    if len(report.findings) <= AT_ONCE:
        return Response(b"".join(pieces), media_type=JSON)
    return StreamingResponse(pieces, media_type=JSON)


def _written(head: Mapping[str, object], report: Report, unit: OffsetUnit) -> Iterator[bytes]:
    yield f'{_as_json(head)[:-1]},"findings":['.encode()
    findings = shown_fields(report, unit)
    between = ""
    while some := list(islice(findings, AT_ONCE)):
        yield f"{between}{_as_json(some)[1:-1]}".encode()
        between = ","
    yield b"]}"
