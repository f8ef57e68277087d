"""Webhooks: told once it is committed, signed, tried again, given up; and never sent where they must not be."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pydantic import ValidationError
from standardwebhooks import Webhook

from api_tests.receiver import Receiver, receiving
from api_tests.service import OWN
from api_tests.test_api import assert_problem
from app.main import create_app
from app.settings import Settings
from app.site.acceptance import RefusedError
from app.store.database import Database
from app.store.endpoint_store import EndpointStore
from app.store.outbox import LEASE, RETRIES, Outbox, tell
from app.store.writing import UnknownError
from app.webhook_sender import Sender
from app.webhooks import posting
from app.webhooks.event import Delivery, Endpoint, Event, EventKind, State, require_sound_url
from app.webhooks.networks import may_be_sent_to
from app.webhooks.posting import NotSentError, post

LOOPBACK = (ip_network("127.0.0.0/8"),)
PATIENCE = 60.0
BLOCKED = Event("evt_1", EventKind.BLOCKED, "2026-11-22T08:00:00Z", {"review": "rv_1", "errors": 2})


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver


class Clock:
    """A clock that is set by hand; it begins now, since receivers refuse what is old."""

    def __init__(self) -> None:
        self.now = datetime.now(UTC).timestamp()

    def __call__(self) -> float:
        """Tell the time."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def subscribe(database: Database, url: str, *events: EventKind) -> Endpoint:
    return EndpointStore(database).add(url, events or list(EventKind), "管理员")


def happen(database: Database, *events: Event) -> None:
    with database.writing() as connection:
        for event in events:
            tell(connection, event)


def send_all(database: Database, clock: Clock, allowed: Any = LOOPBACK) -> list[State]:
    sender = Sender(Outbox(database), allowed, clock=clock)
    return [sender.settle(due, *sender.post(due)) for due in sender.take()]


def deliveries(database: Database, endpoint: Endpoint) -> list[Delivery]:
    return Outbox(database).listed(endpoint.number, 100)


def test_an_event_is_told_signed_to_whoever_asked_for_its_kind(
    database: Database, receiver: Receiver, clock: Clock
) -> None:
    endpoint = subscribe(database, receiver.url("/hook?site=1"), EventKind.BLOCKED)
    subscribe(database, receiver.url("/other"), EventKind.OVERDUE)
    happen(database, BLOCKED)

    assert send_all(database, clock) == [State.SENT]
    assert send_all(database, clock) == []
    ((path, headers, body),) = receiver.received
    assert (path, headers["webhook-id"]) == ("/hook?site=1", "evt_1")
    told = Webhook(endpoint.secret).verify(body, headers)
    assert told == {"type": "review.blocked", "timestamp": BLOCKED.at, "data": BLOCKED.data}
    (delivery,) = deliveries(database, endpoint)
    assert (delivery.state, delivery.attempts, delivery.last_outcome) == (State.SENT, 1, "HTTP 204")


def test_what_did_not_happen_is_not_told(database: Database, receiver: Receiver, clock: Clock) -> None:
    subscribe(database, receiver.url())

    def fail_afterwards() -> None:
        with database.writing() as connection:
            tell(connection, BLOCKED)
            raise KeyError

    with pytest.raises(KeyError):
        fail_afterwards()

    assert send_all(database, clock) == []


def test_an_event_is_told_once_however_often_it_is_noticed(
    database: Database, receiver: Receiver, clock: Clock
) -> None:
    subscribe(database, receiver.url())
    happen(database, BLOCKED, BLOCKED)
    happen(database, BLOCKED)

    assert send_all(database, clock) == [State.SENT]
    assert len(receiver.received) == 1


def test_what_fails_is_tried_again_ever_later_and_then_given_up_for_all_to_see(
    database: Database, clock: Clock
) -> None:
    with receiving(*[500] * 20) as receiver:
        endpoint = subscribe(database, receiver.url())
        happen(database, BLOCKED)
        for pause in RETRIES:
            assert send_all(database, clock) == [State.PENDING]
            clock.now += pause - 1
            assert send_all(database, clock) == []
            clock.now += 2
        assert send_all(database, clock) == [State.GIVEN_UP]
        clock.now += 10 * RETRIES[-1]
        assert send_all(database, clock) == []
        assert len({headers["webhook-id"] for _, headers, _ in receiver.received}) == 1
        assert len({headers["webhook-signature"] for _, headers, _ in receiver.received}) == len(RETRIES) + 1

    ((_, counts),) = EndpointStore(database).listed()
    assert counts == {State.GIVEN_UP: 1}
    (delivery,) = deliveries(database, endpoint)
    assert (delivery.attempts, delivery.last_outcome) == (len(RETRIES) + 1, "HTTP 500")


