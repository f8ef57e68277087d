"""Keys and the door: who may come in, what each role may do, and how often."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api_tests.key_kit import bearer
from api_tests.service import OWN, SHENJIAO
from api_tests.test_api import assert_problem
from app.api.roles import ROLES, require_complete, routes_of
from app.keys.allowance import ATTEMPTS, Allowances, is_loopback
from app.keys.counters import Counters, SharedCounters
from app.keys.key import BY_COMMAND, HIGHEST_RATE, USUAL_RATE, KeyDraft, Role, digest_of
from app.live_keys import LiveKeys
from app.main import create_app
from app.settings import Settings
from app.site.acceptance import RefusedError
from app.store.database import Database
from app.store.key_store import KeyStore
from app.store.writing import ClashError, UnknownError

ELSEWHERE = ("192.0.2.7", 50_000)
EVERYWHERE = "0.0.0.0"  # noqa: S104 where the service must not listen without a key
WRONG = bearer("sj_" + "A" * 43)
ENTRY = {"kind": "forbid", "text": "红头样稿", "reason": "试用的理由。", "unit": "某市政府办公室"}
CLOSED = [
    (method, path) for path, methods in ROLES.items() for method, role in methods.items() if role is not None
]
SECRET = re.compile(r"sj_[\w-]{43}")


def assert_refused(answer: Any, status: int, *said: str) -> None:
    """A refusal is a problem; under /v2 it is the line of text that LanguageTool's clients expect."""
    if "/v2/" not in str(answer.request.url):
        assert_problem(answer, status, *said)
        return
    assert answer.status_code == status
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    # The answer to HEAD has no body.
    for words in ("Error: ", *said) if answer.request.method != "HEAD" else ():
        assert words in answer.text


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    """A service of this module; loading the lexicons takes too long to do it for every test."""
    app = create_app(Settings(database_url=f"sqlite:///{tmp_path_factory.mktemp('keys') / 'site.db'}"))
    with TestClient(app):
        yield app


@pytest.fixture
def store(app: FastAPI, tmp_path: Path) -> Iterator[KeyStore]:
    """Give the service keys of its own, none so far."""
    database = Database(f"sqlite:///{tmp_path / 'keys.db'}")
    app.state.live_keys = LiveKeys(KeyStore(database))
    yield app.state.live_keys.store
    database.close()


@pytest.fixture
def holders(app: FastAPI, store: KeyStore) -> dict[Role, dict[str, str]]:
    """A key of each role, by the headers of its holder."""
    made = {role: bearer(store.create(KeyDraft(role.label, role), BY_COMMAND)[1]) for role in Role}
    app.state.live_keys.refresh()
    return made


@pytest.fixture
def own(app: FastAPI) -> TestClient:
    """A client on the machine of the service."""
    return TestClient(app, client=OWN)


@pytest.fixture
def stranger(app: FastAPI) -> TestClient:
    """A client elsewhere."""
    return TestClient(app, client=ELSEWHERE)


def ask(client: TestClient, method: str, path: str, headers: dict[str, str]) -> Any:
    concrete = re.sub(r"\{[^}]*\}", "1", path)
    return client.request(method, concrete, headers=headers)


def test_every_route_has_a_role_and_every_role_a_route(app: FastAPI) -> None:
    assert set(routes_of(app)) == {(method, path) for path, methods in ROLES.items() for method in methods}


def test_an_application_with_a_route_that_nobody_declared_is_not_built() -> None:
    other = FastAPI()
    other.add_api_route("/v1/forgotten", lambda: None)

    with pytest.raises(RuntimeError, match="GET /v1/forgotten"):
        require_complete(other)


@pytest.mark.usefixtures("store")
def test_without_any_key_the_own_machine_may_do_everything(own: TestClient) -> None:
    assert own.post("/v1/proofread", json={"text": "截止目前"}).json()["verdict"] == "block"
    assert own.get("/metrics").status_code == 200
    assert own.get("/v1/keys").json() == {"keys": []}


@pytest.mark.usefixtures("store")
def test_without_any_key_nobody_else_gets_anything(stranger: TestClient) -> None:
    for method, path in CLOSED:
        answer = ask(stranger, method, path, {"X-Forwarded-For": "127.0.0.1", "Forwarded": "for=127.0.0.1"})

        assert_refused(answer, 403, "shenjiao keys create")


