"""What runs beside the requests: a failure is told without its words, and ends nothing for good."""

from __future__ import annotations

import asyncio

import pytest

from api_tests.aside import run_aside
from app.beside import running_beside

SECRET = "张三的身份证号"


def test_one_that_fails_is_logged_without_its_words_and_begun_anew(caplog: pytest.LogCaptureFixture) -> None:
    begun: list[str] = []
    again = asyncio.Event()

    async def failing() -> None:
        begun.append("failing")
        if len(begun) > 1:
            again.set()
            await asyncio.sleep(60)
        raise ValueError(SECRET)

    async def serve() -> None:
        async with running_beside(failing, pause=0.0):
            await asyncio.wait_for(again.wait(), 5)

    run_aside(serve())

    assert begun == ["failing", "failing"]
    assert "unforeseen ValueError at" in caplog.text
    assert SECRET not in caplog.text


def test_at_the_end_nothing_runs_on() -> None:
    ended: list[str] = []

    async def looking() -> None:
        try:
            await asyncio.sleep(60)
        finally:
            ended.append("looking")

    async def serve() -> None:
        async with running_beside(looking):
            await asyncio.sleep(0)

    run_aside(serve())

    assert ended == ["looking"]
