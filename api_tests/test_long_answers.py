"""Answers that are written piece by piece are those of the models, to the byte, and do not fill the memory."""

from __future__ import annotations

import tracemalloc

import pytest
from fastapi.responses import StreamingResponse
from fastapi.testclient import TestClient

from api_tests.aside import run_aside
from app.api.answers import AT_ONCE, answer
from app.documents import Document
from app.engine import Engine
from app.offsets import OffsetUnit
from app.redaction import redact
from app.schemas import RedactResponse, findings_of, from_report, head_of
from bench.privacy_speed import long_list
from detectors.kernel.finding import Category

ENGINE = Engine.load()
FEW = "截止目前，赵小明😀的手机“13800138000”\\已登记。\t\x7f\u2028\n"
LIST = "😀\n" + long_list(AT_ONCE)
MEBIBYTE = 1024 * 1024


@pytest.mark.parametrize("unit", OffsetUnit)
@pytest.mark.parametrize("text", [FEW, LIST, "", "你好。"], ids=["few", "list", "empty", "clean"])
def test_the_answer_is_that_of_the_model(client: TestClient, text: str, unit: OffsetUnit) -> None:
    given = {"text": text, "offset_unit": unit}
    response = client.post("/v1/proofread", json=given)
    assert response.headers["content-type"] == "application/json"
    assert response.text == from_report(ENGINE.check(text), unit).model_dump_json()


@pytest.mark.parametrize("text", [FEW, LIST], ids=["few", "list"])
def test_the_answer_to_a_redaction_is_that_of_the_model(client: TestClient, text: str) -> None:
    redacted = redact(ENGINE, Document("", text))
    model = RedactResponse(
        text=redacted.document.source,
        clean=redacted.clean,
        offset_unit=OffsetUnit.CODEPOINT,
        lexicon_version=redacted.report.lexicon_version,
        site_lexicon_version=0,
        findings=findings_of(redacted.report, OffsetUnit.CODEPOINT),
    )
    assert client.post("/v1/redact", json={"text": text}).text == model.model_dump_json()


def test_a_short_answer_says_how_long_it_is(client: TestClient) -> None:
    response = client.post("/v1/proofread", json={"text": FEW})
    assert int(response.headers["content-length"]) == len(response.content)


def test_a_long_answer_is_never_in_memory_at_once() -> None:
    report = ENGINE.check(long_list(10_000), categories=(Category.PRIVACY,))
    response = answer(head_of(report, OffsetUnit.CODEPOINT), report, OffsetUnit.CODEPOINT)
    assert isinstance(response, StreamingResponse)

    async def length() -> int:
        return sum([len(piece) async for piece in response.body_iterator])

    tracemalloc.start()
    written = run_aside(length())
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert written > 8 * MEBIBYTE
    # What is left of each finding is the name by which its twins would be known.
    assert most < 5 * MEBIBYTE
