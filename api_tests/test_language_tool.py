"""LanguageTool's interface: what its clients send and expect, and that no error quotes a draft."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from api_tests.service import OWN
from app.keys.key import BY_COMMAND, KeyDraft, Role
from app.language_tool.annotation import AnnotatedText
from app.main import create_app
from app.settings import Settings
from detectors.kernel.finding import Span

TYPO = "截止目前，各单位已完成整改。"
LEAK = "赵小明，身份证号11010519491231002X。"
ASTRAL = "𠮷林某村。"
FORM = {"content-type": "application/x-www-form-urlencoded"}


def check(client: TestClient, **parameters: str) -> Any:
    response = client.post("/v2/check", data={"language": "zh-CN", **parameters})
    assert response.status_code == 200, response.text
    return response.json()


def rules(answer: Any) -> list[str]:
    return [match["rule"]["id"] for match in answer["matches"]]


def in_utf16(text: str, match: Any) -> str:
    units = text.encode("utf-16-le")
    return units[2 * match["offset"] : 2 * (match["offset"] + match["length"])].decode("utf-16-le")


def annotated(*nodes: dict[str, str]) -> str:
    return json.dumps({"annotation": nodes}, ensure_ascii=False)


def test_a_match_says_what_where_why_and_what_instead(client: TestClient) -> None:
    answer = check(client, text=TYPO)

    (match,) = answer["matches"]
    assert (match["offset"], match["length"]) == (0, 4)
    assert match["replacements"] == [{"value": "截至目前"}]
    assert match["message"].startswith("“截止”指到期停止")
    assert "依据：《现代汉语词典（第7版）》" in match["message"]
    assert match["rule"]["id"] == "TY0001"
    assert match["rule"]["category"] == {"id": "TYPO", "name": "错别字"}
    assert match["rule"]["issueType"] == "misspelling"
    assert match["type"] == {"typeName": "UnknownWord"}
    assert match["sentence"] == TYPO[:-1]


def test_a_rule_is_linked_to_its_card(client: TestClient) -> None:
    (url,) = check(client, text=TYPO)["matches"][0]["rule"]["urls"]

    assert client.get(url["value"]).json()["code"] == "TY0001"


def test_the_answer_names_software_and_language_as_strict_clients_want_it(client: TestClient) -> None:
    answer = check(client, text=TYPO, language="auto")

    assert {"name", "version", "buildDate", "apiVersion", "premium", "status"} <= answer["software"].keys()
    assert answer["language"]["code"] == "zh-CN"
    assert answer["language"]["detectedLanguage"]["confidence"] == 1.0
    assert answer["warnings"] == {"incompleteResults": False}


def test_positions_count_utf16_units(client: TestClient) -> None:
    text = ASTRAL + TYPO

    (match,) = check(client, text=text)["matches"]

    assert match["offset"] == len(ASTRAL) + 1
    assert in_utf16(text, match) == "截止目前"
    context = match["context"]
    assert in_utf16(context["text"], context) == "截止目前"


def test_get_answers_as_post_and_head_as_get(client: TestClient) -> None:
    query = f"/v2/check?language=zh-CN&text={quote(TYPO)}"

    assert client.get(query).json() == check(client, text=TYPO)
    assert client.head(query).status_code == 200


def test_a_body_without_escapes_is_read_as_it_stands(client: TestClient) -> None:
    text = "R&D经费增长5%20元，a+b=c，截止目前已完成。"
    body = f"text={text}&language=zh-CN".encode()

    (match,) = client.post("/v2/check", content=body, headers=FORM).json()["matches"]

    assert in_utf16(text, match) == "截止目前"


def test_positions_count_the_markup(client: TestClient) -> None:
    data = annotated(
        {"text": ASTRAL},
        {"markup": "<p class='a'>"},
        {"text": "截止"},
        {"markup": "<b>"},
        {"text": "目前完成。"},
    )
    whole = f"{ASTRAL}<p class='a'>截止<b>目前完成。"

    (match,) = check(client, data=data)["matches"]

    assert in_utf16(whole, match) == "截止<b>目前"
    assert in_utf16(match["context"]["text"], match["context"]) == "截止<b>目前"
    assert match["sentence"] == "截止目前完成"


def test_a_fault_in_what_empty_markup_at_the_end_stands_for_is_shown_before_it(client: TestClient) -> None:
    data = annotated({"text": "会议如期召开"}, {"markup": "", "interpretAs": "，2月30日召开"})
    (match,) = check(client, data=data)["matches"]

    assert (match["offset"], match["length"]) == (5, 1)


def test_what_markup_stands_for_is_read(client: TestClient) -> None:
    parted = annotated({"text": "截止"}, {"markup": "<br>", "interpretAs": "\n"}, {"text": "目前完成。"})

    assert rules(check(client, data=parted)) == []


def test_a_text_in_data_is_a_text(client: TestClient) -> None:
    assert rules(check(client, data=json.dumps({"text": TYPO, "metaData": {"a": "b"}}))) == ["TY0001"]


def test_what_stands_for_markup_leads_to_all_of_the_markup() -> None:
    data = annotated({"text": "甲"}, {"markup": "&nbsp;", "interpretAs": " "}, {"text": "乙"})
    draft = AnnotatedText.read(data)

    assert draft.text == "甲 乙"
    assert [draft.in_whole(Span(a, b)).of(draft.whole) for a, b in ((0, 1), (1, 2), (2, 3), (0, 3))] == [
        "甲",
        "&nbsp;",
        "乙",
        "甲&nbsp;乙",
    ]


def test_a_leak_is_shown_masked_wherever_the_answer_cuts_the_text(client: TestClient) -> None:
    answer = check(client, text=f"{TYPO}{LEAK}{TYPO}")

    assert rules(answer) == ["TY0001", "PI001", "TY0001"]
    assert answer["matches"][1]["replacements"] == [{"value": "11*************02X"}]
    assert "19491231" not in json.dumps(answer)


def test_rules_and_categories_can_be_switched_off(client: TestClient) -> None:
    text = TYPO + LEAK

    assert rules(check(client, text=text, disabledRules="TY0001,XX0001")) == ["PI001"]
    assert rules(check(client, text=text, disabledCategories="privacy")) == ["TY0001"]
    assert rules(check(client, text=text, disabledCategories="PRIVACY,TYPO", enabledRules="TY0001")) == [
        "TY0001"
    ]


def test_only_what_is_named_can_be_asked_for(client: TestClient) -> None:
    text = TYPO + LEAK

    assert rules(check(client, text=text, enabledOnly="true", enabledCategories="PRIVACY")) == ["PI001"]
    assert rules(check(client, text=text, enabledOnly="yes", enabledRules="TY0001")) == ["TY0001"]


def test_a_picky_reader_gets_the_hints(client: TestClient) -> None:
    text = "抓好秋粮收购入苍。"

    assert rules(check(client, text=text)) == []
    (match,) = check(client, text=text, level="picky")["matches"]
    assert match["type"] == {"typeName": "Hint"}
    assert match["rule"]["tags"] == ["picky"]


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({"text": LEAK}, "缺少参数 language"),
        ({"text": LEAK, "language": "en-US"}, "language 应是"),
        ({"text": LEAK, "language": LEAK}, "language 应是"),
        ({"language": "zh-CN"}, "text 和 data"),
        ({"text": LEAK, "data": LEAK, "language": "zh-CN"}, "text 和 data"),
        ({"data": LEAK, "language": "zh-CN"}, "data 应是 JSON"),
        ({"data": annotated({"text": LEAK, "markup": LEAK}), "language": "zh-CN"}, "data 应是 JSON"),
        ({"data": annotated({"text": LEAK, "interpretAs": LEAK}), "language": "zh-CN"}, "data 应是 JSON"),
        ({"data": annotated({}), "language": "zh-CN"}, "data 应是 JSON"),
        ({"data": '{"text": "\\ud800"}', "language": "zh-CN"}, "data 应是 JSON"),
        ({"data": "[" * 100_000, "language": "zh-CN"}, "data 应是 JSON"),
        ({"data": '{"text": 5}', "language": "zh-CN"}, "data 应是 JSON"),
        ({"text": LEAK, "language": "zh-CN", "level": LEAK}, "level 应是"),
        ({"text": LEAK, "language": "zh-CN", "enabledOnly": "true"}, "enabledOnly 须与"),
        (
            {
                "text": LEAK,
                "language": "zh",
                "enabledOnly": "true",
                "enabledRules": "A",
                "disabledRules": "B",
            },
            "enabledOnly 不与",
        ),
    ],
)
def test_a_wrong_request_is_answered_with_a_line_that_quotes_nothing(
    client: TestClient, parameters: dict[str, str], said: str
) -> None:
    response = client.post("/v2/check", data=parameters)

    assert response.status_code == 400
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    assert response.text.startswith(f"Error: {said}")
    assert "\n" not in response.text
    assert "赵小明" not in response.text


@pytest.mark.parametrize("body", [b"text=\xff&language=zh-CN", b"text=%FF&language=zh-CN"])
def test_what_is_not_utf8_is_refused(client: TestClient, body: bytes) -> None:
    response = client.post("/v2/check", content=body, headers=FORM)

    assert (response.status_code, response.text[:7]) == (400, "Error: ")


def test_the_other_errors_are_lines_too(client: TestClient) -> None:
    too_long = client.post("/v2/check", content=b"x" * (Settings().language_tool_limit + 1), headers=FORM)
    nowhere = client.get("/v2/nowhere")
    wrong = client.delete("/v2/check")

    assert [answer.status_code for answer in (too_long, nowhere, wrong)] == [413, 404, 405]
    assert all(answer.text.startswith("Error: ") for answer in (too_long, nowhere, wrong))
    assert "POST" in wrong.headers["allow"]


def test_a_text_as_long_as_is_promised_is_taken(client: TestClient) -> None:
    longest = int(client.get("/v2/maxtextlength").text)
    line = "各单位要认真落实。\n"

    assert longest > 200_000
    assert (
        check(client, text=(line * longest)[:longest], enabledOnly="true", enabledRules="TY0001")["matches"]
        == []
    )


def test_the_service_describes_itself(client: TestClient) -> None:
    configuration = client.get("/v2/configinfo?language=zh-CN").json()

    assert client.get("/v2/languages").json() == [{"name": "Chinese", "code": "zh", "longCode": "zh-CN"}]
    assert client.get("/v2/info").json() == {"software": configuration["software"]}
    assert client.get("/v2/healthcheck").text == "OK"
    assert configuration["parameter"]["maxTextLength"] == int(client.get("/v2/maxtextlength").text)
    assert {rule["ruleId"] for rule in configuration["rules"]} > {"TY0001", "PI001"}
    assert client.get("/v2/configinfo?language=en").status_code == 400


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A service with a site lexicon of its own."""
    database = tmp_path_factory.mktemp("words") / "site.db"
    with TestClient(create_app(Settings(database_url=f"sqlite:///{database}")), client=OWN) as client:
        yield client


