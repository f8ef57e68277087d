"""Who may come in and who is told is recorded, too: whatever is changed behind the program's back is found."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import insert

from api_tests.gate_kit import gate, review
from api_tests.key_kit import bearer
from api_tests.test_audit import age, attack, breaks
from app.audit_export import as_lines
from app.engine import Engine
from app.keys.key import BY_COMMAND, KeyDraft, Role
from app.store.audit import Audit
from app.store.database import Database
from app.store.endpoint_store import EndpointStore
from app.store.key_store import KeyStore
from app.store.purge import purge
from app.store.tables import KEYS
from app.store.webhook_tables import ENDPOINTS
from app.webhooks.event import EventKind

URL = "https://cms.example.org/hook?key=0123456789"
AT = "2026-11-22T08:00:00Z"
OLD_KEY = {
    "number": 1,
    "name": "原有",
    "role": "admin",
    "digest": "d" * 64,
    "rate": 10,
    "created_at": AT,
    "created_by": "",
}
OLD_WEBHOOK = {
    "number": 1,
    "url": URL,
    "events": "review.blocked",
    "secret": "whsec_old",
    "created_at": AT,
    "created_by": "",
}


def write_some(database: Database) -> list[str]:
    """Do every deed once, and two more; give the secrets."""
    keys, endpoints = KeyStore(database), EndpointStore(database)
    first, secret = keys.create(KeyDraft("管理员", Role.ADMIN), BY_COMMAND)
    second, other = keys.create(KeyDraft("门户网站", Role.CHECK), first.name)
    one = endpoints.add(URL, [EventKind.BLOCKED], first.name)
    two = endpoints.add(URL, [EventKind.DECIDED], first.name)
    keys.revoke(second.number, first.name)
    keys.revoke(second.number, first.name)
    endpoints.remove(two.number, first.name)
    return [secret, other, one.secret, two.secret]


def test_every_key_and_webhook_is_a_record_without_its_secret(database: Database) -> None:
    hidden = write_some(database)

    records = list(Audit(database).records())
    said = [json.loads(record.content or "") for record in records]
    assert [record.kind for record in records] == [
        *("key_made", "key_made", "webhook_added", "webhook_added", "key_revoked", "webhook_removed")
    ]
    assert [one["key"] for one in said] == [BY_COMMAND, *["管理员"] * 5]
    assert said[1]["row"]["name"] == "门户网站"
    assert said[2]["row"]["host"] == "cms.example.org"
    exported = "".join(as_lines(records))
    assert not any(secret in exported for secret in (*hidden, "0123456789"))
    assert breaks(database) == []


@pytest.mark.parametrize(
    ("deed", "number"),
    [
        ("UPDATE access_key SET role = 'admin' WHERE number = 2", 5),
        ("UPDATE access_key SET digest = 'mine' WHERE number = 1", 1),
        ("UPDATE access_key SET revoked_at = NULL WHERE number = 2", 5),
        ("DELETE FROM access_key WHERE number = 1", 1),
        ("INSERT INTO access_key VALUES (3, 'x', 'admin', 'mine', 10, '2026', 'y', NULL, NULL)", 0),
        ("UPDATE webhook_endpoint SET url = 'https://elsewhere.example.org/' WHERE number = 1", 3),
        ("UPDATE webhook_endpoint SET secret = 'whsec_mine' WHERE number = 1", 3),
        ("UPDATE webhook_endpoint SET removed_at = NULL WHERE number = 2", 6),
        ("DELETE FROM webhook_endpoint WHERE number = 1", 3),
    ],
)
def test_what_was_changed_in_the_tables_is_found(database: Database, deed: str, number: int) -> None:
    write_some(database)

    attack(database, deed)

    assert breaks(database) == [number]


def test_a_key_that_somebody_put_there_is_found_even_when_it_has_been_revoked(database: Database) -> None:
    write_some(database)
    attack(database, insert(KEYS).values(**OLD_KEY | {"number": 3}))
    KeyStore(database).revoke(3, "管理员")

    assert breaks(database) == [7]


def test_what_was_there_before_such_records_is_taken_over_once(database: Database) -> None:
    attack(database, insert(KEYS).values(**OLD_KEY), insert(ENDPOINTS).values(**OLD_WEBHOOK))
    assert breaks(database) == []

    KeyStore(database).create(KeyDraft("门户网站", Role.CHECK), BY_COMMAND)
    EndpointStore(database).remove(1, "")

    kinds = [record.kind for record in Audit(database).records()]
    assert kinds == ["key_made", "key_made", "webhook_added", "webhook_removed"]
    assert breaks(database) == []
    attack(database, "UPDATE access_key SET role = 'check' WHERE number = 1")
    assert breaks(database) == [1]


@pytest.fixture
def client(engine: Engine, database_url: str) -> Iterator[TestClient]:
    with gate(engine, database_url) as client:
        yield client


def test_a_purge_takes_old_reviews_and_leaves_who_had_a_key(client: TestClient, database: Database) -> None:
    write_some(database)
    key = bearer(KeyStore(database).create(KeyDraft("编辑", Role.CHECK), BY_COMMAND)[1])
    client.app.state.live_keys.refresh()  # type: ignore[attr-defined]
    client.headers = key
    review(client)
    age(database, 8, 40)

    done = purge(database, 30)

    assert done is not None
    assert (done.contents, done.reviews) == (1, 1)
    assert [record.number for record in Audit(database).records() if record.content is None] == [8]
    assert breaks(database) == []
    assert purge(database, 30) is None
