"""Whatever writes may be sent again with its Idempotency-Key: it is done once, and answered the same."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from api_tests.gate_kit import gate
from api_tests.key_kit import new_key
from api_tests.test_api import assert_problem
from api_tests.test_site_api import ENTRY
from app.engine import Engine
from app.keys.key import Role
from app.main import create_app
from app.settings import Settings
from app.store.database import Database
from app.store.gate_tables import ANSWERS

ENTRIES, HISTORY = "/v1/site-lexicon/entries", "/v1/site-lexicon/history"
SIGNED = {"author": "赵小明"}
DRAFT = {"entry": ENTRY, **SIGNED}
TABLE = "类型,词语,理由,单位\n禁用,红头小样,试用的理由。,某市政府办公室\n".encode("utf-8-sig")
CSV = {"content-type": "text/csv"}
NUMBERS = count(1)
WRITES_NOTHING = {
    "/v1/proofread",
    "/v1/redact",
    "/v1/false-alarms",
    "/v1/documents/open",
    "/v1/documents/marked",
    "/v1/documents/review-sheet",
    "/v1/site-lexicon/dry-run",
    "/v1/reviews/verify",
    "/v2/check",
}
SETS_A_WORD = {"/v2/words/add", "/v2/words/delete"}
"""LanguageTool's clients send no such header; done twice, these leave what they left the first time."""


@pytest.fixture
def client(engine: Engine, database_url: str) -> Iterator[TestClient]:
    _, headers = new_key(database_url, Role.ADMIN)
    with gate(engine, database_url) as client:
        client.headers.update(headers)
        yield client


def twice(
    client: TestClient, method: str, path: str, headers: dict[str, str] | None = None, **said: Any
) -> Any:
    """Send a write twice; give the one answer that it has."""
    sent = {**(headers or {}), "idempotency-key": f"key-{next(NUMBERS)}"}
    first, again = (client.request(method, path, headers=sent, **said) for _ in range(2))
    assert (again.status_code, again.content) == (first.status_code, first.content)
    for name in ("etag", "location", "content-type"):
        assert again.headers.get(name) == first.headers.get(name), name
    return first


def test_every_change_of_the_site_lexicon_is_made_once(client: TestClient) -> None:
    added = twice(client, "POST", ENTRIES, json=DRAFT)
    place = added.headers["location"]
    changed = twice(
        client,
        "PUT",
        place,
        {"if-match": added.headers["etag"]},
        json={"entry": ENTRY | {"unit": "某局"}, **SIGNED},
    )
    retired = twice(client, "POST", f"{place}/retire", {"if-match": changed.headers["etag"]}, json=SIGNED)
    undone = twice(client, "POST", f"{HISTORY}/3/undo", json=SIGNED)
    imported = twice(client, "POST", f"{ENTRIES[:-7]}import?author=a", CSV, content=TABLE)

    answers = (added, changed, retired, undone, imported)
    assert [answer.status_code for answer in answers] == [201, 200, 200, 200, 200]
    assert [answer.headers.get("etag") for answer in (added, changed, retired)] == ['"1"', '"2"', '"3"']
    assert imported.json() == {"site_lexicon_version": 5, "changed": 1}
    assert [change["number"] for change in client.get(HISTORY).json()] == [5, 4, 3, 2, 1]


def test_the_same_file_for_another_author_or_on_another_version_is_another_request(
    client: TestClient,
) -> None:
    key = {**CSV, "idempotency-key": "7f3a"}
    where = "/v1/site-lexicon/import"
    assert client.post(f"{where}?author=a", content=TABLE, headers=key).status_code == 200

    for path, more in ((f"{where}?author=b", {}), (f"{where}?author=a", {"if-match": '"1"'})):
        assert_problem(client.post(path, content=TABLE, headers=key | more), 422, "Idempotency-Key")


def test_a_secret_is_shown_once_and_kept_nowhere(client: TestClient, database_url: str) -> None:
    sent = {"idempotency-key": "7f3a"}
    webhook = {"url": "https://cms.example.org/hook", "events": ["review.blocked"]}
    for path, said, secret in (
        ("/v1/keys", {"name": "门户网站", "role": "check"}, "key"),
        ("/v1/webhooks", webhook, "secret"),
    ):
        first, again = (client.post(path, json=said, headers=sent) for _ in range(2))
        assert first.status_code == 201
        assert first.headers["cache-control"] == "no-store"
        assert_problem(again, 409, first.json()["id"], "只显示一次")
        assert first.json()[secret] not in again.text
        assert_problem(client.post(path, json=said | {"name": "其他"}, headers=sent), 422)
        database = Database(database_url)
        with database.reading() as connection:
            kept = "\n".join(connection.scalars(select(ANSWERS.c.answer)))
        database.close()
        assert first.json()[secret] not in kept
    assert len(client.get("/v1/keys").json()["keys"]) == 2
    assert len(client.get("/v1/webhooks").json()["webhooks"]) == 1


def test_what_was_revoked_or_removed_is_so_once(client: TestClient) -> None:
    key = client.post("/v1/keys", json={"name": "门户网站", "role": "check"}).json()["id"]
    webhook = {"url": "https://cms.example.org/hook", "events": ["review.blocked"]}
    endpoint = client.post("/v1/webhooks", json=webhook).json()["id"]

    assert twice(client, "DELETE", f"/v1/keys/{key}").json()["revoked_at"] is not None
    assert twice(client, "DELETE", f"/v1/webhooks/{endpoint}").status_code == 204
    kinds = [record["kind"] for record in client.get("/v1/audit").json()["records"]]
    assert (kinds.count("key_revoked"), kinds.count("webhook_removed")) == (1, 1)


def test_a_refused_key_may_be_made_with_the_same_idempotency_key(client: TestClient) -> None:
    sent = {"idempotency-key": "7f3a"}
    taken = client.post("/v1/keys", json={"name": "管理", "role": "check"}, headers=sent)
    made = client.post("/v1/keys", json={"name": "门户网站", "role": "check"}, headers=sent)

    assert [taken.status_code, made.status_code] == [409, 201]


def test_no_route_that_writes_was_forgotten(engine: Engine) -> None:
    document = create_app(Settings(), engine).openapi()
    repeatable = {
        path
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
        if method != "get"
        and any(p["name"].lower() == "idempotency-key" for p in operation.get("parameters", []))
    }
    writing = {
        path
        for path, methods in document["paths"].items()
        if methods.keys() & {"post", "put", "delete", "patch"}
    }

    assert writing - repeatable == WRITES_NOTHING | SETS_A_WORD