def test_what_was_received_the_second_time_is_not_sent_again(database: Database, clock: Clock) -> None:
    with receiving(503) as receiver:
        subscribe(database, receiver.url())
        happen(database, BLOCKED)
        assert send_all(database, clock) == [State.PENDING]
        clock.now += RETRIES[0]

        assert send_all(database, clock) == [State.SENT]


def test_whoever_wants_to_hear_no_more_is_not_tried_again(database: Database, clock: Clock) -> None:
    with receiving(410) as receiver:
        subscribe(database, receiver.url())
        happen(database, BLOCKED)

        assert send_all(database, clock) == [State.GIVEN_UP]


def test_two_workers_never_send_the_same_message_at_the_same_time(
    database: Database, receiver: Receiver, clock: Clock
) -> None:
    subscribe(database, receiver.url())
    happen(database, BLOCKED)
    first, second = (Sender(Outbox(database), LOOPBACK, clock=clock) for _ in range(2))
    (due,) = first.take()

    assert second.take() == []
    # The first one was killed before it had sent anything.
    clock.now += LEASE
    assert [taken.delivery.message for taken in second.take()] == [due.delivery.message]


def test_an_endpoint_that_was_removed_is_told_nothing_any_more(
    database: Database, receiver: Receiver, clock: Clock
) -> None:
    store = EndpointStore(database)
    endpoint = subscribe(database, receiver.url())
    happen(database, BLOCKED)

    store.remove(endpoint.number, "")
    happen(database, Event("evt_2", EventKind.BLOCKED, BLOCKED.at, {}))

    assert send_all(database, clock) == []
    assert store.listed() == []
    assert [delivery.last_outcome for delivery in deliveries(database, endpoint)] == ["已移除"]
    with pytest.raises(UnknownError):
        store.remove(endpoint.number, "")


def test_a_message_of_long_ago_is_forgotten(database: Database, receiver: Receiver, clock: Clock) -> None:
    endpoint = subscribe(database, receiver.url())
    happen(database, BLOCKED)
    send_all(database, clock)
    clock.now += 31 * 86_400
    happen(database, Event("evt_2", EventKind.BLOCKED, BLOCKED.at, {}))
    send_all(database, clock)

    assert [delivery.message for delivery in deliveries(database, endpoint)] == ["evt_2"]


def test_a_machine_of_the_own_network_is_not_sent_to_unless_a_setting_names_it(
    database: Database, receiver: Receiver, clock: Clock
) -> None:
    endpoint = subscribe(database, receiver.url())
    happen(database, BLOCKED)

    assert send_all(database, clock, allowed=()) == [State.PENDING]
    assert receiver.received == []
    (delivery,) = deliveries(database, endpoint)
    assert "SHENJIAO_WEBHOOK_NETWORKS" in str(delivery.last_outcome)


@pytest.mark.parametrize(
    "host", ["localhost", "127.1", "0x7f000001", "2130706433", "[::1]", "[::ffff:127.0.0.1]", "0"]
)
def test_no_other_way_to_write_loopback_is_let_through(receiver: Receiver, host: str) -> None:
    with pytest.raises(NotSentError, match="地址"):
        post(f"http://{host}:{receiver.port}/", {}, b"{}", ())

    assert receiver.received == []


def test_a_name_is_judged_by_what_it_means_when_the_connection_is_made(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    meanings = iter(["203.0.113.9", "127.0.0.1"])

    def rebound(_: str, port: int, **__: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(meanings), port))]

    # A name server that answers otherwise each time is the one part that cannot run here.
    monkeypatch.setattr(socket, "getaddrinfo", rebound)
    for _ in range(2):
        with pytest.raises(NotSentError, match="地址不在允许之内"):
            post(f"http://rebinding.example.org:{receiver.port}/", {}, b"{}", ())

    assert receiver.received == []


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_not_followed(receiver: Receiver, status: int) -> None:
    with receiving(status) as gate:
        gate.location = receiver.url()

        assert post(gate.url(), {}, b"{}", LOOPBACK) == status

    assert receiver.received == []


def test_an_encrypted_address_is_not_spoken_to_in_the_clear(receiver: Receiver) -> None:
    with pytest.raises(NotSentError, match="加密"):
        post(receiver.url().replace("http:", "https:"), {}, b"{}", LOOPBACK)

    assert receiver.received == []


def test_nobody_there_is_no_answer() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        with pytest.raises(NotSentError, match="连接失败"):
            post(f"http://127.0.0.1:{probe.getsockname()[1]}/", {}, b"{}", LOOPBACK)