@pytest.mark.usefixtures("store")
def test_the_first_key_can_only_be_made_by_command(own: TestClient) -> None:
    answer = own.post("/v1/keys", json={"name": "门户网站", "role": "admin"})

    assert_problem(answer, 403)
    assert own.get("/v1/keys").json() == {"keys": []}


@pytest.mark.usefixtures("holders")
def test_with_a_key_every_closed_route_asks_for_one(own: TestClient) -> None:
    for method, path in CLOSED:
        answer = ask(own, method, path, {})

        assert_refused(answer, 401)
        assert answer.headers["www-authenticate"] == 'Bearer realm="shenjiao"'


@pytest.mark.usefixtures("holders")
@pytest.mark.parametrize(
    "wrong", [WRONG, {"X-API-Key": "密钥".encode()}, {"Authorization": "Bearer"}, {"X-API-Key": ""}]
)
def test_a_wrong_key_is_none(own: TestClient, wrong: dict[str, str]) -> None:
    answer = own.get("/v1/rules", headers=wrong)

    assert_problem(answer, 401)
    assert answer.headers["www-authenticate"].startswith("Bearer")


@pytest.mark.usefixtures("holders")
@pytest.mark.parametrize("path", ["/", "/lexicon", "/static/page.js", "/openapi.json", "/healthz", "/readyz"])
def test_pages_and_probes_ask_nobody_for_a_key(stranger: TestClient, path: str) -> None:
    assert stranger.get(path).status_code == 200


@pytest.mark.parametrize("role", Role)
def test_a_key_opens_what_its_role_includes_and_nothing_else(
    stranger: TestClient, holders: dict[Role, dict[str, str]], role: Role
) -> None:
    for method, path in CLOSED:
        needed = ROLES[path][method]
        assert needed is not None
        answer = ask(stranger, method, path, holders[role])
        if role.includes(needed):
            assert answer.status_code not in {401, 403, 429}, path
        else:
            assert_refused(answer, 403, f"“{needed.label}”")


@pytest.mark.parametrize("header", ["Authorization", "X-API-Key"])
def test_a_key_may_come_in_either_header(
    stranger: TestClient, holders: dict[Role, dict[str, str]], header: str
) -> None:
    secret = holders[Role.CHECK]["Authorization"].removeprefix("Bearer ")
    value = {"Authorization": f"bearer {secret}", "X-API-Key": secret}[header]

    assert stranger.get("/v1/rules", headers={header: value}).status_code == 200


def test_a_key_may_come_beside_what_a_gateway_has_put_into_authorization(
    stranger: TestClient, holders: dict[Role, dict[str, str]]
) -> None:
    secret = holders[Role.CHECK]["Authorization"].removeprefix("Bearer ")

    answer = stranger.get("/v1/rules", headers={"Authorization": "Basic Og==", "X-API-Key": secret})

    assert answer.status_code == 200


@pytest.mark.parametrize(
    "path", ["/v1/keys/", "//v1/keys", "/v1/keys/K0001/x", "/static/../v1/keys", "/V1/keys"]
)
def test_an_address_that_is_almost_one_of_ours_leads_nowhere(
    stranger: TestClient, holders: dict[Role, dict[str, str]], path: str
) -> None:
    assert stranger.get(path, headers=holders[Role.CHECK], follow_redirects=False).status_code in {403, 404}


def test_a_body_is_not_read_before_the_key_is_known(
    own: TestClient, holders: dict[Role, dict[str, str]]
) -> None:
    kind = {"Content-Type": "application/json"}

    assert_problem(own.post("/v1/proofread", content=b"{", headers=WRONG | kind), 401)
    assert_problem(own.post("/v1/proofread", content=b"{", headers=holders[Role.CHECK] | kind), 400)


