"""What stands before every request: the limits of its body, the timing, and the last resort.

The last resort matters most. A traceback shows the message of an exception, and a message may quote
the draft; so an unforeseen error is logged by its kind and its place in the code, and nothing else.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api import metrics
from app.api.bodies import Body
from app.api.problems import problem_response
from app.unforeseen import kind_and_place

LOG = logging.getLogger("shenjiao")
CLOSE = (b"connection", b"close")


class Guard:
    """ASGI middleware, outermost."""

    def __init__(
        self, app: ASGIApp, body_limit: int, other_limits: Mapping[str, int], body_seconds: float
    ) -> None:
        """Guard an application; limits are in bytes, `other_limits` those of some paths."""
        self.app = app
        self.body_limit = body_limit
        self.other_limits = other_limits
        self.body_seconds = body_seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, whatever happens."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = time.perf_counter()
        seconds = 0.0
        status = 0
        limit = self.other_limits.get(scope["path"], self.body_limit)
        body = Body(scope, receive, limit, self.body_seconds)

        async def watched_send(message: Message) -> None:
            nonlocal status, seconds
            if message["type"] == "http.response.start":
                status = message["status"]
                if not body.arrived and scope["http_version"].startswith("1"):
                    message["headers"] = [*message.get("headers", ()), CLOSE]
            elif not message.get("more_body", False):
                seconds = time.perf_counter() - begun
                if not body.arrived:
                    await send({**message, "more_body": True})
                    await body.hear_out()
                    message = {"type": "http.response.body"}
            await send(message)

        try:
            if body.announced_too_long:
                await problem_response(413, body.too_long.detail)(scope, receive, watched_send)
            else:
                await self.app(scope, body.receive, watched_send)
        except Exception as error:  # noqa: BLE001 the last resort is for what nobody foresaw
            # Not LOG.exception: that would write the message and the frames.
            LOG.error("unforeseen %s", kind_and_place(error))  # noqa: TRY400
            if status:
                # Half an answer is out; an honest break is all that is left, without the message.
                raise ConnectionAbortedError from None
            await problem_response(500)(scope, receive, watched_send)
        finally:
            metrics.observe(scope, status, seconds or time.perf_counter() - begun)
