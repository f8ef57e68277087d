"""The gate: its examples work in their turn, and what nobody should send is refused."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from api_tests.gate_kit import revision
from api_tests.service import OWN
from app.engine import Engine
from app.main import create_app
from app.settings import Settings


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
