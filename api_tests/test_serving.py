"""The service as a process: a long text is answered whole and holds nobody up; nothing is written down."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from api_tests.service import get, post, proofread, running

LEAK = "赵小明，身份证号11010519491231002X。"
LINE = "各单位要认真落实工作要求，" * 20 + LEAK + "\n"
LONG_TEXT = (LINE * 1000)[:200_000]
PATIENCE = 0.25
"""Seconds that a short request may take beside long ones; alone it takes a few thousandths."""


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("service") / "log"


@pytest.fixture(scope="module")
def address(log: Path) -> Iterator[str]:
    with log.open("wb") as written, running(written) as (address, _):
        yield address


def test_the_service_says_where_it_is(address: str, log: Path) -> None:
    assert f"审校已启动：{address}" in log.read_text()


def test_a_text_of_200000_characters_is_answered_whole(address: str) -> None:
    findings = proofread(address, LONG_TEXT)["findings"]

    assert len(findings) == LONG_TEXT.count(LEAK[:26])
    assert findings[-1]["start"] > 199_000


def test_short_requests_are_not_held_up_by_long_ones(address: str) -> None:
    done = threading.Event()

    def keep_busy() -> None:
        while not done.is_set():
            proofread(address, LONG_TEXT)

    busy = [threading.Thread(target=keep_busy) for _ in range(3)]
    times = []
    for thread in busy:
        thread.start()
    try:
        for _ in range(40):
            begun = time.perf_counter()
            proofread(address, LEAK)
            times.append(time.perf_counter() - begun)
    finally:
        done.set()
        for thread in busy:
            thread.join()

    assert sorted(times)[len(times) // 2] < PATIENCE / 4
    assert max(times) < PATIENCE


def test_nothing_of_a_draft_is_written_down(address: str, log: Path) -> None:
    bodies = [json.dumps({"text": LEAK}), json.dumps({"text": LEAK, LEAK: 1}), '{"text": "' + LEAK, LEAK]

    answers = [post(f"{address}/v1/proofread", body.encode()) for body in bodies]

    assert [status for status, _ in answers] == [200, 422, 400, 400]
    shown = log.read_text() + get(f"{address}/metrics") + "".join(answer for _, answer in answers)
    assert "赵小明" not in shown
    assert "11010519491231002X" not in shown
