"""The OpenAPI document: its examples work, and the service keeps every promise it makes."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.python.asgi import ASGIClient
from schemathesis.specs.openapi.checks import positive_data_acceptance

from app.api.word import DOCX
from app.engine import Engine
from app.keys.key import BY_COMMAND, HIGHEST_RATE, KeyDraft, Role
from app.main import create_app
from app.settings import Settings
from app.store.database import Database
from app.store.key_store import KeyStore

# What schemathesis writes must not be seen by other tests.
FOLDER = tempfile.TemporaryDirectory(prefix="shenjiao-openapi-")
DATABASE_URL = f"sqlite:///{FOLDER.name}/site.db"
# With a key, so that its routes too can be asked for something.
_, SECRET = KeyStore(Database(DATABASE_URL)).create(
    KeyDraft("契约测试", Role.ADMIN, HIGHEST_RATE), BY_COMMAND
)
KEY = {"Authorization": f"Bearer {SECRET}"}
# Each operation is asked with wrong keys, too.
APP: Any = create_app(Settings(database_url=DATABASE_URL, wrong_keys=HIGHEST_RATE), Engine.load())
DOCUMENT = APP.openapi()


@schemathesis.serializer(DOCX)
def as_file(_: object, value: object) -> bytes:
    """Send what schemathesis makes up as the file that is asked for."""
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "replace")


OPERATIONS: list[Any] = [
    result.ok()  # type: ignore[union-attr]
    for result in schemathesis.openapi.from_asgi("/openapi.json", APP).get_all_operations()
]


@pytest.fixture(scope="module")
def session() -> Iterator[ASGIClient]:
    """The application that schemathesis calls, started once."""
    with TestClient(APP), ASGIClient(APP) as session:
        yield session


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: str(operation.label))
def test_the_service_keeps_every_promise_of_its_document(operation: Any, session: ASGIClient) -> None:
    # What may be kept in the site lexicon or of a review, what a key may be called, where one may
    # send, or what lies on the server, no schema can say in full.
    kept = any(
        name in operation.path for name in ("site-lexicon", "/reviews", "/keys", "/webhooks", "/scans")
    )
    # What a Word document is, likewise.
    documents = "/documents/" in operation.path
    # LanguageTool's parameters depend on one another, and all are words: what is wrong with them has tests of its own.
    words = operation.path.startswith("/v2/")
    refuses_lawful = kept or words or operation.path.endswith("/open")
    judged = [positive_data_acceptance] if refuses_lawful else []
    number = 25 if kept or documents or operation.path == "/v1/rules" else 100

    @given(case=operation.as_strategy(generation_mode=GenerationMode.POSITIVE))
    @settings(deadline=None, max_examples=number)
    def lawful(case: Any) -> None:
        case.call_and_validate(session=session, headers=KEY, excluded_checks=judged)

    @given(case=operation.as_strategy(generation_mode=GenerationMode.NEGATIVE))
    @settings(deadline=None, max_examples=number, suppress_health_check=list(HealthCheck))
    def unlawful(case: Any) -> None:
        case.call_and_validate(session=session, headers=KEY)

    lawful()
    # Any string is a lawful rule code, known or not, and any bytes are a file: there is nothing unlawful to send.
    if (operation.body or operation.query) and not words and not operation.path.endswith("/open"):
        unlawful()


def examples() -> list[Any]:
    return [
        pytest.param(path, example, id=f"{path}-{number}")
        for path, methods in DOCUMENT["paths"].items()
        if "post" in methods
        # What writes is asked elsewhere: this database is everybody's, and empty.
        if not any(name in path for name in ("site-lexicon", "/reviews", "/webhooks", "/scans"))
        if "application/json" in methods["post"]["requestBody"]["content"]
        for number, example in enumerate(_request_schema(methods["post"])["examples"])
    ]


def _request_schema(operation: dict[str, Any]) -> Any:
    reference = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"]
    return DOCUMENT["components"]["schemas"][reference.rsplit("/", 1)[1]]


@pytest.mark.parametrize(("path", "example"), examples())
def test_the_examples_of_the_document_are_answered(client: TestClient, path: str, example: Any) -> None:
    response = client.post(path, json=example)

    # The first key is made by command.
    assert response.status_code == (403 if path == "/v1/keys" else 200)
    if "text" in example:
        assert response.json()["findings"]


def test_every_route_has_a_chinese_summary() -> None:
    for path, methods in DOCUMENT["paths"].items():
        for operation in methods.values():
            assert any("\u4e00" <= char <= "\u9fff" for char in operation["summary"]), path


def references(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        if "$ref" in node:
            yield node["$ref"]
        for value in node.values():
            yield from references(value)
    elif isinstance(node, list):
        for value in node:
            yield from references(value)


def test_every_reference_of_the_document_leads_somewhere() -> None:
    schemas = DOCUMENT["components"]["schemas"]

    assert {reference.rsplit("/", 1)[1] for reference in references(DOCUMENT)} <= set(schemas)
    assert "Problem" in schemas
