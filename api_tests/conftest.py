"""What the tests share: one engine, one application, databases of their own."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api_tests.postgresql import Server, serving
from app.engine import Engine
from app.main import create_app
from app.settings import Settings
from app.store.database import Database

# The tests, and the commands they run, must not see the site lexicon of whoever runs them.
_OWN_DATA = tempfile.TemporaryDirectory(prefix="shenjiao-tests-")
os.environ["SHENJIAO_DATABASE_URL"] = f"sqlite:///{_OWN_DATA.name}/never-written.db"


@pytest.fixture(scope="session")
def engine() -> Engine:
    """The engine as shipped."""
    return Engine.load()


@pytest.fixture(scope="session")
def client() -> Iterator[TestClient]:
    """The application as shipped, without a network between."""
    with TestClient(create_app(Settings())) as client:
        yield client


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """A PostgreSQL server of this run."""
    with serving() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database; every test that asks runs on both kinds."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'site.db'}"
    server: Server = request.getfixturevalue("postgresql")
    return server.new_database()


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """An empty database."""
    opened = Database(database_url)
    yield opened
    opened.close()
