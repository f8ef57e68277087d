"""Writes that may be sent twice: with the same Idempotency-Key they are done once.

A route that writes takes a `OnceOf` and does its work through it:

    return await once.run(lambda: reviews.decide(...), 201)
"""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Callable
from typing import Annotated, TypeVar

from anyio import to_thread
from fastapi import Depends, Header, Request, Response
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from app.api.door import KeyOf
from app.store.answers import Answer, Answers, OtherBodyError

T = TypeVar("T")
JSON = "application/json"
LONGEST_KEY = 200
OTHER_BODY = "这个 Idempotency-Key 已用于另一个请求，请换一个。"
RUNNING = "带同一个 Idempotency-Key 的请求还在处理，请稍后重试。"


class Once:
    """Does the write of one request, or gives the answer that it had before."""

    def __init__(self, answers: Answers, key: str | None, body_hash: str) -> None:
        """Take the key of the request, if it has one, and the hash of its body."""
        self._answers = answers
        self._key = key
        self._body_hash = body_hash

    async def known(self) -> Response | None:
        """Give the answer that this request had before, so that costly work is not done for nothing."""
        key = self._key
        if key is None:
            return None
        answer = await _unless_other(lambda: self._answers.known(key, self._body_hash))
        return None if answer is None else _response(answer)

    async def run(self, work: Callable[[], BaseModel], status: int) -> Response:
        """Do the write in a thread and keep its answer in the same transaction; or give the one it had before."""
        key = self._key

        def answered() -> Answer:
            return Answer(status, work().model_dump_json())

        if key is None:
            return _response(await to_thread.run_sync(answered))
        return _response(await _unless_other(lambda: self._answers.once(key, self._body_hash, answered)))


async def _unless_other(look: Callable[[], T]) -> T:
    try:
        return await to_thread.run_sync(look)
    except OtherBodyError:
        raise HTTPException(422, OTHER_BODY) from None


def _response(answer: Answer) -> Response:
    return Response(answer.body, answer.status, media_type=JSON)


async def _once(
    request: Request,
    key_used: KeyOf,
    idempotency_key: Annotated[
        str | None,
        Header(
            min_length=1,
            max_length=LONGEST_KEY,
            description="同一个键、同样的内容再次提交，只办一次，返回原来的答复；24 小时内有效。",
        ),
    ] = None,
) -> AsyncIterator[Once]:
    answers = Answers(request.app.state.database)
    if idempotency_key is None:
        yield Once(answers, None, "")
        return
    body_hash = hashlib.sha256(await request.body()).hexdigest()
    # The key is the caller's: two callers, or two routes, may use the same one.
    said = f"{key_used.number if key_used else 0}\0{request.method}\0{request.url.path}\0{idempotency_key}"
    key = hashlib.sha256(said.encode()).hexdigest()
    running: set[str] = request.app.state.running_writes
    if key in running:
        raise HTTPException(409, RUNNING)
    running.add(key)
    try:
        yield Once(answers, key, body_hash)
    finally:
        running.discard(key)


OnceOf = Annotated[Once, Depends(_once)]
