"""What the tests share: one engine, one application."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from app.engine import Engine
from app.main import create_app
from app.settings import Settings


@pytest.fixture(scope="session")
def engine() -> Engine:
    """The engine as shipped."""
    return Engine.load()


@pytest.fixture(scope="session")
def client() -> Iterator[TestClient]:
    """The application as shipped, without a network between."""
    with TestClient(create_app(Settings())) as client:
        yield client
