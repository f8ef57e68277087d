"""Writes that may be sent twice: with the same Idempotency-Key they are done once.

A route that writes takes a `OnceOf` and does its work through it:

    return await once.run(lambda: reviews.decide(...), 201)

Headers of the answer are made of its body, so that the second answer has them, too.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import AsyncIterator, Callable, Mapping
from typing import Annotated, Any, TypeVar

from anyio import to_thread
from fastapi import Depends, Header, Request, Response
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from app.api.door import KeyOf
from app.store.answers import Answer, Answers, OtherBodyError

T = TypeVar("T")
ModelT = TypeVar("ModelT", bound=BaseModel)
HeadersOf = Callable[[Mapping[str, Any]], Mapping[str, str]]
"""Makes the headers of an answer out of its body."""
JSON = "application/json"
LONGEST_KEY = 200
OTHER_BODY = "这个 Idempotency-Key 已用于另一个请求，请换一个。"
RUNNING = "带同一个 Idempotency-Key 的请求还在处理，请稍后重试。"
CONFLICT, NO_CONTENT = 409, 204


def no_headers(_: Mapping[str, Any]) -> Mapping[str, str]:
    """Make none."""
    return {}


class Once:
    """Does the write of one request, or gives the answer that it had before."""

    def __init__(self, answers: Answers, key: str | None, body_hash: str) -> None:
        """Take the key of the request, if it has one, and the hash of what it asks for."""
        self._answers = answers
        self._key = key
        self._body_hash = body_hash

    async def known(self, headers: HeadersOf = no_headers) -> Response | None:
        """Give the answer that this request had before, so that costly work is not done for nothing."""
        key = self._key
        if key is None:
            return None
        answer = await _unless_other(lambda: self._answers.known(key, self._body_hash))
        return None if answer is None else _response(answer, headers)

    async def run(
        self, work: Callable[[], BaseModel | None], status: int, headers: HeadersOf = no_headers
    ) -> Response:
        """Do the write in a thread and keep its answer in the same transaction; or give the one it had before."""

        def answered() -> Answer:
            said = work()
            return Answer(status, "" if said is None else said.model_dump_json())

        return _response(await self._answer(answered), headers)

    async def run_shown_once(
        self, work: Callable[[], ModelT], status: int, headers: HeadersOf, again: Callable[[ModelT], str]
    ) -> Response:
        """Do likewise where the answer holds a secret: it is not kept, and who asks again is told so with 409.

        Args:
            work: makes what has the secret.
            status: of the first answer.
            headers: of the first answer.
            again: what is said instead the next time; without the secret.
        """
        shown: list[ModelT] = []

        def answered() -> Answer:
            shown.append(work())
            return Answer(CONFLICT, again(shown[0]))

        kept = await self._answer(answered)
        return _response(Answer(status, shown[0].model_dump_json()) if shown else kept, headers)

    async def _answer(self, answered: Callable[[], Answer]) -> Answer:
        key = self._key
        if key is None:
            return await to_thread.run_sync(answered)
        return await _unless_other(lambda: self._answers.once(key, self._body_hash, answered))


async def _unless_other(look: Callable[[], T]) -> T:
    try:
        return await to_thread.run_sync(look)
    except OtherBodyError:
        raise HTTPException(422, OTHER_BODY) from None


def _response(answer: Answer, headers: HeadersOf) -> Response:
    if answer.status == CONFLICT:
        raise HTTPException(CONFLICT, answer.body)
    if answer.status == NO_CONTENT:
        return Response(status_code=NO_CONTENT)
    return Response(answer.body, answer.status, dict(headers(json.loads(answer.body))), JSON)


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
    asked = hashlib.sha256(await request.body())
    # What else may say what is asked for: the author of an import, the version that was seen.
    for besides in (request.scope["query_string"], request.headers.get("if-match", "").encode()):
        asked.update(b"\0" + besides if besides else b"")
    # The key is the caller's: two callers, or two routes, may use the same one.
    said = f"{key_used.number if key_used else 0}\0{request.method}\0{request.url.path}\0{idempotency_key}"
    key = hashlib.sha256(said.encode()).hexdigest()
    running: set[str] = request.app.state.running_writes
    if key in running:
        raise HTTPException(409, RUNNING)
    running.add(key)
    try:
        yield Once(answers, key, asked.hexdigest())
    finally:
        running.discard(key)


OnceOf = Annotated[Once, Depends(_once)]