@pytest.mark.parametrize("dribble", [lambda _: None, lambda peer: peer.send(b"x")])
def test_a_receiver_that_never_finishes_its_answer_is_given_up_in_time(
    monkeypatch: pytest.MonkeyPatch, dribble: Callable[[socket.socket], object]
) -> None:
    monkeypatch.setattr(posting, "SECONDS", 0.5)
    over = threading.Event()

    def answer_slowly(listener: socket.socket) -> None:
        peer, _ = listener.accept()
        with peer:
            peer.sendall(b"HTTP/1.1 200 OK\r\nX-")
            while not over.wait(0.05):
                try:
                    dribble(peer)
                except OSError:
                    return

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=answer_slowly, args=[listener])
        thread.start()
        try:
            with pytest.raises(NotSentError):
                post(f"http://127.0.0.1:{listener.getsockname()[1]}/", {}, b"{}", LOOPBACK)
        finally:
            over.set()
            thread.join()


@pytest.mark.parametrize(
    ("address", "may"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("0.0.0.0", False),  # noqa: S104
        ("10.0.0.1", False),
        ("100.100.100.200", False),
        ("127.0.0.1", False),
        ("168.63.129.16", False),
        ("169.254.169.254", False),
        ("172.16.0.1", False),
        ("192.0.0.192", False),
        ("192.168.1.1", False),
        ("198.18.0.1", False),
        ("224.0.0.1", False),
        ("239.1.2.3", False),
        ("255.255.255.255", False),
        ("::", False),
        ("::1", False),
        ("::127.0.0.1", False),
        ("::ffff:10.0.0.1", False),
        ("::ffff:8.8.8.8", True),
        ("64:ff9b::10.0.0.1", False),
        ("64:ff9b::8.8.8.8", True),
        ("64:ff9b:1::1", False),
        ("2001:0:7f00:1::", False),
        ("2002:7f00:1::", False),
        ("2001:db8::1", False),
        ("fd00:ec2::254", False),
        ("fe80::1", False),
        ("fe80::1%eth0", False),
        ("fec0::1", False),
        ("ff02::1", False),
        ("localhost", False),
        ("", False),
    ],
)
def test_only_the_open_internet_may_be_sent_to(address: str, may: bool) -> None:  # noqa: FBT001
    assert may_be_sent_to(address, ()) is may


def test_a_setting_opens_the_networks_it_names_and_no_others() -> None:
    allowed = Settings.model_validate({"webhook_networks": "10.1.0.0/16, fd00::/8"}).webhook_networks or ()

    assert may_be_sent_to("10.1.2.3", allowed)
    assert may_be_sent_to("::ffff:10.1.2.3", allowed)
    assert may_be_sent_to("fd12::1", allowed)
    assert not may_be_sent_to("10.2.0.1", allowed)
    assert not may_be_sent_to("127.0.0.1", allowed)
    with pytest.raises(ValidationError):
        Settings.model_validate({"webhook_networks": "内网"})


@pytest.mark.parametrize(
    "url",
    [
        "",
        "ftp://cms.example.org/",
        "file:///etc/passwd",
        "http:///hook",
        "http://user:secret@cms.example.org/",
        "http://cms.example.org/#x",
        "http://cms.example.org/a b",
        "http://cms.example.org/\r\nX: 1",
        "http://门户.example.org/",
        "http://cms.example.org:99999/",
        "http://[::1/",
        "http://cms.example.org/" + "x" * 500,
    ],
)
def test_what_is_no_plain_address_is_refused(url: str) -> None:
    with pytest.raises(RefusedError):
        require_sound_url(url)


def test_administrators_add_list_and_remove_endpoints_and_the_service_sends(
    tmp_path: Path, receiver: Receiver
) -> None:
    url = f"sqlite:///{tmp_path / 'site.db'}"
    app = create_app(Settings(database_url=url, webhook_networks=LOOPBACK))
    with TestClient(app, client=OWN) as client:
        assert_problem(
            client.post("/v1/webhooks", json={"url": "ftp://x/", "events": ["review.blocked"]}), 422
        )
        added = client.post("/v1/webhooks", json={"url": receiver.url(), "events": ["review.blocked"]})
        assert (added.status_code, added.headers["cache-control"]) == (201, "no-store")
        listed = client.get("/v1/webhooks")
        assert added.json()["secret"] not in listed.text
        assert added.json()["secret"].startswith("whsec_")
        assert [(one["id"], one["pending"]) for one in listed.json()["webhooks"]] == [("W0001", 0)]
        happen(EndpointStore(app.state.webhook_endpoints.database).database, BLOCKED)

        assert receiver.arrived.wait(PATIENCE)

        where = f"{added.headers['location']}/deliveries"
        assert client.get(where).json()["deliveries"][0]["message"] == "evt_1"
        assert client.delete(added.headers["location"]).status_code == 204
        assert_problem(client.delete(added.headers["location"]), 404)
        assert_problem(client.get(where), 404)
    assert json.loads(receiver.received[0][2])["data"] == BLOCKED.data


def test_the_probe_tells_how_far_the_working_calendar_goes(client: TestClient) -> None:
    ready = client.get("/readyz").json()

    assert ready["working_calendar_until"] >= 2026
    assert isinstance(ready["warnings"], list)
