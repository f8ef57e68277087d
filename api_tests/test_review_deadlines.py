"""Deadlines and events of reviews: kept from revision to revision, listed when missed, told without a word of the text."""

from __future__ import annotations

import json
import os
import subprocess
import threading
import time
from collections.abc import Iterator
from datetime import date, timedelta

import psycopg
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

from api_tests.gate_kit import CLEAN, DRAFT, ERROR, decide, gate, release, review
from api_tests.postgresql import Server
from api_tests.receiver import receiving
from api_tests.service import SHENJIAO
from api_tests.test_webhooks import LOOPBACK, PATIENCE
from app.engine import Engine
from app.store.database import Database
from app.store.due import listed_overdue, tell_overdue
from app.store.outbox import Outbox
from app.webhooks.event import EventKind
from app.working_days import today

MONDAY, THURSDAY = date(2026, 11, 2), date(2026, 11, 5)


@pytest.fixture
def client(engine: Engine, database_url: str) -> Iterator[TestClient]:
    with gate(engine, database_url) as client:
        yield client


@pytest.fixture
def long_ago(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have texts reviewed as on a Monday long past: days cannot be waited for."""
    monkeypatch.setattr("app.reviews.today", lambda: MONDAY)


def kinds(database: Database, endpoint: int = 1) -> list[str]:
    """Give the kinds of all messages to an endpoint, the first one first."""
    return [delivery.kind.value for delivery in reversed(Outbox(database).listed(endpoint, 100))]


def subscribe(client: TestClient, url: str = "https://cms.example.org/hook") -> None:
    body = {"url": url, "events": [kind.value for kind in EventKind]}
    assert client.post("/v1/webhooks", json=body).status_code == 201


@pytest.mark.usefixtures("long_ago")
def test_every_finding_of_a_review_says_by_when_it_is_to_be_settled(client: TestClient) -> None:
    (found,) = review(client)["findings"]

    assert found["due_on"] == THURSDAY.isoformat()


def test_a_new_revision_does_not_give_more_time_unless_the_fault_was_gone(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    dues = []
    for number, (day, words) in enumerate([(2, DRAFT), (4, DRAFT), (5, CLEAN), (9, DRAFT)]):
        monkeypatch.setattr("app.reviews.today", lambda day=day: date(2026, 11, day))
        dues += [found["due_on"] for found in review(client, words, str(number))["findings"]]

    assert dues == ["2026-11-05", "2026-11-05", "2026-11-12"]


@pytest.mark.usefixtures("long_ago")
def test_what_is_not_settled_in_time_is_listed_until_it_is(client: TestClient, database: Database) -> None:
    made = review(client)

    assert listed_overdue(database, THURSDAY) == []
    (late,) = listed_overdue(database, THURSDAY + timedelta(days=1))
    assert (late.review, late.due_on, late.findings) == (made["id"], THURSDAY, 1)
    listed = client.get("/v1/reviews", params={"overdue": True}).json()
    assert [one["id"] for one in listed] == [made["id"]]
    decide(client, made, "accepted")
    assert len(listed_overdue(database, today())) == 1, "to say that it will be mended mends nothing"
    release(client, made)
    assert listed_overdue(database, today()) == []


@pytest.mark.usefixtures("long_ago")
def test_a_revision_without_the_fault_is_not_overdue(client: TestClient, database: Database) -> None:
    review(client)
    review(client, CLEAN, "2")

    assert listed_overdue(database, today()) == []


def test_what_happens_is_told_and_nothing_of_the_text_or_of_persons(
    client: TestClient, database: Database
) -> None:
    subscribe(client)
    made = review(client, title="关于整改的通知")
    review(client, CLEAN, document_id="article-2")
    release(client, made)

    assert kinds(database) == ["review.blocked", "review.decided"]
    payloads = [delivery.payload for delivery in Outbox(database).listed(1, 100)]
    told = json.loads(payloads[-1])["data"]
    assert (told["review"], told["document_id"], told["errors"]) == (made["id"], "article-1", 1)
    for words in (ERROR, "整改", "通知", "引用原文", "赵小明", "钱小红"):
        assert words not in "".join(payloads)


@pytest.mark.usefixtures("long_ago")
def test_it_is_told_once_that_a_review_is_overdue(client: TestClient, database: Database) -> None:
    assert tell_overdue(database, today()) == 0
    review(client)
    assert tell_overdue(database, today()) == 0, "nobody has asked for it"
    subscribe(client)

    assert [tell_overdue(database, today()) for _ in range(2)] == [1, 0]
    assert kinds(database) == ["review.overdue"]


def test_a_receiver_on_an_allowed_network_hears_of_a_blocked_review(
    engine: Engine, database_url: str
) -> None:
    with (
        receiving() as receiver,
        gate(engine, database_url, webhook_networks=LOOPBACK) as client,
    ):
        subscribe(client, receiver.url())
        made = review(client)

        assert receiver.arrived.wait(PATIENCE)
    ((_, headers, body), *_) = receiver.received
    assert headers["webhook-id"] == f"{made['id']}.blocked"
    assert json.loads(body)["type"] == "review.blocked"


@pytest.mark.usefixtures("long_ago")
def test_the_command_lists_what_is_overdue(client: TestClient, database_url: str) -> None:
    made = review(client)

    listed = subprocess.run(
        [SHENJIAO, "reviews", "overdue"],
        capture_output=True,
        check=False,
        encoding="utf-8",
        env=os.environ | {"SHENJIAO_DATABASE_URL": database_url, "LC_ALL": "C.UTF-8"},
    )

    assert listed.returncode == 1
    assert listed.stdout == f"2026-11-05\t{made['id']}\tarticle-1\t1\t网站\t1\n"


def test_a_service_that_ends_leaves_no_connection_behind(
    engine: Engine, postgresql: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = threading.Event()

    def look_slowly(database: Database, _: date) -> int:
        with database.reading() as connection:
            looked.set()
            connection.execute(text("SELECT pg_sleep(1)"))
        return 0

    monkeypatch.setattr("app.overdue_watch.tell_overdue", look_slowly)
    url = postgresql.new_database()
    with gate(engine, url):
        assert looked.wait(PATIENCE)

    with psycopg.connect(url, autocommit=True) as connection:
        asked = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        give_up = time.monotonic() + 10
        # The server takes a moment to see that somebody has gone.
        while (left := connection.execute(asked).fetchone()) != (1,) and time.monotonic() < give_up:
            time.sleep(0.05)
    assert left == (1,)