def changed(client: TestClient, what: str, word: str) -> Any:
    response = client.post(f"/v2/words/{what}", data={"word": word, "username": "a", "apiKey": "b"})
    assert response.status_code == 200, response.text
    return response.json()


def test_a_word_of_the_dictionary_is_what_the_site_allows(own: TestClient) -> None:
    assert changed(own, "add", "截止目前") == {"added": True}
    assert changed(own, "add", "截止目前") == {"added": False}
    assert rules(check(own, text=TYPO)) == []
    assert own.get("/v2/words").json() == {"words": ["截止目前"]}
    (entry,) = own.get("/v1/site-lexicon/entries").json()["entries"]
    assert (entry["entry"]["kind"], entry["author"]) == ("allow", "LanguageTool 客户端")

    assert changed(own, "delete", "截止目前") == {"deleted": True}
    assert rules(check(own, text=TYPO)) == ["TY0001"]
    assert changed(own, "delete", "截止目前") == {"deleted": False}
    assert own.get("/v2/words").json() == {"words": []}


def test_what_the_site_allows_for_its_own_reason_is_listed_but_not_deleted(own: TestClient) -> None:
    entry = {"kind": "allow", "text": "布署", "reason": "栏目名称。", "unit": "某市政府办公室"}
    own.post("/v1/site-lexicon/entries", json={"entry": entry, "author": "赵小明"})

    assert changed(own, "delete", "布署") == {"deleted": False}
    assert own.get("/v2/words?offset=0&limit=500").json() == {"words": ["布署"]}


