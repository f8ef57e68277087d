"""Clients that mean no good, or cannot do better: slow, endless, nested, split, against the real service."""

from __future__ import annotations

import json
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from api_tests.key_kit import new_key
from api_tests.service import OWN, get, post, proofread, running
from app.keys.key import BY_COMMAND, Role
from app.store.database import Database
from app.store.key_store import KeyStore

EVERYWHERE = "0.0.0.0"  # noqa: S104 allowed where there is a key
BODY_LIMIT = 100_000
BODY_SECONDS = 2
PATIENCE = 30.0
"""Seconds until an answer that does not come counts as none."""
POSTED = (
    "/v1/proofread",
    "/v1/redact",
    "/v1/false-alarms",
    "/v1/documents/marked",
    "/v1/documents/review-sheet",
    "/v1/site-lexicon/entries",
    "/v1/site-lexicon/dry-run",
    "/v1/site-lexicon/history/1/undo",
    "/v1/keys",
)


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("service") / "log"


@pytest.fixture(scope="module")
def service(log: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    environment = {
        "SHENJIAO_BODY_LIMIT": str(BODY_LIMIT),
        "SHENJIAO_BODY_SECONDS": str(BODY_SECONDS),
        "SHENJIAO_DATABASE_URL": f"sqlite:///{log.with_name('site.db')}",
    }
    with log.open("wb") as written, running(written, **environment) as started:
        yield started


@pytest.fixture
def address(service: tuple[str, subprocess.Popen[bytes]], log: Path) -> Iterator[str]:
    """The service, which must be as well afterwards as before, and must have found nothing unforeseen."""
    address, process = service
    yield address
    assert process.poll() is None
    assert proofread(address, "截止目前")["verdict"] == "block"
    assert "unforeseen" not in log.read_text()


def said(address: str, *pieces: bytes, pause: float = 0.0) -> tuple[int, dict[str, str], bytes]:
    """Send pieces over a connection of its own; give status, headers and body of the answer."""
    port = int(address.rsplit(":", 1)[1])
    with socket.create_connection((OWN[0], port), PATIENCE) as connection:
        for piece in pieces:
            connection.sendall(piece)
            time.sleep(pause)
        with connection.makefile("rb") as answer:
            status = int(answer.readline().split()[1])
            lines = iter(answer.readline, b"\r\n")
            headers = {
                name.lower(): value.strip()
                for name, _, value in (line.decode("latin-1").partition(":") for line in lines)
            }
            return status, headers, answer.read(int(headers.get("content-length", 0)))


def head(path: str, *lines: str, method: str = "POST") -> bytes:
    start = (f"{method} {path} HTTP/1.1", "Host: localhost", "Content-Type: application/json", *lines)
    return "\r\n".join((*start, "", "")).encode()


def assert_problem(answer: tuple[int, dict[str, str], bytes], status: int) -> None:
    got, headers, body = answer
    assert (got, headers["content-type"]) == (status, "application/problem+json")
    assert json.loads(body)["status"] == status


@pytest.mark.parametrize("declared", ["Content-Length: 1000", "Transfer-Encoding: chunked"])
def test_a_body_that_does_not_come_in_time_is_ended(address: str, declared: str) -> None:
    begun = time.monotonic()

    answer = said(address, head("/v1/proofread", declared))

    assert_problem(answer, 408)
    assert answer[1]["connection"] == "close"
    assert time.monotonic() - begun >= BODY_SECONDS


def test_a_body_that_dribbles_is_ended_however_often_something_comes(address: str) -> None:
    port = int(address.rsplit(":", 1)[1])
    with socket.create_connection((OWN[0], port), PATIENCE) as connection:
        connection.sendall(head("/v1/proofread", "Content-Length: 1000"))
        connection.settimeout(0.1)
        give_up = time.monotonic() + PATIENCE
        answer = b""
        while not answer:
            assert time.monotonic() < give_up, "the service goes on waiting"
            connection.sendall(b" ")
            try:
                answer = connection.recv(4096)
            except TimeoutError:
                continue

    assert answer.startswith(b"HTTP/1.1 408 ")


def test_a_request_that_is_refused_early_does_not_keep_its_connection(address: str) -> None:
    port = int(address.rsplit(":", 1)[1])
    with socket.create_connection((OWN[0], port), PATIENCE) as connection:
        connection.sendall(head("/v1/nowhere", "Content-Length: 1000"))

        answer = b"".join(iter(lambda: connection.recv(4096), b""))

    assert answer.startswith(b"HTTP/1.1 404 ")


def test_a_body_that_comes_slowly_but_in_time_is_answered(address: str) -> None:
    body = json.dumps({"text": "截止目前"}).encode()
    declared = head("/v1/proofread", f"Content-Length: {len(body)}")

    status, headers, answer = said(address, declared, body[:5], body[5:], pause=0.2)

    assert (status, json.loads(answer)["verdict"]) == (200, "block")
    assert headers.get("connection") != "close"


def test_a_body_that_is_announced_too_long_is_refused_before_it_comes(address: str) -> None:
    assert_problem(said(address, head("/v1/proofread", f"Content-Length: {BODY_LIMIT + 1}")), 413)


def test_a_body_that_turns_out_too_long_is_refused_under_way(address: str) -> None:
    chunk = b"%x\r\n%s\r\n" % (BODY_LIMIT // 2, b"x" * (BODY_LIMIT // 2))

    answer = said(address, head("/v1/proofread", "Transfer-Encoding: chunked"), chunk * 3, b"0\r\n\r\n")

    assert_problem(answer, 413)


@pytest.mark.parametrize("path", POSTED)
@pytest.mark.parametrize("depth", [100, 900, 20_000])
def test_json_however_deep_is_refused(address: str, path: str, depth: int) -> None:
    for opening, closing in (("[", "]"), ('{"entry":', "}"), ('{"text":', "}"), ('{"blocks":[', "]}")):
        deep = opening * min(depth, BODY_LIMIT // 14) + "1" + closing * min(depth, BODY_LIMIT // 14)

        assert post(f"{address}{path}", deep.encode())[0] in {400, 403, 422}, opening


@pytest.mark.parametrize(
    "path",
    ["/v1/rules/x%0d%0aSet-Cookie:%20a=b", "/%0d%0aSet-Cookie:%20a=b", "/lexicon/", "//evil.example.org/.."],
)
def test_nothing_of_an_address_gets_into_the_headers_of_an_answer(address: str, path: str) -> None:
    status, headers, _ = said(address, head(path, "X-Forwarded-Host: evil.example.org", method="GET"))

    assert status == 404
    assert "set-cookie" not in headers
    assert "location" not in headers


@pytest.mark.parametrize(
    "lines",
    [
        ("X-Api-Key: sj_\rSet-Cookie: a=b",),
        ("X-Api-Key : sj_",),
        ("X-\x00: 1",),
        ("Content-Length: 5", "Content-Length: 6"),
        ("Content-Length: 5", "Transfer-Encoding: chunked"),
        ("Content-Length: -1",),
    ],
)
def test_headers_that_could_be_read_in_two_ways_are_refused(address: str, lines: tuple[str, ...]) -> None:
    status, headers, _ = said(address, head("/v1/proofread", *lines), b"{}")

    assert status == 400
    assert "set-cookie" not in headers


def test_an_author_cannot_write_headers(address: str) -> None:
    entry = {"kind": "forbid", "text": "红头样稿", "reason": "理由\r\nSet-Cookie: a=b", "unit": "办公室"}

    assert (
        post(f"{address}/v1/site-lexicon/entries", json.dumps({"entry": entry, "author": "赵"}).encode())[0]
        == 422
    )


def test_keys_count_in_every_worker_within_two_seconds_and_are_written_nowhere(tmp_path: Path) -> None:
    database_url = f"sqlite:///{tmp_path / 'site.db'}"
    admin, holder = new_key(database_url, Role.ADMIN)
    log = tmp_path / "log"
    # With a key it may listen anywhere.
    with (
        log.open("wb") as written,
        running(
            written,
            "--workers",
            "2",
            "--host",
            EVERYWHERE,
            SHENJIAO_DATABASE_URL=database_url,
        ) as (address, _),
    ):
        assert asked(address, holder, 20) == {200}
        _, second = new_key(database_url, Role.CHECK)
        time.sleep(2)
        assert asked(address, second, 20) == {200}
        database = Database(database_url)
        KeyStore(database).revoke(admin.number, BY_COMMAND)
        database.close()
        time.sleep(2)
        assert asked(address, holder, 10) == {401}
        assert asked(address, second, 10) == {200}
        metrics = get(f"{address}/metrics", second)
    files = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    for secret in (holder, second):
        assert secret["Authorization"].removeprefix("Bearer ").encode() not in files + metrics.encode()


def asked(address: str, headers: dict[str, str], times: int) -> set[int]:
    """Ask so many times, each time on a connection of its own; give the statuses."""
    lines = [f"{name}: {value}" for name, value in headers.items()]
    return {said(address, head("/v1/rules/TY0001", *lines, method="GET"))[0] for _ in range(times)}
