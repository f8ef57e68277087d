"""A site, pointed at the real service, and a browser with an editor before it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page

from api_tests import service
from api_tests.conftest import browser as browser  # noqa: PLC0414 (a fixture of the other tests)
from plugins.wordpress.tests import site as wordpress
from plugins.wordpress.tests.site import EDITOR, PASSWORD, Site

SETTINGS = {"review": "person", "when_down": "hold", "channel": "门户网站"}
PATIENCE = 60_000
"""Milliseconds a locator waits: the editor is large, and PHP's own server slow."""


@dataclass(frozen=True, slots=True)
class Service:
    """The service, and keys to it."""

    address: str
    key: str
    """Of the site: role check."""
    key_of_readers: str
    """Of those who decide: role review."""


@pytest.fixture(scope="session")
def shenjiao(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The service, with a database of its own, asking for keys."""
    folder = tmp_path_factory.mktemp("service")
    own = {"SHENJIAO_DATABASE_URL": f"sqlite:///{folder / 'gate.db'}"}
    keys = [_made_key(role, os.environ | own) for role in ("check", "review")]
    with (folder / "log").open("wb") as log, service.running(log, **own) as (address, _):
        yield Service(address, *keys)


def _made_key(role: str, environment: dict[str, str]) -> str:
    command = [service.SHENJIAO, "keys", "create", "--name", role, "--role", role, "--rate", "100000"]
    made = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=environment)
    return made.stdout.strip()


@pytest.fixture(scope="session")
def _site() -> Iterator[Site]:
    with wordpress.running() as site:
        yield site


@pytest.fixture
def site(_site: Site, shenjiao: Service) -> Iterator[Site]:
    """The site, with the settings as they are by default; PHP must have nothing to complain of."""
    _site.choose(url=shenjiao.address, key=shenjiao.key, **SETTINGS)
    yield _site
    assert _site.complaints() == ""


@pytest.fixture
def desk(site: Site, browser: Browser) -> Iterator[Page]:
    """A browser in which an editor has logged in."""
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        context.set_default_timeout(PATIENCE)
        # Not by the form: a timer of WordPress takes the focus to the name, sometimes between a click and the password.
        answer = context.request.post(
            f"{site.address}/wp-login.php", form={"log": EDITOR, "pwd": PASSWORD}, max_redirects=0
        )
        assert answer.status == 302, "WordPress refused to log the editor in"
        yield context.new_page()