@pytest.mark.parametrize(
    ("word", "said"), [("", "缺少参数 word"), ("甲", "太短"), ("甲\n乙", "换行"), (LEAK, "含有个人信息")]
)
def test_a_word_that_cannot_be_kept_is_refused(own: TestClient, word: str, said: str) -> None:
    response = own.post("/v2/words/add", data={"word": word})

    assert response.status_code == 400
    assert said in response.text
    assert "19491231" not in response.text


@pytest.mark.parametrize("limit", ["-1", "501", "x", "9" * 50])
def test_a_limit_that_is_none_is_refused(client: TestClient, limit: str) -> None:
    assert client.get("/v2/words", params={"limit": limit}).status_code == 400


@pytest.fixture(scope="module")
def kept(own: TestClient) -> dict[Role, str]:
    """Keys of two roles; the tests before did without."""
    live = own.app.state.live_keys  # type: ignore[attr-defined]
    made = {
        role: live.store.create(KeyDraft(role.label, role), BY_COMMAND)[1]
        for role in (Role.CHECK, Role.REVIEW)
    }
    live.refresh()
    return made


def test_the_key_may_be_a_parameter_wherever_clients_put_it(own: TestClient, kept: dict[Role, str]) -> None:
    query = f"/v2/check?language=zh-CN&text={quote(TYPO)}"
    key = kept[Role.CHECK]
    raw = f"text={TYPO}&language=zh-CN&username=a&apiKey={key}".encode()

    assert rules(check(own, text=TYPO, username="a", apiKey=key)) == ["TY0001"]
    assert own.get(f"{query}&apiKey={key}").status_code == 200
    assert own.get(query, headers={"x-api-key": key}).status_code == 200
    assert rules(own.post("/v2/check", content=raw, headers=FORM).json()) == ["TY0001"]
    assert own.get("/v2/languages").status_code == 200


