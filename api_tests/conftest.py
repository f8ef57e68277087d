"""What the tests share: one engine, one application, databases of their own."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from api_tests.page_kit import PATIENCE
from api_tests.postgresql import Server, serving
from api_tests.service import OWN
from app.engine import Engine
from app.main import create_app
from app.settings import Settings
from app.store.database import Database

NO_CHROMIUM = "没有 chromium，不能测试网页；Debian 上可执行：apt-get install -y chromium fonts-noto-cjk"
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

# The tests, and the commands they run, must not see the site lexicon of whoever runs them.
_OWN_DATA = tempfile.TemporaryDirectory(prefix="shenjiao-tests-")
os.environ["SHENJIAO_DATABASE_URL"] = f"sqlite:///{_OWN_DATA.name}/tests.db"
# Nor do services that are up for something else work on scans that somebody asks for.
os.environ["SHENJIAO_SCAN_INBOX"] = f"{_OWN_DATA.name}/scans"
os.environ["SHENJIAO_SCAN_WORKERS"] = "0"


@pytest.fixture(scope="session")
def engine() -> Engine:
    """The engine as shipped."""
    return Engine.load()


@pytest.fixture(scope="session")
def client() -> Iterator[TestClient]:
    """The application as shipped, without a network between."""
    with TestClient(create_app(Settings()), client=OWN) as client:
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


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser of this run."""
    chromium = shutil.which("chromium")
    if chromium is None:
        if "CI" in os.environ:
            pytest.fail(NO_CHROMIUM)
        pytest.skip(NO_CHROMIUM)
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=chromium, args=QUIET) as browser,
    ):
        yield browser


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser that has been nowhere yet."""
    with browser.new_context(viewport={"width": 1280, "height": 800}) as context:
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        context.set_default_timeout(PATIENCE)
        yield context