def test_an_administrator_makes_and_revokes_keys(
    stranger: TestClient, holders: dict[Role, dict[str, str]]
) -> None:
    admin = holders[Role.ADMIN]

    made = stranger.post("/v1/keys", json={"name": "门户网站", "role": "check", "rate": 7}, headers=admin)

    assert made.status_code == 201
    assert made.headers["cache-control"] == "no-store"
    shown = made.json()
    secret = shown.pop("key")
    assert SECRET.fullmatch(secret)
    assert (shown["id"], shown["created_by"], shown["rate"]) == ("K0004", "管理", 7)
    listed = stranger.get("/v1/keys", headers=admin)
    assert listed.json()["keys"][3] == shown
    assert secret not in listed.text
    assert stranger.get("/v1/rules", headers=bearer(secret)).status_code == 200
    revoked = stranger.delete(made.headers["location"], headers=admin)
    assert revoked.json()["revoked_at"]
    assert_problem(stranger.get("/v1/rules", headers=bearer(secret)), 401)
    assert stranger.delete(made.headers["location"], headers=admin).json() == revoked.json()


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"name": "检查", "role": "check"}, 409),
        ({"name": "", "role": "check"}, 422),
        ({"name": "x" * 51, "role": "check"}, 422),
        ({"name": "换\n行", "role": "check"}, 422),
        ({"name": "新", "role": "root"}, 422),
        ({"name": "新", "role": "check", "rate": 0}, 422),
    ],
)
def test_a_key_that_cannot_be_made_is_refused_with_the_reason(
    own: TestClient, holders: dict[Role, dict[str, str]], body: dict[str, Any], status: int
) -> None:
    assert_problem(own.post("/v1/keys", json=body, headers=holders[Role.ADMIN]), status)


@pytest.mark.parametrize("key_id", ["K0009", "K0000", "x", "K99999999999"])
def test_a_key_that_does_not_exist_cannot_be_revoked(
    own: TestClient, holders: dict[Role, dict[str, str]], key_id: str
) -> None:
    assert_problem(own.delete(f"/v1/keys/{key_id}", headers=holders[Role.ADMIN]), 404)


def test_whoever_asks_too_often_is_told_when_to_come_back(
    app: FastAPI, own: TestClient, store: KeyStore
) -> None:
    _, secret = store.create(KeyDraft("少量", Role.CHECK, 2), BY_COMMAND)
    app.state.live_keys.refresh()
    answers = [own.get("/v1/rules/TY0001", headers=bearer(secret)) for _ in range(3)]
    app.state.live_keys.refresh()
    answers.append(own.get("/v1/rules/TY0001", headers=bearer(secret)))

    assert [answer.status_code for answer in answers] == [200, 200, 429, 429]
    assert_problem(answers[2], 429)
    assert 1 <= int(answers[2].headers["retry-after"]) <= 30


def test_an_address_that_tries_many_wrong_keys_is_slowed_down_and_a_right_one_is_not(
    stranger: TestClient, own: TestClient, holders: dict[Role, dict[str, str]]
) -> None:
    fresh = TestClient(stranger.app, client=("198.51.100.9", 1))
    tried = [fresh.get("/v1/rules", headers=bearer(f"sj_{n}")).status_code for n in range(ATTEMPTS + 1)]

    assert tried == [401] * ATTEMPTS + [429]
    assert fresh.get("/v1/rules", headers=holders[Role.CHECK]).status_code == 200
    assert own.get("/v1/rules", headers=WRONG).status_code == 401


def test_a_change_of_the_site_lexicon_names_the_key_beside_the_author(
    own: TestClient, holders: dict[Role, dict[str, str]]
) -> None:
    route, headers = "/v1/site-lexicon", holders[Role.REVIEW]

    added = own.post(f"{route}/entries", json={"entry": ENTRY, "author": "赵小明"}, headers=headers)
    own.post(
        f"{route}/entries/{added.json()['id']}/retire",
        json={"author": "钱小红"},
        headers=headers | {"if-match": added.headers["etag"]},
    )

    changes = own.get(f"{route}/history", headers=headers).json()
    assert [(change["author"], change["key_name"]) for change in changes] == [
        ("钱小红", "审核"),
        ("赵小明", "审核"),
    ]


