"""The same engine behind a bare ASGI callable: the floor that the service is compared with."""

from __future__ import annotations

import json
from typing import Any

from app.engine import Engine
from app.offsets import OffsetUnit
from app.schemas import from_report

ENGINE = Engine.load()


async def app(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Answer every request as POST /v1/proofread would, with nothing around it."""
    if scope["type"] != "http":
        return
    body = b""
    more = True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    report = ENGINE.check(json.loads(body)["text"])
    answer = from_report(report, OffsetUnit.CODEPOINT).model_dump_json().encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(answer)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": answer})
