"""The gate, for its tests: one engine, databases of their own, requests as a publishing system sends them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from fastapi.testclient import TestClient

from api_tests.service import OWN
from app.engine import Engine
from app.main import create_app
from app.settings import Settings

ERROR = "截止目前"
"""Found as an error by TY0001."""
DRAFT = f"{ERROR}，各单位已完成整改。"
CLEAN = "截至目前，各单位已完成整改。"
JOIN = "该局加强组织领导加强组织领导，确保安全。"
"""Holds a doubled wording, which is a warning."""


@contextmanager
def gate(engine: Engine, url: str, **options: Any) -> Iterator[TestClient]:
    """Start the application on a database, with an engine that is already loaded."""
    with TestClient(create_app(Settings(database_url=url, **options), engine), client=OWN) as client:
        yield client


def revision(text: str = DRAFT, number: str = "1", **fields: Any) -> dict[str, Any]:
    """Make a revision of a document."""
    return {"document_id": "article-1", "revision": number, "channel": "网站", "text": text, **fields}


def review(client: TestClient, text: str = DRAFT, number: str = "1", **fields: Any) -> Any:
    """Have a revision reviewed."""
    made = client.post("/v1/reviews", json=revision(text, number, **fields))
    assert made.status_code == 201, made.text
    return made.json()


def decide(client: TestClient, made: Any, action: str, **fields: Any) -> Any:
    """Decide about the first finding of a review; give the answer."""
    said = {"finding": made["findings"][0]["id"], "action": action, "actor": "赵小明", **fields}
    return client.post(f"/v1/reviews/{made['id']}/decisions", json=said)


def release(client: TestClient, made: Any, action: str = "false_alarm") -> Any:
    """Release the first finding of a review, with all that an error needs."""
    done = decide(client, made, action, reason="引用原文。", second_actor="钱小红")
    assert done.status_code == 201, done.text
    return done.json()


def sign(client: TestClient, made: Any, stage: str, actor: str, verdict: str = "pass") -> Any:
    """Sign a stage; give the answer."""
    said = {"stage": stage, "verdict": verdict, "actor": actor}
    return client.post(f"/v1/reviews/{made['id']}/stages", json=said)


def verify(client: TestClient, made: Any, text: str = DRAFT, **fields: Any) -> Any:
    """Ask whether a text may be published."""
    asked = client.post("/v1/reviews/verify", json={"token": made["token"], "text": text, **fields})
    assert asked.status_code == 200, asked.text
    return asked.json()