def test_a_database_that_is_lost_does_not_open_the_door_again(app: FastAPI, stranger: TestClient, own: TestClient, holders: dict[Role, dict[str, str]], tmp_path: Path) -> None:  # fmt: skip
    live: LiveKeys = app.state.live_keys
    live.store = KeyStore(Database(f"sqlite:///{tmp_path / 'another.db'}"))
    live.refresh()

    assert_problem(own.get("/v1/rules"), 401)
    assert_problem(stranger.get("/v1/rules", headers=holders[Role.ADMIN]), 401)


# What is kept


def test_of_a_secret_only_its_digest_is_kept(database: Database) -> None:
    store = KeyStore(database)

    key, secret = store.create(KeyDraft("门户网站", Role.CHECK), BY_COMMAND)

    assert store.listed() == [key]
    assert key.digest == digest_of(secret.encode())
    assert secret not in str(key)


def test_a_name_is_free_again_when_its_key_is_revoked(database: Database) -> None:
    store = KeyStore(database)
    draft = KeyDraft("门户网站", Role.CHECK)
    first, _ = store.create(draft, BY_COMMAND)

    with pytest.raises(ClashError):
        store.create(draft, BY_COMMAND)
    assert store.revoke(first.number, BY_COMMAND).revoked_at is not None
    assert store.create(draft, BY_COMMAND)[0].id == "K0002"


def test_what_cannot_be_a_key_is_refused(database: Database) -> None:
    store = KeyStore(database)

    with pytest.raises(RefusedError):
        store.create(KeyDraft(" 门户", Role.CHECK, 0), BY_COMMAND)
    with pytest.raises(UnknownError):
        store.revoke(1, BY_COMMAND)
    assert store.listed() == []


def test_the_day_of_the_last_use_is_noted_once_and_never_goes_back(database: Database) -> None:
    store = KeyStore(database)
    key, secret = store.create(KeyDraft("门户网站", Role.CHECK), BY_COMMAND)
    live = LiveKeys(store)
    live.refresh()
    assert live.key_of(b"sj_x") is None
    assert live.key_of(secret.encode()) is not None

    live.note_used()

    (used,) = store.listed()
    assert used.last_used_on is not None
    store.mark_used({key.number}, "2020-01-01")
    assert store.listed() == [used]


# Rates


def test_an_allowance_grows_back_evenly_and_never_beyond_a_minutes_worth() -> None:
    counters = Counters()
    assert [counters.take(7, 60, 0.0) for _ in range(61)] == [0.0] * 60 + [1.0]

    assert counters.take(7, 60, 1.0) == 0.0
    assert counters.take(7, 60, 1.5) == 0.5
    assert [counters.take(7, 60, 10_000.0) for _ in range(61)].count(0.0) == 60
    assert counters.take(8, 60, 1.5) == 0.0


@pytest.mark.parametrize("rate", [1, 7, USUAL_RATE, HIGHEST_RATE])
def test_exactly_a_minutes_worth_is_in_stock(rate: int) -> None:
    counters = Counters()

    taken = 0
    while not counters.take(0, rate, 1e6) and taken <= rate:
        taken += 1

    assert taken == rate


def test_those_who_name_the_same_file_count_together(tmp_path: Path) -> None:
    one, other = (SharedCounters(tmp_path / "counters") for _ in range(2))

    waits = [counters.take(3, 4, 0.0) for counters in (one, other, one, other, one)]

    assert waits == [0.0] * 4 + [15.0]
    assert one.seed == other.seed
    # The clock of another boot.
    one.take(5, 1, 1e9)
    assert other.take(5, 1, 10.0) == 0.0


def test_attempts_from_many_addresses_find_room() -> None:
    allowances = Allowances(Counters())

    held_up = sum(allowances.take_attempt(f"2001:db8:{number:x}::1", 0.0) > 0 for number in range(20_000))

    # Five to a place, of twenty that each allows.
    assert held_up == 0


def test_all_addresses_of_one_ipv6_network_share_their_attempts() -> None:
    allowances = Allowances(Counters())

    waits = [allowances.take_attempt(f"2001:db8::{number:x}", 0.0) for number in range(ATTEMPTS + 1)]

    assert waits[-1] > 0.0