def test_without_the_right_key_nobody_is_let_in(own: TestClient, kept: dict[Role, str]) -> None:
    asked = {"language": "zh-CN", "text": TYPO}
    refused = [
        own.post("/v2/check", data=asked),
        own.post("/v2/check", data=asked | {"apiKey": "sj_" + "A" * 43}),
        own.post("/v2/words/add", data={"word": "布署", "apiKey": kept[Role.CHECK]}),
        own.post(f"/v1/proofread?apiKey={kept[Role.CHECK]}", json={"text": TYPO}),
    ]

    assert [answer.status_code for answer in refused] == [401, 401, 403, 401]
    assert all(answer.text.startswith("Error: ") for answer in refused[:3])
    assert "www-authenticate" in refused[0].headers


def test_what_cannot_be_read_in_search_of_a_key_is_refused(own: TestClient, kept: dict[Role, str]) -> None:
    assert kept
    too_long = own.post("/v2/check", content=iter([b"x" * Settings().language_tool_limit] * 2), headers=FORM)
    broken = own.post("/v2/check", content=b"text=%FF", headers=FORM)

    assert (too_long.status_code, broken.status_code) == (413, 400)


def test_a_word_is_signed_with_the_name_of_the_key(own: TestClient, kept: dict[Role, str]) -> None:
    added = own.post("/v2/words/add", data={"word": "市政数局", "apiKey": kept[Role.REVIEW]})
    changes = own.get("/v1/site-lexicon/history", headers={"x-api-key": kept[Role.CHECK]}).json()

    assert added.json() == {"added": True}
    assert (changes[0]["author"], changes[0]["key_name"]) == ("LanguageTool 客户端", Role.REVIEW.label)
