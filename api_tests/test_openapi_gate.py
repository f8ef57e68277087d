"""The gate keeps the promises of its document whatever follows what, and its records hold afterwards."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test
from schemathesis.specs.openapi.checks import ignored_auth, positive_data_acceptance

from api_tests.gate_kit import CLEAN, DRAFT, JOIN, revision
from api_tests.service import OWN
from app.engine import Engine
from app.keys.key import BY_COMMAND, HIGHEST_RATE, KeyDraft, Role
from app.main import create_app
from app.settings import Settings
from app.store.audit import Audit
from app.store.database import Database
from app.store.key_store import KeyStore

# Whether a key is asked for, test_keys tells; who may decide and sign what and when, no schema says.
UNSUITED = [positive_data_acceptance, ignored_auth]
GATE = r"^/v1/(reviews|audit|rules/\{)"
RUNS, STEPS = 25, 8


def test_whatever_is_done_after_what_is_answered_as_documented(engine: Engine, database_url: str) -> None:
    database = Database(database_url)
    draft = KeyDraft("契约测试", Role.ADMIN, HIGHEST_RATE)
    _, secret = KeyStore(database).create(draft, BY_COMMAND)
    key = {"Authorization": f"Bearer {secret}"}
    app = create_app(Settings(database_url=database_url), engine)
    schema = schemathesis.openapi.from_asgi("/openapi.json", app).include(path_regex=GATE)
    machine: Any = schema.as_state_machine()

    class Caller(machine):  # type: ignore[misc]
        def get_call_kwargs(self, _: Any) -> dict[str, Any]:
            return {"headers": key}

        def before_call(self, case: Any) -> None:
            # Texts that schemathesis makes up have no findings: nothing could be decided.
            if case.operation.path == "/v1/reviews" and case.method == "POST":
                number = len(str(case.body)) % 3
                case.body = revision((DRAFT, JOIN, CLEAN)[number], document_id=f"article-{number}")

        def validate_response(self, response: Any, case: Any, **options: Any) -> None:
            case.validate_response(response, excluded_checks=UNSUITED, transport_kwargs=options)

    steps = settings(
        max_examples=RUNS,
        stateful_step_count=STEPS,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
        derandomize=True,
    )
    with TestClient(app, client=OWN) as client:
        run_state_machine_as_test(Caller, settings=steps)
        kinds = {
            record["kind"] for record in client.get("/v1/audit?limit=1000", headers=key).json()["records"]
        }

    assert {"review", "decision", "stage"} <= kinds
    assert Audit(database).breaks({})[1] == []
    database.close()


def test_the_examples_of_the_document_are_answered(engine: Engine, database_url: str) -> None:
    app = create_app(Settings(database_url=database_url), engine)
    document = app.openapi()["components"]["schemas"]
    with TestClient(app, client=OWN) as client:
        made = client.post("/v1/reviews", json=document["ReviewRequest"]["examples"][0])
        assert made.status_code == 201
        where = f"/v1/reviews/{made.json()['id']}"
        assert made.json()["findings"][0]["id"] == document["DecisionRequest"]["examples"][0]["finding"]
        decided = client.post(f"{where}/decisions", json=document["DecisionRequest"]["examples"][0])
        assert (decided.status_code, decided.json()["verdict"]) == (201, "pass")
        assert client.post(f"{where}/stages", json=document["StageRequest"]["examples"][0]).status_code == 201
        asked = {**document["VerifyRequest"]["examples"][0], "token": made.json()["token"]}
        assert client.post("/v1/reviews/verify", json=asked).json()["reason"] == "edited"


def test_nobody_is_told_more_by_a_path_than_that_it_is_wrong(engine: Engine, database_url: str) -> None:
    with TestClient(create_app(Settings(database_url=database_url), engine), client=OWN) as client:
        client.post("/v1/reviews", json=revision())
        for name in ("rv_%00", "rv_'--", "..%2f..%2fetc", "rv_" + "g" * 24, "x" * 3000):
            assert client.get(f"/v1/reviews/{name}").status_code in {404, 422}, name
        for query in ("document_id=%00", "document_id=%0a", f"before={2**40}", "limit=0", "verdict=x"):
            assert client.get(f"/v1/reviews?{query}").status_code == 422, query


@pytest.mark.parametrize("key", ["", "x" * 201])
def test_a_key_that_is_none_is_refused(engine: Engine, database_url: str, key: str) -> None:
    with TestClient(create_app(Settings(database_url=database_url), engine), client=OWN) as client:
        refused = client.post("/v1/reviews", json=revision(), headers={"idempotency-key": key})

    assert refused.status_code == 422
