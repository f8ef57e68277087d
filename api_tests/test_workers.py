"""Several processes are one service: what one has answered the others know, and limits hold for all together."""

from __future__ import annotations

import http.client
import json
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from api_tests.gate_kit import CLEAN, DRAFT, revision
from api_tests.key_kit import new_key
from api_tests.receiver import Receiver, receiving
from api_tests.service import running
from app.keys.allowance import ATTEMPTS
from app.keys.key import HIGHEST_RATE, Key, Role
from app.store.audit import Audit
from app.store.database import Database

WORKERS = 2
AT_ONCE = 8
PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Service:
    """A service of two processes, and who may use it."""

    port: int
    process: int
    """The one that has started the others."""
    url: str
    admin: dict[str, str]
    few: tuple[Key, dict[str, str]]
    """A key with a low rate."""
    receiver: Receiver

    def ask(self, method: str, path: str, said: Any = None, headers: dict[str, str] | None = None) -> Any:
        """Ask on a connection of its own, which any of the processes may take; give status and answer."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)) as connection:
            body = None if said is None else json.dumps(said).encode()
            kind = {} if said is None else {"content-type": "application/json"}
            connection.request(method, path, body, {**kind, **(self.admin if headers is None else headers)})
            response = connection.getresponse()
            answer = response.read()
        return response.status, json.loads(answer) if answer[:1] in {b"{", b"["} else answer.decode()

    def work_done(self) -> dict[int, int]:
        """Give the processor time that each process has used so far, in ticks."""
        children = Path(f"/proc/{self.process}/task/{self.process}/children").read_text().split()
        serving = [child for child in children if "spawn_main" in Path(f"/proc/{child}/cmdline").read_text()]
        stats = {
            child: Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split() for child in serving
        }
        return {int(child): int(fields[11]) for child, fields in stats.items()}

    def many(self, times: int, method: str, path: str, *said: Any) -> list[Any]:
        """Ask the same so many times, some at once."""
        with ThreadPoolExecutor(AT_ONCE) as pool:
            return list(pool.map(lambda _: self.ask(method, path, *said), range(times)))


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder: Path = tmp_path_factory.mktemp("workers")
    url = f"sqlite:///{folder / 'site.db'}"
    _, admin = new_key(url, Role.ADMIN, rate=HIGHEST_RATE)
    few = new_key(url, Role.CHECK, rate=30)
    environment = {"SHENJIAO_DATABASE_URL": url, "SHENJIAO_WEBHOOK_NETWORKS": "127.0.0.0/8"}
    with (
        receiving() as receiver,
        (folder / "log").open("wb") as log,
        running(log, "--workers", str(WORKERS), **environment) as (address, process),
    ):
        yield Service(int(address.rpartition(":")[2]), process.pid, url, admin, few, receiver)


def test_the_rate_of_a_key_holds_for_all_processes_together(service: Service) -> None:
    key, headers = service.few
    begun = time.monotonic()

    statuses = [status for status, _ in service.many(3 * key.rate, "GET", "/v1/rules/TY0001", None, headers)]

    grown_back = (time.monotonic() - begun) * key.rate / 60
    assert set(statuses) == {200, 429}
    assert key.rate <= statuses.count(200) <= key.rate + grown_back + 1


def test_wrong_keys_are_counted_for_all_processes_together(service: Service) -> None:
    wrong = {"Authorization": "Bearer sj_" + "A" * 43}
    begun = time.monotonic()

    statuses = [status for status, _ in service.many(3 * ATTEMPTS, "GET", "/v1/rules", None, wrong)]

    assert statuses.count(401) <= ATTEMPTS + (time.monotonic() - begun) * ATTEMPTS / 60 + 1
    assert service.ask("GET", "/v1/rules/TY0001")[0] == 200


def test_a_token_of_one_process_is_good_in_all(service: Service) -> None:
    status, made = service.ask("POST", "/v1/reviews", revision(CLEAN, document_id="token"))
    assert status == 201

    answers = service.many(20, "POST", "/v1/reviews/verify", {"token": made["token"], "text": CLEAN})

    assert Counter((status, said["publishable"]) for status, said in answers) == {(200, True): 20}


def test_what_is_sent_to_all_at_once_is_done_once(service: Service) -> None:
    sent = {**service.admin, "idempotency-key": "7f3a"}

    answers = service.many(40, "POST", "/v1/reviews", revision(document_id="once"), sent)

    made = {said["id"] for status, said in answers if status == 201}
    assert len(made) == 1
    assert {status for status, _ in answers} <= {201, 409}
    again = [service.ask("POST", "/v1/reviews", revision(document_id="once"), sent) for _ in range(8)]
    assert {(status, said["id"]) for status, said in again} == {(201, *made)}
    assert len(service.ask("GET", "/v1/reviews?document_id=once")[1]) == 1


def test_writes_of_all_processes_are_one_chain(service: Service) -> None:
    before = service.work_done()

    def write(number: int) -> int:
        status: int = service.ask("POST", "/v1/reviews", revision(document_id=f"chain-{number}"))[0]
        return status

    with ThreadPoolExecutor(AT_ONCE) as pool:
        assert set(pool.map(write, range(60))) == {201}

    after = service.work_done()
    assert len(after) == WORKERS
    assert all(after[process] > before[process] for process in after)
    database = Database(service.url)
    assert Audit(database).breaks({})[1] == []
    database.close()


def test_a_revoked_key_is_soon_refused_by_all(service: Service) -> None:
    _, made = service.ask("POST", "/v1/keys", {"name": "暂用", "role": "check"})
    headers = {"Authorization": f"Bearer {made['key']}"}
    give_up = time.monotonic() + PATIENCE
    while {status for status, _ in service.many(8, "GET", "/v1/rules/TY0001", None, headers)} != {200}:
        assert time.monotonic() < give_up

    assert service.ask("DELETE", f"/v1/keys/{made['id']}")[0] == 200

    # Asked seldom, so that the wrong keys are not too many for their address.
    while {status for status, _ in service.many(8, "GET", "/v1/rules/TY0001", None, headers)} & {200}:
        assert time.monotonic() < give_up
        time.sleep(0.5)


def test_every_message_is_sent_once_though_all_processes_send(service: Service) -> None:
    asked = {"url": service.receiver.url(), "events": ["review.blocked"]}
    status, endpoint = service.ask("POST", "/v1/webhooks", asked)
    assert status == 201

    made = [
        service.ask("POST", "/v1/reviews", revision(DRAFT, document_id=f"told-{n}"))[1]["id"]
        for n in range(6)
    ]

    give_up = time.monotonic() + PATIENCE
    while any(one["pending"] for one in service.ask("GET", "/v1/webhooks")[1]["webhooks"]):
        assert time.monotonic() < give_up
        time.sleep(0.2)
    told = Counter(headers["webhook-id"] for _, headers, _ in service.receiver.received)
    assert told == {f"{name}.blocked": 1 for name in made}
    deliveries = service.ask("GET", f"/v1/webhooks/{endpoint['id']}/deliveries")[1]["deliveries"]
    assert {one["state"] for one in deliveries} == {"sent"}
