"""The HTTP contract: answers, problems, limits, and that nothing of a draft is ever written down."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api_tests.service import OWN
from app.main import create_app
from app.settings import Settings

LEAK = "赵小明，身份证号11010519491231002X。"


def assert_problem(response: Any, status: int, *said: str) -> None:
    """Every error has one shape, the true status, and a Chinese message."""
    problem = response.json()
    assert response.status_code == problem["status"] == status
    assert response.headers["content-type"] == "application/problem+json"
    assert problem["title"]
    for words in said:
        assert words in problem["detail"]


def test_a_leak_blocks_and_comes_back_masked_with_its_source(client: TestClient) -> None:
    answer = client.post("/v1/proofread", json={"text": LEAK}).json()

    assert answer["verdict"] == "block"
    assert answer["counts"] == {"error": 1, "warning": 0, "info": 0}
    (finding,) = answer["findings"]
    assert (finding["rule"], finding["start"], finding["end"]) == ("PI001", 8, 26)
    assert finding["text"] == "11*************02X"
    assert finding["source"]["issuer"] == "国务院办公厅"
    assert "19491231" not in str(answer)


def test_hints_are_given_only_to_who_asks_and_leave_the_verdict_alone(client: TestClient) -> None:
    text = "抓好秋粮收购入苍。"
    quiet = client.post("/v1/proofread", json={"text": text}).json()
    asked = client.post("/v1/proofread", json={"text": text, "hints": True}).json()

    assert quiet["findings"] == []
    assert asked["verdict"] == "pass"
    assert [(finding["text"], finding["severity"]) for finding in asked["findings"]] == [("苍", "info")]
    assert asked["findings"][0]["message"].startswith("同音：仓—苍。")


def test_an_empty_text_passes(client: TestClient) -> None:
    answer = client.post("/v1/proofread", json={"text": ""}).json()

    assert (answer["verdict"], answer["findings"]) == ("pass", [])


def test_a_text_can_be_redacted(client: TestClient) -> None:
    answer = client.post("/v1/redact", json={"text": LEAK}).json()

    assert answer["text"] == "赵小明，身份证号11*************02X。"
    assert [finding["rule"] for finding in answer["findings"]] == ["PI001"]


def test_a_page_is_redacted_as_a_page_and_its_findings_point_into_the_source(client: TestClient) -> None:
    page = '<p class="13800138000">赵小明，手机<b>138</b>00138000</p>'

    answer = client.post("/v1/redact", json={"text": page, "format": "html"}).json()

    assert answer["text"] == '<p class="13800138000">赵小明，手机<b>138</b>****8000</p>'
    assert answer["clean"] is True
    (finding,) = answer["findings"]
    assert page[finding["start"] : finding["end"]] == "138</b>00138000"


def test_the_style_of_the_mask_can_be_chosen(client: TestClient) -> None:
    styles: list[dict[str, Any]] = [
        {"style": "6+4"},
        {"style": "custom", "keep_head": 1, "keep_tail": 1.0, "keep_length": False},
    ]

    texts = [client.post("/v1/redact", json={"text": LEAK, **style}).json()["text"] for style in styles]

    assert texts == ["赵小明，身份证号110105********002X。", "赵小明，身份证号1***X。"]


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        ({"keep_tail": 2}, "keep_head、keep_tail 只与 style=custom 同用"),
        ({"style": "3+4"}, "不在可选的值之内"),
        ({"style": "custom", "keep_head": 19}, "太大"),
        ({"style": "custom", "keep_head": True}, "应是整数"),
        ({"format": "pdf"}, "不在可选的值之内"),
    ],
)
def test_a_mask_that_makes_no_sense_is_refused(client: TestClient, body: dict[str, Any], detail: str) -> None:
    answer = client.post("/v1/redact", json={"text": LEAK, **body})

    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert detail in answer.json()["detail"]


def test_rules_are_listed_by_code_and_by_category(client: TestClient) -> None:
    codes = [rule["code"] for rule in client.get("/v1/rules").json()]
    privacy = client.get("/v1/rules", params={"category": "privacy"}).json()

    assert codes == sorted(codes)
    assert {rule["category"] for rule in privacy} == {"privacy"}


def test_a_rule_card_shows_reason_source_and_examples(client: TestClient) -> None:
    card = client.get("/v1/rules/PI001").json()

    assert card["why"]
    assert card["source"]["title"]
    assert card["hits"]
    assert card["misses"]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({}, "text：缺少此项"),
        ({"text": 5}, "text：应是字符串"),
        ({"text": None}, "text：应是字符串"),
        ({"text": "x", "txet": "y"}, "txet：不认识的字段"),
        ({"text": "x", "published_on": "昨天"}, "published_on：应是 2024-01-31 形式的日期"),
        ({"text": "x", "offset_unit": "byte"}, "offset_unit：不在可选的值之内：codepoint、utf16、utf8"),
        ({"text": "x", "categories": ["typos"]}, "categories.0：不在可选的值之内"),
        ({"text": "x", "categories": []}, "categories：不能为空"),
        ([], "应是 JSON 对象"),
        ("x", "应是 JSON 对象"),
    ],
)
def test_a_wrong_request_is_told_what_is_wrong(client: TestClient, body: object, said: str) -> None:
    assert_problem(client.post("/v1/proofread", json=body), 422, said)


@pytest.mark.parametrize("content", [b'{"text": "', b"", b"\xff\xfe", b"text=1"])
def test_what_is_not_json_is_refused(client: TestClient, content: bytes) -> None:
    response = client.post("/v1/proofread", content=content, headers={"content-type": "application/json"})

    assert response.status_code in {400, 422}
    assert_problem(response, response.status_code)


def test_half_a_surrogate_pair_is_refused(client: TestClient) -> None:
    response = client.post(
        "/v1/proofread", content=b'{"text": "\\ud800"}', headers={"content-type": "application/json"}
    )

    assert_problem(response, 422, "代理字符")


def test_a_problem_never_quotes_the_draft(client: TestClient) -> None:
    for body in ({"text": "机密", "x": "机密"}, {"text": ["机密"]}, {"text": "机密\ud800"}, "机密"):
        response = client.post(
            "/v1/proofread",
            content=__import__("json").dumps(body),
            headers={"content-type": "application/json"},
        )
        assert response.status_code == 422
        assert "机密" not in response.text


def test_an_unknown_address_is_a_404_problem(client: TestClient) -> None:
    assert_problem(client.get("/v1/nothing"), 404)
    assert_problem(client.get("/v1/rules/XX9999"), 404)


def test_a_wrong_method_is_a_405_problem_that_names_the_right_one(client: TestClient) -> None:
    response = client.get("/v1/proofread")

    assert_problem(response, 405)
    assert response.headers["allow"] == "POST"


@pytest.fixture(scope="module")
def small_client() -> Iterator[TestClient]:
    with TestClient(create_app(Settings(body_limit=1000, long_text=50)), client=OWN) as client:
        yield client


def chunks(size: int) -> Iterator[bytes]:
    yield b'{"text": "'
    for _ in range(size):
        yield b"x" * 10
    yield b'"}'


def test_a_body_over_the_limit_is_a_413_problem(small_client: TestClient) -> None:
    assert_problem(small_client.post("/v1/proofread", json={"text": "x" * 1000}), 413, "1,000 字节")


def test_a_body_of_undeclared_length_is_cut_off_at_the_limit(small_client: TestClient) -> None:
    headers = {"content-type": "application/json"}

    assert_problem(small_client.post("/v1/proofread", content=chunks(200), headers=headers), 413)
    assert small_client.post("/v1/proofread", content=chunks(20), headers=headers).status_code == 200


def test_a_long_text_that_goes_through_a_thread_is_answered_alike(
    client: TestClient, small_client: TestClient
) -> None:
    body = {"text": LEAK * 5}

    assert (
        small_client.post("/v1/proofread", json=body).json() == client.post("/v1/proofread", json=body).json()
    )


def test_the_service_is_alive_ready_and_counts(client: TestClient) -> None:
    client.post("/v1/proofread", json={"text": LEAK})

    assert client.get("/healthz").json() == {"status": "ok"}
    ready = client.get("/readyz").json()
    assert ready["status"] == "ready"
    assert ready["rules"] == len(client.get("/v1/rules").json())
    metrics = client.get("/metrics").text
    assert 'shenjiao_request_seconds_count{method="POST",route="/v1/proofread",status="200"}' in metrics
    assert 'shenjiao_findings_total{rule="PI001"}' in metrics


def test_metrics_name_routes_and_never_addresses(client: TestClient) -> None:
    client.get("/v1/rules/PI001")
    client.get("/somewhere/11010519491231002X")

    metrics = client.get("/metrics").text
    assert 'route="/v1/rules/{code}"' in metrics
    assert "11010519491231002X" not in metrics


def test_an_unforeseen_error_is_a_500_problem_and_its_message_is_not_logged(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ValueError(LEAK)

    with TestClient(create_app(Settings()), raise_server_exceptions=True, client=OWN) as client:
        monkeypatch.setattr("app.engine.Text.of", fail)
        with caplog.at_level(logging.DEBUG):
            response = client.post("/v1/proofread", json={"text": LEAK})

    assert_problem(response, 500, "没有写入日志")
    assert "unforeseen ValueError at" in caplog.text
    written = caplog.text + "".join(capfd.readouterr()) + response.text
    assert "赵小明" not in written
    assert "11010519491231002X" not in written


def test_the_page_may_talk_to_this_service_only(client: TestClient) -> None:
    response = client.get("/")

    assert "default-src 'none'" in response.headers["content-security-policy"]
    assert "//" not in response.text.replace("<!--", "").replace("http-equiv", "")


PAGE = (
    "<html><head><title>通知</title></head><body><p>截止<b>目前</b>，已完成&amp;验收。</p>"
    '<p>友情链接：<a href="http://bet.example.com/">某市人民政府网</a></p><!--截止目前--></body></html>'
)


@pytest.mark.parametrize("unit", ["codepoint", "utf16", "utf8"])
def test_of_a_page_the_visible_text_and_the_links_are_checked_and_placed_in_its_source(
    client: TestClient, unit: str
) -> None:
    asked = {"text": "<p>😀</p>" + PAGE, "format": "html", "offset_unit": unit}
    answer = client.post("/v1/proofread", json=asked).json()

    width = {"codepoint": "utf-32-le", "utf16": "utf-16-le", "utf8": "utf-8"}[unit]
    size = {"codepoint": 4, "utf16": 2, "utf8": 1}[unit]
    source = asked["text"].encode(width)
    found = [
        (one["rule"], one["text"], source[one["start"] * size : one["end"] * size].decode(width))
        for one in answer["findings"]
    ]
    assert found == [
        ("TY0001", "截止目前", "截止<b>目前"),
        ("LK011", "某市人民政府网", "某市人民政府网"),
    ]


def test_a_finding_keeps_its_name_whatever_tags_are_put_around_it(client: TestClient) -> None:
    def name(text: str, form: str) -> str:
        (finding,) = client.post("/v1/proofread", json={"text": text, "format": form}).json()["findings"]
        return str(finding["id"])

    assert name("<p>截止<b>目前</b>已完成</p>", "html") == name("<h1>截止目前已完成</h1>", "html")


def test_a_text_is_no_page_unless_it_is_said_to_be(client: TestClient) -> None:
    answer = client.post("/v1/proofread", json={"text": "<!--截止目前-->"}).json()

    assert [finding["text"] for finding in answer["findings"]] == ["截止目前"]
