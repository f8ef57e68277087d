"""The service keeps the promises of its document whatever follows what, along all links, and its records hold afterwards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import Any

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, seed, settings
from hypothesis.stateful import run_state_machine_as_test
from schemathesis.python.asgi import ASGIClient
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance
from sqlalchemy import delete, insert

from api_tests.gate_kit import CLEAN, DRAFT, JOIN, revision
from api_tests.key_kit import new_key
from api_tests.service import OWN
from api_tests.test_audit import without_triggers
from app.engine import Engine
from app.gate.audit import Break
from app.keys.key import HIGHEST_RATE, Key, Role
from app.main import create_app
from app.settings import Settings
from app.store.audit import Audit
from app.store.database import Database
from app.store.tables import KEYS, METADATA

GATE = r"^/v1/reviews"
SCANS = r"^/v1/scans"
EVERYTHING_ELSE = r"^(?!/v1/scans)"
# Who may decide, sign, change and undo what and when, no schema says; and what was unlawful is made lawful
# here: it is sent to each operation by itself (test_openapi).
UNSUITED = [positive_data_acceptance, negative_data_rejection]
AUTHOR = {"author": "赵小明"}
ENTRIES = (
    {"kind": "forbid", "text": "红头样稿"},
    {"kind": "replace", "text": "红头小样", "uses": ["文件样稿"]},
    {"kind": "switch", "text": "FM001", "level": "off"},
)
TABLE = "类型,词语,理由,单位\n禁用,红头初样,试用的理由。,某市政府办公室\n"
# Who is told is never spoken to here: an address of this machine is refused when the connection is made.
WEBHOOK = {"url": "http://127.0.0.1:9/hook", "events": ["review.blocked", "review.decided"]}


MOST_ROUNDS = 4


@dataclass(frozen=True, slots=True)
class Seen:
    """What happened."""

    done: Counter[str] = field(default_factory=Counter)
    """Operations with the status of their answer, and kinds of records."""
    broken: list[Break] = field(default_factory=list)
    """What does not hold in the records of a scenario."""


def _entry(size: int) -> dict[str, Any]:
    return {"entry": {**ENTRIES[size % 3], "reason": "试用的理由。", "unit": "某办公室"}, **AUTHOR}


def _revision(size: int) -> dict[str, Any]:
    return revision((DRAFT, JOIN, CLEAN)[size % 3], document_id=f"article-{size % 3}")


LAWFUL: Mapping[tuple[str, str], Callable[[int], Any]] = {
    ("POST", "/v1/proofread"): lambda size: {"text": (DRAFT, JOIN, CLEAN)[size % 3]},
    ("POST", "/v1/reviews"): _revision,
    ("POST", "/v1/site-lexicon/entries"): _entry,
    ("PUT", "/v1/site-lexicon/entries/{entry_id}"): _entry,
    ("POST", "/v1/site-lexicon/entries/{entry_id}/retire"): lambda _: AUTHOR,
    ("POST", "/v1/site-lexicon/history/{number}/undo"): lambda _: AUTHOR,
    ("POST", "/v1/keys"): lambda size: {"name": f"密钥{size % 3}", "role": "check"},
    ("POST", "/v1/webhooks"): lambda _: WEBHOOK,
    ("POST", "/v1/scans"): lambda size: {
        "site": "示例网",
        "articles": [{"name": f"{size % 3}", "text": DRAFT}],
    },
    ("POST", "/v2/words/add"): lambda size: {"word": ("红头样稿", "红头草稿")[size % 2]},
}
"""Bodies that do something, by the size of what was made up: what schemathesis makes up is mostly refused."""


def make_lawful(case: Any, own: Key) -> None:
    """Give a request that creates or changes something a body that does so."""
    made = LAWFUL.get((case.method, case.operation.path))
    if made is not None:
        case.body = made(len(str(case.body)))
    if case.operation.path == "/v1/site-lexicon/import" and case.media_type == "text/csv":
        case.body, case.query = TABLE.encode("utf-8-sig"), {"author": "赵小明"}
    if case.operation.path == "/v1/rules":
        # All of them, thousands, are listed often enough elsewhere.
        case.query = {"category": "link"}
    if (case.path_parameters or {}).get("key_id") == own.id:
        # Nobody could go on after that.
        case.path_parameters["key_id"] = "K9999"


def forget_everything(app: Any, key: Key) -> None:
    """Empty the database but for the key: what a scenario can do must not depend on those before it."""
    database: Database = app.state.database
    with without_triggers(database) as connection:
        for table in reversed(METADATA.sorted_tables):
            connection.execute(delete(table))
        connection.execute(insert(KEYS).values(**asdict(key)))
    app.state.live_keys.refresh()
    app.state.site_lexicon.live.refresh()


@contextmanager
def caller(app: Any, paths: str, holder: tuple[Key, dict[str, str]], seen: Seen) -> Iterator[Any]:
    """Make the machine that follows the links of an application.

    Args:
        app: the application.
        paths: expression for the addresses that are called.
        holder: the key of the caller, and the headers with it.
        seen: takes what happens.
    """
    key, headers = holder
    schema = schemathesis.openapi.from_asgi("/openapi.json", app).include(path_regex=paths)
    machine: Any = schema.as_state_machine()
    with ASGIClient(app) as session:

        class Caller(machine):  # type: ignore[misc]
            def setup(self) -> None:
                forget_everything(app, key)

            def teardown(self) -> None:
                audit = Audit(app.state.database)
                seen.broken.extend(audit.breaks({})[1])
                seen.done.update(record.kind for record in audit.records())

            def get_call_kwargs(self, _: Any) -> dict[str, Any]:
                return {"headers": headers, "session": session}

            def before_call(self, case: Any) -> None:
                make_lawful(case, key)

            def validate_response(self, response: Any, case: Any, **options: Any) -> None:
                seen.done[f"{case.operation.label} {response.status_code}"] += 1
                case.validate_response(
                    response, excluded_checks=UNSUITED, transport_kwargs=options, recorder=self.recorder
                )

        yield Caller


@pytest.mark.parametrize(
    ("paths", "runs", "reached"),
    [
        # By itself, so that whole reviews come about: among everything, few scenarios have one.
        pytest.param(GATE, 25, {"review", "decision", "stage", "refusal"}, id="gate"),
        pytest.param(
            SCANS,
            10,
            {
                "GET /v1/scans/{number} 200",
                "GET /v1/scans/{number}/findings 200",
                "POST /v1/scans/{number}/resume 202",
            },
            id="scans",
        ),
        pytest.param(
            EVERYTHING_ELSE,
            30,
            {
                *("review", "key_made", "key_revoked", "webhook_added", "webhook_removed"),
                "GET /v1/webhooks/{webhook_id}/deliveries 200",
                "POST /v1/site-lexicon/history/{number}/undo 200",
                "POST /v1/site-lexicon/import 200",
                "POST /v2/words/delete 200",
            },
            id="everything-else",
        ),
    ],
)
def test_whatever_is_done_after_what_is_answered_as_documented(
    engine: Engine, database_url: str, paths: str, runs: int, reached: set[str]
) -> None:
    holder = new_key(database_url, Role.ADMIN, rate=HIGHEST_RATE)
    # Each operation is asked with a wrong key, too.
    app = create_app(Settings(database_url=database_url, wrong_keys=HIGHEST_RATE), engine)
    steps = settings(
        max_examples=runs,
        stateful_step_count=10,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    seen = Seen()
    with TestClient(app, client=OWN), caller(app, paths, holder, seen) as machine:
        # What is drawn depends on the modules that other tests have loaded, so one round may not reach it all.
        for number in range(MOST_ROUNDS):
            run_state_machine_as_test(seed(number)(machine), settings=steps)
            if reached <= seen.done.keys():
                break

    assert seen.broken == []
    assert reached <= seen.done.keys()
