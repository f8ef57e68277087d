"""The tools for assistants, by a client of the protocol that starts the real command."""

from __future__ import annotations

import asyncio
import json
import os
from pathlib import Path
from typing import Any

import pytest
from mcp import ClientSession, StdioServerParameters, stdio_client
from mcp.types import CallToolResult, TextContent

from api_tests.aside import run_aside
from api_tests.service import SHENJIAO

LEAK = "赵小明，身份证号11010519491231002X。"
DRAFT = f"截止目前，各单位已完成整改。{LEAK}"
CALLS: dict[str, tuple[str, dict[str, Any]]] = {
    "checked": (
        "proofread",
        {"text": DRAFT, "published_on": "2023-04-18", "categories": ["typo", "privacy"]},
    ),
    "masked": ("redact", {"text": DRAFT}),
    "page masked": ("redact", {"text": f"<p>{LEAK}</p>", "format": "html", "style": "6+4"}),
    "card": ("rule_card", {"code": "TY0001"}),
    "no card": ("rule_card", {"code": "XX0000"}),
    "wrong day": ("proofread", {"text": DRAFT, "published_on": LEAK}),
}
PATIENCE = 180.0
"""Seconds that the whole session may take on a busy machine."""


async def session(log: Path) -> tuple[list[str], dict[str, CallToolResult]]:
    command = StdioServerParameters(command=SHENJIAO, args=["mcp"], env=dict(os.environ))
    with log.open("w", encoding="utf-8") as errors:
        async with (
            stdio_client(command, errlog=errors) as (receive, send),
            ClientSession(receive, send) as client,
        ):
            await client.initialize()
            tools = [tool.name for tool in (await client.list_tools()).tools]
            answers = {}
            for name, (tool, arguments) in CALLS.items():
                answer = await client.call_tool(tool, arguments)
                assert isinstance(answer, CallToolResult)
                answers[name] = answer
    return tools, answers


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("mcp") / "errors"


@pytest.fixture(scope="module")
def spoken(log: Path) -> tuple[list[str], dict[str, CallToolResult]]:
    """One session with all calls."""
    return run_aside(asyncio.wait_for(session(log), PATIENCE))


def said(answer: CallToolResult) -> str:
    return "".join(part.text for part in answer.content if isinstance(part, TextContent))


def test_an_assistant_is_offered_three_tools(spoken: tuple[list[str], dict[str, CallToolResult]]) -> None:
    assert spoken[0] == ["proofread", "redact", "rule_card"]


def test_an_assistant_gets_verdict_and_findings(spoken: tuple[list[str], dict[str, CallToolResult]]) -> None:
    answer = spoken[1]["checked"].structured_content

    assert answer is not None
    assert answer["verdict"] == "block"
    assert [finding["rule"] for finding in answer["findings"]] == ["TY0001", "PI001"]
    assert json.loads(said(spoken[1]["checked"])) == answer


def test_an_assistant_gets_a_masked_text(spoken: tuple[list[str], dict[str, CallToolResult]]) -> None:
    masked, page = (spoken[1][name].structured_content for name in ("masked", "page masked"))

    assert masked is not None
    assert page is not None
    assert masked["text"].endswith("赵小明，身份证号11*************02X。")
    assert masked["clean"] is True
    assert page["text"] == "<p>赵小明，身份证号110105********002X。</p>"


def test_an_assistant_gets_a_rule_card(spoken: tuple[list[str], dict[str, CallToolResult]]) -> None:
    card, none = spoken[1]["card"], spoken[1]["no card"]

    assert card.structured_content is not None
    assert card.structured_content["source"]["title"] == "现代汉语词典（第7版）"
    assert none.is_error
    assert "没有这个编号的规则" in said(none)


def test_a_number_of_a_draft_is_in_no_answer_and_in_no_log(
    spoken: tuple[list[str], dict[str, CallToolResult]], log: Path
) -> None:
    answers = spoken[1]

    assert answers["wrong day"].is_error
    assert "参数有误：published_on" in said(answers["wrong day"])
    assert "19491231" not in "".join(map(said, answers.values()))
    assert "19491231" not in log.read_text(encoding="utf-8")