@pytest.mark.parametrize(
    ("address", "own"),
    [
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("::ffff:127.0.0.1", True),
        (EVERYWHERE, False),
        ("::ffff:192.0.2.1", False),
        ("192.0.2.1", False),
        ("localhost.example.org", False),
        ("", False),
    ],
)
def test_only_loopback_is_the_own_machine(address: str, own: bool) -> None:  # noqa: FBT001
    assert is_loopback(address) is own


# The commands


def command(database_url: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [SHENJIAO, *arguments],
        capture_output=True,
        check=False,
        encoding="utf-8",
        env=os.environ | {"SHENJIAO_DATABASE_URL": database_url, "LC_ALL": "C.UTF-8"},
    )


def test_the_commands_make_list_and_revoke_keys(tmp_path: Path) -> None:
    database_url = f"sqlite:///{tmp_path / 'site.db'}"

    made = command(database_url, "keys", "create", "--name", "门户网站", "--role", "check", "--rate", "60")

    assert made.returncode == 0
    assert SECRET.fullmatch(made.stdout.strip())
    assert "K0001（门户网站，检查）" in made.stderr
    again = command(database_url, "keys", "create", "--name", "门户网站", "--role", "admin")
    assert (again.returncode, "已有这个名称的密钥" in again.stderr) == (2, True)
    listed = command(database_url, "keys", "list").stdout
    assert listed.startswith("K0001\t门户网站\tcheck\t60\t")
    assert made.stdout.strip() not in listed
    assert "已撤销 K0001" in command(database_url, "keys", "revoke", "K0001").stdout
    unknown = command(database_url, "keys", "revoke", "K7")
    assert (unknown.returncode, "没有这个编号的密钥" in unknown.stderr) == (2, True)


@pytest.mark.parametrize("host", [EVERYWHERE, "::", "192.0.2.7", ""])
def test_without_a_key_the_service_does_not_listen_where_others_reach_it(tmp_path: Path, host: str) -> None:
    refused = command(f"sqlite:///{tmp_path / 'site.db'}", "serve", "--host", host, "--port", "0")

    assert refused.returncode == 2
    assert "shenjiao keys create --name 管理员 --role admin" in refused.stderr
    assert not (tmp_path / "site.db").exists()


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example.com"},
        {"origin": "https://evil.example.com", "host": "127.0.0.1:8000"},
        {"origin": "null"},
        {"host": "evil.example.com"},
        {"host": "evil.example.com:8000", "origin": "http://evil.example.com:8000"},
    ],
)
@pytest.mark.usefixtures("store")
def test_without_keys_a_page_of_another_site_is_kept_out(own: TestClient, headers: dict[str, str]) -> None:
    answer = own.post("/v1/proofread", data={"text": "截止目前"}, headers=headers)

    assert answer.status_code == 403
    assert "别的网站" in answer.json()["detail"]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"host": "localhost:8000", "origin": "http://localhost:8000"},
        {"host": "127.0.0.1:8000", "origin": "http://127.0.0.1:8000"},
        {"host": "[::1]:8000", "origin": "http://[::1]:8000"},
        {"host": "127.0.0.1:8000", "origin": "chrome-extension://abcdef"},
        {"host": "shenjiao:8000"},
    ],
)
@pytest.mark.usefixtures("store")
def test_without_keys_its_own_page_and_programs_of_the_machine_come_in(
    own: TestClient, headers: dict[str, str]
) -> None:
    assert own.post("/v1/proofread", data={"text": "截止目前"}, headers=headers).status_code == 200


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("host", ["shenjiao.example.gov.cn", "127.0.0.1:8000"])
def test_a_proxy_may_make_it_open_under_a_name_that_the_settings_know(
    app: FastAPI, own: TestClient, host: str
) -> None:
    app.state.host_names = frozenset({"shenjiao.example.gov.cn"})
    headers = {"host": host, "origin": "https://shenjiao.example.gov.cn"}
    try:
        assert own.post("/v1/redact", json={"text": "好"}, headers=headers).status_code == 200
    finally:
        app.state.host_names = frozenset()


def test_with_a_key_the_origin_does_not_matter(own: TestClient, holders: dict[Role, dict[str, str]]) -> None:
    role = next(iter(holders))
    headers = {**holders[role], "origin": "https://cms.example.com", "host": "shenjiao.example.com"}

    assert own.get("/v1/rules", headers=headers).status_code == 200
