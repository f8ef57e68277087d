"""A site, pointed at the real service, and a browser with an editor before it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from api_tests import service
from api_tests.conftest import browser as browser  # noqa: PLC0414 (a fixture of the other tests)
from plugins.wordpress.tests import site as wordpress
from plugins.wordpress.tests.site import EDITOR, PASSWORD, Site

SETTINGS = {"review": "person", "when_down": "hold", "key": "", "channel": "门户网站"}
PATIENCE = 60_000
"""Milliseconds a locator waits: the editor is large, and PHP's own server slow."""


@pytest.fixture(scope="session")
def shenjiao(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The service, with a database of its own; gives its address."""
    folder = tmp_path_factory.mktemp("service")
    database = f"sqlite:///{folder / 'gate.db'}"
    with (
        (folder / "log").open("wb") as log,
        service.running(log, SHENJIAO_DATABASE_URL=database) as (address, _),
    ):
        yield address


@pytest.fixture(scope="session")
def _site() -> Iterator[Site]:
    with wordpress.running() as site:
        yield site


@pytest.fixture
def site(_site: Site, shenjiao: str) -> Iterator[Site]:
    """The site, with the settings as they are by default; PHP must have nothing to complain of."""
    _site.choose(url=shenjiao, **SETTINGS)
    yield _site
    assert _site.complaints() == ""


@pytest.fixture
def desk(site: Site, browser: Browser) -> Iterator[Page]:
    """A browser in which an editor has logged in."""
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.goto(f"{site.address}/wp-login.php")
        page.fill("#user_login", EDITOR)
        page.fill("#user_pass", PASSWORD)
        page.click("#wp-submit")
        page.wait_for_url("**/wp-admin/**")
        yield page
