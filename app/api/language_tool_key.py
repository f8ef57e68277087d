"""The key of a LanguageTool client: a parameter, since such a client can write no header.

Only here is a body read before the door has let its sender in. It is held to the limits of size and time that all bodies
are held to, and only where keys are asked for.
"""

from __future__ import annotations

from fastapi.responses import Response
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.door import secret_of
from app.api.problems import LANGUAGE_TOOL, problem_response
from app.language_tool.parameters import ParameterError, read_parameters
from app.live_keys import LiveKeys

PARAMETER = "apiKey"


class KeyParameter:
    """ASGI middleware around the door: puts the key where the door looks for it."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before the door of an application whose state has `live_keys`."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand a request on, with its key as a header."""
        if scope["type"] != "http" or not _may_have_one(scope):
            await self.app(scope, receive, send)
            return
        handled: ASGIApp | Response = self.app
        try:
            body = await _whole(receive)
            secret = read_parameters(scope["query_string"], body).get(PARAMETER, "")
            # In place: those around have this scope, too, and learn from it which route was taken.
            scope["headers"] = [*scope["headers"], *([(b"x-api-key", secret.encode())] if secret else [])]
        except HTTPException as error:
            handled = problem_response(error.status_code, error.detail)
        except ParameterError as error:
            handled = problem_response(400, str(error))
        else:
            receive = _once_more(body, receive)
        await handled(scope, receive, send)


def _may_have_one(scope: Scope) -> bool:
    if not scope["path"].startswith(LANGUAGE_TOOL) or secret_of(scope) is not None:
        return False
    keys: LiveKeys = scope["app"].state.live_keys
    return keys.needed


async def _whole(receive: Receive) -> bytes:
    pieces = []
    more = True
    while more:
        message = await receive()
        pieces.append(message.get("body", b""))
        more = message.get("more_body", False)
    return b"".join(pieces)


def _once_more(body: bytes, receive: Receive) -> Receive:
    """Give a body that has been read, and afterwards what else comes."""
    given = False

    async def receive_once_more() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return receive_once_more
