"""How the body of a request comes in: not too long, not too slowly, and heard out before the answer ends.

A connection that is closed while its client still sends is reset, and the client may never see the answer.
So whoever was refused early is answered whole, then listened to until done or until the time is up.
"""

from __future__ import annotations

import asyncio

from starlette.exceptions import HTTPException
from starlette.types import Message, Receive, Scope


class Body:
    """The body of one request."""

    def __init__(self, scope: Scope, receive: Receive, limit: int, seconds: float) -> None:
        """Watch over a body that has `seconds` to arrive and may have `limit` bytes."""
        self._receive = receive
        self._limit = limit
        self._deadline = asyncio.get_running_loop().time() + seconds
        self._length = 0
        headers = dict(scope["headers"])
        declared = headers.get(b"content-length", b"")
        self.declared = int(declared) if declared.isdigit() else 0
        """Bytes that were announced; 0 if none were."""
        self.arrived = not self.declared and b"transfer-encoding" not in headers
        """Whether nothing more will come."""

    @property
    def too_long(self) -> HTTPException:
        """What is said of a body that is longer than the limit."""
        return HTTPException(
            413,
            f"一次最多提交 {self._limit:,} 字节；请分段提交，或请管理员调高上限（SHENJIAO_BODY_LIMIT、SHENJIAO_IMPORT_LIMIT、SHENJIAO_LANGUAGE_TOOL_LIMIT）。",
        )

    @property
    def announced_too_long(self) -> bool:
        """Tell whether the body need not be read to know that it is too long."""
        return self.declared > self._limit

    async def receive(self) -> Message:
        """Give the next piece.

        Raises:
            HTTPException: it comes too late (408), or it is one too many (413).
        """
        if self.arrived:
            return await self._receive()
        try:
            message = await self._next()
        except TimeoutError:
            raise HTTPException(408) from None
        self._length += len(message.get("body", b""))
        if self._length > self._limit:
            raise self.too_long
        return message

    async def hear_out(self) -> None:
        """Throw away what is still to come, until the time is up."""
        try:
            while not self.arrived:
                await self._next()
        except TimeoutError:
            return

    async def _next(self) -> Message:
        async with asyncio.timeout_at(self._deadline):
            message = await self._receive()
        self.arrived = not message.get("more_body", False)
        return message
