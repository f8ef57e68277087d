"""Requests of older programs: forms instead of JSON, and GBK where it is declared.

A Java 8 program, or a CMS of ten years ago, writes a form more easily than JSON. What it sends is made into the JSON that
the route takes, so there is one way to judge a request and one way to answer.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Coroutine
from email.message import Message
from typing import Any
from urllib.parse import parse_qsl

from fastapi import Request, Response
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
UTF8 = "utf-8"
# GB18030 reads whatever GBK and GB2312 can write.
CHARSETS = {UTF8: UTF8, "utf8": UTF8, "gbk": "gb18030", "gb2312": "gb18030", "gb18030": "gb18030"}
CHARSET_FIELDS = ("charset", "_charset_")
"""The second is what HTML has browsers fill in."""
LISTS = frozenset({"categories"})
SWITCHES = frozenset({"hints"})
BETWEEN = ","
YES_AND_NO = {"true": True, "false": False}
BYTES = "latin-1"
"""Every byte is a character in it, and the other way round."""


class FormOrJsonRoute(APIRoute):
    """A route that takes its JSON as a form, too, and both in a declared encoding."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Put the reading of forms before the reading of JSON."""
        handle = super().get_route_handler()

        async def handle_either(request: Request) -> Response:
            kind, charset = _content_type(request)
            # Nearly all requests: nothing is read twice.
            if kind != FORM and charset == UTF8:
                return await handle(request)
            body = await request.body()
            given = _form(body, charset) if kind == FORM else _decoded(body, charset).encode()
            return await handle(_with_body(request, given))

        return handle_either


def _content_type(request: Request) -> tuple[str, str]:
    """Read the kind of body and the encoding that are declared."""
    declared = Message()
    declared["content-type"] = request.headers.get("content-type", JSON)
    return declared.get_content_type(), declared.get_content_charset(UTF8)


def _form(body: bytes, charset: str) -> bytes:
    """Make JSON of a form."""
    # As bytes first: the form itself may say what they mean.
    fields = parse_qsl(body.decode(BYTES), keep_blank_values=True, encoding=BYTES)
    for name in CHARSET_FIELDS:
        charset = next((value for field, value in fields if field == name), "") or charset
    given: dict[str, Any] = {}
    for field, value in fields:
        # An empty field of a form was left empty; only a text may be so.
        if field in CHARSET_FIELDS or (not value and field != "text"):
            continue
        name, words = (_decoded(part.encode(BYTES), charset) for part in (field, value))
        if name in LISTS:
            given.setdefault(name, []).extend(part.strip() for part in words.split(BETWEEN))
        elif name in given:
            # To check one of two texts and pass both would be the worst answer.
            raise HTTPException(422, f"表单里除 {'、'.join(sorted(LISTS))} 外，每个字段只能有一次。")
        else:
            given[name] = YES_AND_NO.get(words, words) if name in SWITCHES else words
    return json.dumps(given).encode()


def _decoded(content: bytes, charset: str) -> str:
    encoding = CHARSETS.get(charset.lower())
    if encoding is None:
        raise HTTPException(400, "charset 应是 utf-8、gbk、gb2312 或 gb18030。")
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise HTTPException(400, f"请求体不是所声明的编码（{encoding}）。") from None


def _with_body(request: Request, body: bytes) -> Request:
    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    others = [(name, value) for name, value in request.scope["headers"] if name != b"content-type"]
    return Request({**request.scope, "headers": [*others, (b"content-type", JSON.encode())]}, receive)
