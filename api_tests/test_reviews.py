"""The gate: what is released by whom, and which text may be published, on both kinds of database."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api_tests.gate_kit import CLEAN, DRAFT, JOIN, decide, gate, release, review, revision, sign, verify
from app.engine import Engine

THREE = (("初审", "赵小明"), ("复审", "钱小红"), ("终审", "孙小强"))


@pytest.fixture
def client(engine: Engine, database_url: str) -> Iterator[TestClient]:
    with gate(engine, database_url) as client:
        yield client


@pytest.fixture
def on_file(engine: Engine, tmp_path: Any) -> Iterator[TestClient]:
    """The gate where the kind of database makes no difference."""
    with gate(engine, f"sqlite:///{tmp_path / 'site.db'}") as client:
        yield client


def test_a_review_says_what_stands_in_the_way_and_is_read_again_without_the_text(client: TestClient) -> None:
    made = review(client, title="关于整改情况的通报", published_on="2026-11-20")
    (finding,) = made["findings"]

    assert (made["verdict"], made["publishable"], made["counts"]["error"]) == ("block", False, 1)
    assert (finding["text"], finding["state"], finding["decision"]) == ("截止目前", "open", None)
    shown = client.get(f"/v1/reviews/{made['id']}").json()
    assert shown["findings"][0]["text"] == "截止目前，各单位已完成整改。"
    assert {**shown, "findings": None} == {
        **{name: value for name, value in made.items() if name != "token"},
        "findings": None,
    }


def test_positions_of_a_page_count_in_its_source_and_its_findings_keep_their_names(
    on_file: TestClient,
) -> None:
    page = "<p>各地：</p><p>截止<b>目前</b>，各单位已完成整改。</p>"
    request = {name: value for name, value in revision().items() if name != "text"}

    made = on_file.post("/v1/reviews", json={**request, "html": page}).json()
    (finding,) = made["findings"]

    assert page[finding["start"] : finding["end"]] == "截止<b>目前"
    assert finding["text"] == "截止目前"
    assert verify(on_file, made, page)["reason"] == "edited"
    asked = on_file.post("/v1/reviews/verify", json={"token": made["token"], "html": page}).json()
    assert asked["valid"]
    inserted = on_file.post(
        "/v1/reviews/verify", json={"token": made["token"], "html": page.replace("<b>", "<i>")}
    )
    assert inserted.json()["reason"] == "edited"


def test_a_clean_text_may_be_published_and_only_as_it_was_reviewed(client: TestClient) -> None:
    made = review(client, CLEAN)

    answer = verify(client, made, CLEAN, document_id="article-1", revision="1", channel="网站")

    assert answer == {
        "valid": True,
        "publishable": True,
        "verdict": "pass",
        "review": made["id"],
        "reason": None,
        "detail": "可以发布。",
    }


@pytest.mark.parametrize(
    "edited",
    [
        CLEAN.replace("已完成", "未完成"),
        CLEAN + " ",
        " " + CLEAN,
        CLEAN.replace("，", ","),
        CLEAN.replace("，", "，\u200b"),
        CLEAN[:-1],
        CLEAN + "\n",
        "",
    ],
)
def test_an_edit_of_one_character_after_the_review_is_found(on_file: TestClient, edited: str) -> None:
    made = review(on_file, CLEAN)

    answer = verify(on_file, made, edited)

    assert (answer["valid"], answer["publishable"], answer["reason"]) == (False, False, "edited")


def forgeries(token: str) -> Iterator[str]:
    mark, payload, signature = token.split(".")
    yield f"{mark}.{payload}.{'0' * 64}"
    yield f"{mark}.{payload}.{signature.upper()}"
    yield f"{mark}.{payload}x.{signature}"
    yield f"{mark}.{payload}"
    yield f"{payload}.{signature}"
    yield f"{token} "
    yield ".."
    yield ""
    yield "凭证"


def test_a_forged_token_is_good_for_nothing(on_file: TestClient) -> None:
    made = review(on_file, CLEAN)

    for forged in forgeries(made["token"]):
        answer = verify(on_file, {"token": forged}, CLEAN)
        assert (answer["valid"], answer["publishable"], answer["reason"]) == (False, False, "forged")
        assert (answer["review"], answer["verdict"]) == (None, None)


def test_a_token_of_another_service_is_forged(engine: Engine, tmp_path: Any, on_file: TestClient) -> None:
    with gate(engine, f"sqlite:///{tmp_path / 'other.db'}") as other:
        assert verify(other, {"token": review(on_file, CLEAN)["token"]}, CLEAN)["reason"] == "forged"
        review(other, CLEAN)
        assert verify(other, {"token": review(on_file, CLEAN)["token"]}, CLEAN)["reason"] == "forged"


def test_a_token_is_good_for_its_own_document_revision_and_channel_only(on_file: TestClient) -> None:
    made = review(on_file, CLEAN)
    review(on_file, CLEAN, document_id="article-2")

    assert verify(on_file, made, CLEAN, document_id="article-2")["reason"] == "other_document"
    assert verify(on_file, made, CLEAN, channel="公众号")["reason"] == "other_document"
    assert verify(on_file, made, CLEAN, revision="2")["reason"] == "superseded"
    assert verify(on_file, made, CLEAN)["valid"]


def test_the_token_of_a_superseded_revision_is_good_no_longer(client: TestClient) -> None:
    first = review(client, CLEAN, "1")
    other_channel = review(client, CLEAN, "1", channel="公众号")
    review(client, DRAFT, "2")

    assert verify(client, first, CLEAN)["reason"] == "superseded"
    assert not client.get(f"/v1/reviews/{first['id']}").json()["publishable"]
    assert verify(client, other_channel, CLEAN)["publishable"]


def test_a_token_expires(engine: Engine, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    with gate(engine, f"sqlite:///{tmp_path / 'site.db'}", token_hours=1) as client:
        made = review(client, CLEAN)
        assert verify(client, made, CLEAN)["valid"]
        later = __import__("time").time() + 3600
        monkeypatch.setattr("app.reviews.time.time", lambda: later)

        answer = verify(client, made, CLEAN)

    assert (answer["valid"], answer["publishable"], answer["reason"]) == (False, False, "expired")


def test_an_error_is_released_with_a_reason_by_two_people_only(client: TestClient) -> None:
    made = review(client)

    for fields, field in (
        ({}, "reason"),
        ({"reason": "引用原文。"}, "second_actor"),
        ({"reason": "引用原文。", "second_actor": "赵小明"}, "second_actor"),
        ({"reason": "引用原文。", "second_actor": " 赵　小明\u200b"}, "second_actor"),
        ({"second_actor": "钱小红"}, "reason"),
        ({"reason": "\u200b", "second_actor": "钱小红"}, "reason"),
        ({"reason": "引用原文。", "second_actor": "\u200b"}, "second_actor"),
    ):
        for action in ("waived", "false_alarm"):
            refused = decide(client, made, action, **fields)
            assert refused.status_code == 422, fields
            assert field in refused.json()["detail"]
    assert verify(client, made)["verdict"] == "block"

    released = release(client, made)

    assert (released["verdict"], released["publishable"]) == ("pass", True)
    assert released["findings"][0]["state"] == "false_alarm"
    assert released["findings"][0]["decision"]["second_actor"] == "钱小红"
    assert verify(client, made)["publishable"]


def test_what_is_to_be_mended_still_stands_in_the_way(client: TestClient) -> None:
    made = review(client)

    for action in ("accepted", "fixed"):
        assert decide(client, made, action).json()["verdict"] == "block"
    release(client, made, "waived")
    assert decide(client, made, "accepted").json()["verdict"] == "block"


def test_a_warning_is_released_by_one_person(client: TestClient) -> None:
    made = review(client, JOIN)
    assert (made["verdict"], made["publishable"]) == ("review", False)

    done = decide(client, made, "waived")

    assert done.status_code == 201
    assert done.json()["publishable"]


def test_a_finding_that_the_review_does_not_have_cannot_be_decided(client: TestClient) -> None:
    made = review(client)
    unknown = {"finding": "0" * 16, "action": "fixed", "actor": "赵小明"}

    assert client.post(f"/v1/reviews/{made['id']}/decisions", json=unknown).status_code == 404
    assert client.post(f"/v1/reviews/rv_{'0' * 24}/decisions", json=unknown).status_code == 404
    assert client.get(f"/v1/reviews/rv_{'0' * 24}").status_code == 404


def test_a_decision_holds_for_the_next_revision_and_for_this_document_only(client: TestClient) -> None:
    release(client, review(client))

    changed = review(client, f"情况通报。另有几处小改。{DRAFT}", "2")
    other = review(client, document_id="article-2")

    assert changed["verdict"] == other["verdict"] == "block"
    same = review(client, f"{DRAFT}\n\n另有一段新写的话，与前文无关。", "3")
    assert (same["verdict"], same["findings"][0]["state"]) == ("pass", "false_alarm")
    assert same["findings"][0]["decision"]["actor"] == "赵小明"


def test_what_was_called_mended_and_is_there_again_is_open_again(client: TestClient) -> None:
    decide(client, review(client), "fixed")

    assert review(client, number="2")["findings"][0]["state"] == "open"


def test_a_release_by_one_person_does_not_hold_when_the_rule_has_become_graver(client: TestClient) -> None:
    def switch(level: str | None) -> None:
        entry = {"kind": "switch", "text": "TY0001", "level": level, "reason": "试", "unit": "办公室"}
        signed = {"entry": entry, "author": "赵小明"}
        answer = client.post("/v1/site-lexicon/entries", json=signed)
        assert answer.status_code == 201

    switch("warning")
    client.app.state.site_lexicon.live.refresh()  # type: ignore[attr-defined]
    made = review(client)
    assert made["verdict"] == "review"
    assert decide(client, made, "waived").status_code == 201
    client.post(
        "/v1/site-lexicon/entries/S00001/retire", json={"author": "赵小明"}, headers={"if-match": '"1"'}
    )
    client.app.state.site_lexicon.live.refresh()  # type: ignore[attr-defined]

    again = review(client, number="2")

    assert (again["verdict"], again["findings"][0]["state"]) == ("block", "open")


def test_an_older_revision_cannot_be_decided_or_signed(client: TestClient) -> None:
    old = review(client)
    review(client, number="2")

    refused = decide(client, old, "fixed")
    unsigned = sign(client, old, "初审", "赵小明")

    assert (refused.status_code, unsigned.status_code) == (409, 409)


def test_the_three_reviews_come_in_their_order_by_three_people(client: TestClient) -> None:
    made = review(client, JOIN)

    assert sign(client, made, "复审", "赵小明").status_code == 409
    assert sign(client, made, "终审", "赵小明").status_code == 409
    assert sign(client, made, "初审", "赵小明").status_code == 201
    assert sign(client, made, "初审", "钱小红").status_code == 409
    assert sign(client, made, "复审", "赵小明 ").status_code == 422
    assert sign(client, made, "复审", "钱小红").status_code == 201
    assert sign(client, made, "终审", "赵小明").status_code == 422
    assert verify(client, made, JOIN)["publishable"] is False
    done = sign(client, made, "终审", "孙小强").json()
    assert sign(client, made, "终审", "李小刚").status_code == 409

    assert [(one["stage"], one["actor"]) for one in done["stages"]] == list(THREE)
    assert (done["verdict"], done["publishable"]) == ("review", True)
    assert verify(client, made, JOIN)["publishable"]
    again = review(client, JOIN, "2")
    assert (again["publishable"], again["stages"]) == (False, [])


def test_a_text_with_open_errors_cannot_pass_the_last_review(client: TestClient) -> None:
    made = review(client)
    for stage, actor in THREE[:2]:
        assert sign(client, made, stage, actor).status_code == 201

    assert sign(client, made, "终审", "孙小强").status_code == 409
    release(client, made)
    assert sign(client, made, "终审", "孙小强").status_code == 201


def test_a_returned_text_is_not_published_and_not_signed_again(client: TestClient) -> None:
    made = review(client, CLEAN)
    assert sign(client, made, "初审", "赵小明", "return").json()["publishable"] is False

    assert sign(client, made, "初审", "钱小红").status_code == 409
    assert verify(client, made, CLEAN)["publishable"] is False
    assert review(client, CLEAN, "2")["publishable"]


def test_a_site_may_ask_for_stages_even_of_clean_texts(engine: Engine, tmp_path: Any) -> None:
    with gate(engine, f"sqlite:///{tmp_path / 'site.db'}", required_stages="初审，复审") as client:
        made = review(client, CLEAN)
        assert (made["verdict"], made["publishable"]) == ("pass", False)
        for stage, actor in THREE[:2]:
            sign(client, made, stage, actor)

        assert verify(client, made, CLEAN)["publishable"]


def test_reviews_are_listed_by_document_and_by_what_they_have_come_to(client: TestClient) -> None:
    first, second = review(client), review(client, number="2")
    review(client, CLEAN, document_id="article-2")

    def listed(query: str) -> list[str]:
        return [
            f"{one['document_id']}/{one['revision']}" for one in client.get(f"/v1/reviews?{query}").json()
        ]

    assert listed("") == ["article-2/1", "article-1/2", "article-1/1"]
    assert listed("verdict=block") == ["article-1/2", "article-1/1"]
    assert listed(f"before={second['number']}&limit=1") == ["article-1/1"]
    assert listed("document_id=article-2") == ["article-2/1"]
    release(client, second)
    assert listed("verdict=block") == ["article-1/1"]
    assert listed("overdue=true") == []
    assert first["superseded"] is False


def test_a_write_that_is_sent_twice_is_done_once(client: TestClient) -> None:
    key = {"idempotency-key": "7f3a"}
    first = client.post("/v1/reviews", json=revision(), headers=key)

    again = client.post("/v1/reviews", json=revision(), headers=key)
    other = client.post("/v1/reviews", json=revision(number="2"), headers=key)

    assert (again.status_code, again.json()) == (201, first.json())
    assert other.status_code == 422
    assert len(client.get("/v1/reviews").json()) == 1
    said = {"finding": first.json()["findings"][0]["id"], "action": "fixed", "actor": "赵小明"}
    where = f"/v1/reviews/{first.json()['id']}/decisions"
    decided = [client.post(where, json=said, headers=key) for _ in range(2)]
    assert decided[0].json() == decided[1].json()
    assert decided[0].status_code == 201


def test_a_refused_write_is_not_remembered(client: TestClient) -> None:
    made, key = review(client), {"idempotency-key": "7f3a"}
    where = f"/v1/reviews/{made['id']}/stages"
    said = {"stage": "复审", "verdict": "pass", "actor": "钱小红"}

    refused = client.post(where, json=said, headers=key)
    sign(client, made, "初审", "赵小明")

    assert refused.status_code == 409
    assert client.post(where, json=said, headers=key).status_code == 201


def test_many_who_send_the_same_at_once_get_one_review(client: TestClient) -> None:
    def send(_: int) -> tuple[int, str]:
        answer = client.post("/v1/reviews", json=revision(), headers={"idempotency-key": "x"})
        return answer.status_code, answer.json().get("id", "")

    with ThreadPoolExecutor(6) as senders:
        answers = set(senders.map(send, range(6)))

    assert {status for status, _ in answers} <= {201, 409}
    assert len({name for status, name in answers if status == 201}) == 1
    assert len(client.get("/v1/reviews").json()) == 1


@pytest.mark.parametrize(
    "broken",
    [
        {"document_id": "a\nb"},
        {"document_id": ""},
        {"revision": "\u3000"},
        {"channel": "x" * 201},
        {"title": "a\x1bb"},
        {"html": "<p>"},
        {"text": None},
        {"unknown": 1},
        {"document_id": "11010519491231002X"},
    ],
)
def test_what_cannot_be_kept_is_refused(on_file: TestClient, broken: dict[str, Any]) -> None:
    refused = on_file.post("/v1/reviews", json={**revision(), **broken})

    assert refused.status_code == 422
    assert "11010519491231002X" not in refused.text


def test_what_no_database_holds_is_kept_in_its_stead(client: TestClient) -> None:
    made = review(client, f"\x00{DRAFT}\x00")

    assert client.get(f"/v1/reviews/{made['id']}").json()["findings"][0]["text"].startswith("\ufffd截止")
    assert json.dumps(made)
