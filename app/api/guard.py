"""What stands before every request: the size limit, the timing, and the last resort.

The last resort matters most. A traceback shows the message of an exception, and a message may quote
the draft; so an unforeseen error is logged by its kind and its place in the code, and nothing else.
"""

from __future__ import annotations

import logging
import time
import traceback
from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api import metrics
from app.api.problems import problem_response

LOG = logging.getLogger("shenjiao")


class Guard:
    """ASGI middleware, outermost."""

    def __init__(self, app: ASGIApp, body_limit: int, other_limits: Mapping[str, int]) -> None:
        """Guard an application; limits are in bytes, `other_limits` those of some paths."""
        self.app = app
        self.body_limit = body_limit
        self.other_limits = other_limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, whatever happens."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = time.perf_counter()
        status = 0

        async def watched_send(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        limit = self.other_limits.get(scope["path"], self.body_limit)
        try:
            if _declared_length(scope) > limit:
                await problem_response(413, _advice(limit))(scope, receive, watched_send)
            else:
                await self.app(scope, _limited(receive, limit), watched_send)
        except Exception as error:  # noqa: BLE001 the last resort is for what nobody foresaw
            # Not LOG.exception: that would write the message and the frames.
            LOG.error("unforeseen %s at %s", type(error).__name__, _place(error))  # noqa: TRY400
            if status:
                # Half an answer is out; an honest break is all that is left, without the message.
                raise ConnectionAbortedError from None
            await problem_response(500)(scope, receive, watched_send)
        finally:
            metrics.observe(scope, status, time.perf_counter() - begun)


def _advice(limit: int) -> str:
    return f"一次最多提交 {limit:,} 字节；请分段提交，或请管理员调高上限（SHENJIAO_BODY_LIMIT、SHENJIAO_IMPORT_LIMIT）。"


def _limited(receive: Receive, limit: int) -> Receive:
    """Count the bytes of a body whose length nobody declared."""
    received = 0

    async def limited_receive() -> Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        if received > limit:
            raise HTTPException(413, _advice(limit))
        return message

    return limited_receive


def _declared_length(scope: Scope) -> int:
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit():
            return int(value)
    return 0


def _place(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    return f"{frames[-1].filename}:{frames[-1].lineno}" if frames else "unknown"
