"""Forms and declared encodings: the same request, the same answer."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from fastapi.testclient import TestClient

FORM = "application/x-www-form-urlencoded"
TEXT = "𠮷林某村：R&D经费增长5%，截止目前已完成。赵小明，身份证号11010519491231002X。"
OLD_TEXT = TEXT.replace("𠮷", "吉")
"""As GBK can write it."""


def sent(client: TestClient, body: bytes, content_type: str) -> Any:
    return client.post("/v1/proofread", content=body, headers={"content-type": content_type})


def answered(client: TestClient, body: bytes, content_type: str) -> Any:
    response = sent(client, body, content_type)
    assert response.status_code == 200, response.text
    return response.json()


def test_a_form_is_answered_as_json_is(client: TestClient) -> None:
    fields = {"published_on": "2023-04-18", "offset_unit": "utf16"}
    asked = {**fields, "text": TEXT, "hints": True, "categories": ["typo", "privacy"]}
    form = {**fields, "text": TEXT, "hints": "true", "categories": "typo, privacy"}

    answer = answered(client, urlencode(form).encode(), FORM)

    assert answer == client.post("/v1/proofread", json=asked).json()
    assert [finding["rule"] for finding in answer["findings"]] == ["TY0001", "PI001"]


def test_a_field_may_be_repeated_or_left_empty(client: TestClient) -> None:
    body = urlencode([("text", TEXT), ("categories", "typo"), ("categories", "format"), ("published_on", "")])

    assert [f["rule"] for f in answered(client, body.encode(), FORM)["findings"]] == ["TY0001"]


@pytest.mark.parametrize("charset", ["gbk", "GB2312", "gb18030"])
@pytest.mark.parametrize("escaped", [True, False])
def test_a_form_may_be_in_gbk_if_it_says_so(client: TestClient, charset: str, *, escaped: bool) -> None:
    # Neither `&` nor `%` may stand in a form without escape, whatever its encoding.
    text = OLD_TEXT if escaped else OLD_TEXT.replace("&", "").replace("%", "")
    written = quote(text, encoding="gbk").encode() if escaped else text.encode("gbk")
    expected = client.post("/v1/proofread", json={"text": text}).json()

    assert answered(client, b"text=" + written, f"{FORM}; charset={charset}") == expected
    assert answered(client, b"text=" + written + f"&charset={charset}".encode(), FORM) == expected
    assert answered(client, f"_charset_={charset}&text=".encode() + written, FORM) == expected


def test_json_may_be_in_gbk_if_it_says_so(client: TestClient) -> None:
    body = json.dumps({"text": OLD_TEXT}, ensure_ascii=False).encode("gbk")

    answer = answered(client, body, "application/json; charset=GBK")

    assert answer == client.post("/v1/proofread", json={"text": OLD_TEXT}).json()
    assert sent(client, body, "application/json").status_code in {400, 422}


@pytest.mark.parametrize(
    ("body", "content_type", "status", "said"),
    [
        (f"text={quote(TEXT)}&hints=maybe", FORM, 422, "hints：应是 true 或 false"),
        (f"text={quote(TEXT)}&txet=1", FORM, 422, "txet：不认识的字段"),
        (f"text={quote(TEXT)}&{quote(TEXT)}=1", FORM, 422, "（名称不合规范的字段）：不认识的字段"),
        ("hints=true", FORM, 422, "text：缺少此项"),
        (f"text={quote(TEXT)}&text=1", FORM, 422, "每个字段只能有一次"),
        ("", FORM, 422, "text：缺少此项"),
        (f"text={quote(TEXT)}&charset=big5", FORM, 400, "charset 应是"),
        (f"text={quote(TEXT)}", f"{FORM}; charset=ebcdic", 400, "charset 应是"),
        ("text=%FF%FE", FORM, 400, "请求体不是所声明的编码（utf-8）"),
        ("text=%FF%FF", f"{FORM}; charset=gbk", 400, "请求体不是所声明的编码（gb18030）"),
    ],
)
def test_a_wrong_form_is_told_what_is_wrong(
    client: TestClient, body: str, content_type: str, status: int, said: str
) -> None:
    response = sent(client, body.encode(), content_type)

    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert said in response.json()["detail"]
    assert "赵小明" not in response.text


@pytest.mark.parametrize(
    ("path", "content_type"),
    [
        ("/v1/proofread", "text/plain"),
        ("/v1/proofread", "multipart/form-data; boundary=a"),
        ("/v1/redact", "text/xml"),
        ("/v1/redact", FORM),
    ],
)
def test_a_body_of_another_type_is_told_so(client: TestClient, path: str, content_type: str) -> None:
    body = json.dumps({"text": TEXT}).encode()

    answer = client.post(path, content=body, headers={"content-type": content_type})

    assert answer.status_code == 415
    assert answer.json()["title"] == "不支持这种类型的内容"
    assert "application/json" in answer.json()["detail"]


def test_json_of_a_kind_of_its_own_is_json(client: TestClient) -> None:
    answer = sent(client, json.dumps({"text": TEXT}).encode(), "application/vnd.api+json")

    assert answer.status_code == 200


def test_json_that_is_no_object_is_no_matter_of_its_type(client: TestClient) -> None:
    assert client.post("/v1/redact", json=[TEXT]).status_code == 422


def test_the_document_says_which_routes_ask_for_json(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]

    assert "415" in paths["/v1/redact"]["post"]["responses"]
    assert "415" not in paths["/v1/rules"]["get"]["responses"]
