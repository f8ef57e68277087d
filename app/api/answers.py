"""Answers with findings, written piece by piece: those of a long list come to 94 MB, and are never in memory at once.

The wire form is that of the models in `app.schemas`, to the byte.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import partial
from itertools import islice
from typing import Any

from fastapi import Response
from fastapi.responses import StreamingResponse

from app.documents import Document
from app.offsets import OffsetUnit
from app.schemas import shown_fields
from app.text_report import Report

AT_ONCE = 500
"""Findings that are written in one piece; an answer with no more of them is sent whole, with its length."""
JSON = "application/json"
_as_json = partial(json.dumps, ensure_ascii=False, separators=(",", ":"))


def answer(
    head: Mapping[str, object], report: Report, unit: OffsetUnit, document: Document | None = None
) -> Response:
    """Answer with a report.

    Args:
        head: the fields before the findings.
        report: the findings.
        unit: of their offsets.
        document: of whose text the report is, where places are told in its source.
    """
    pieces = _written(head, shown_fields(report, unit, document=document))
    if len(report.findings) <= AT_ONCE:
        return Response(b"".join(pieces), media_type=JSON)
    return StreamingResponse(pieces, media_type=JSON)


def _written(head: Mapping[str, object], findings: Iterator[dict[str, Any]]) -> Iterator[bytes]:
    yield f'{_as_json(head)[:-1]},"findings":['.encode()
    between = ""
    while some := list(islice(findings, AT_ONCE)):
        yield f"{between}{_as_json(some)[1:-1]}".encode()
        between = ","
    yield b"]}"
