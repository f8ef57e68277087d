"""A site with an editor, in front of the real service, which is started by its own command."""

import os
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from wagtail.models import Page, Site

from tests.desk import Desk

PROJECT = Path(__file__).resolve().parents[3]
SHENJIAO = PROJECT / ".venv" / "bin" / "shenjiao"
PATIENCE = 180.0
"""Seconds until a service that does not answer counts as broken; it reads its lexicons first."""


@dataclass(frozen=True, slots=True)
class Service:
    """The service, and keys to it."""

    address: str
    key: str
    """Of the site: role check."""
    key_of_readers: str
    """Of those who sign the stages: role review."""


@pytest.fixture(scope="session")
def service() -> Iterator[Service]:
    """The service, on a free port and with a database of its own, asking for keys."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with (
        tempfile.TemporaryDirectory(prefix="shenjiao-wagtail-") as folder,
        Path(folder, "log").open("wb") as log,
    ):
        environment = {
            **os.environ,
            "SHENJIAO_DATABASE_URL": f"sqlite:///{folder}/gate.db",
            "PYTHONPATH": str(PROJECT),
        }
        keys = [_made_key(role, environment) for role in ("check", "review")]
        command = [SHENJIAO, "serve", "--port", str(port)]
        process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, env=environment)
        address = f"http://127.0.0.1:{port}"
        try:
            give_up = time.monotonic() + PATIENCE
            while not _is_ready(address):
                assert process.poll() is None, Path(folder, "log").read_text()
                assert time.monotonic() < give_up, "the service does not answer"
                time.sleep(0.1)
            yield Service(address, *keys)
        finally:
            process.terminate()
            process.wait()


def _made_key(role: str, environment: dict[str, str]) -> str:
    command = [SHENJIAO, "keys", "create", "--name", role, "--role", role, "--rate", "100000"]
    made = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=environment)
    return made.stdout.strip()


def _is_ready(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/readyz") as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, ConnectionError):
        return False


@pytest.fixture(autouse=True)
def _pointed_at_the_service(service: Service, settings: Any) -> None:
    # Every test has pages numbered anew, which the service must not take for those of the test before.
    own = {"URL": service.address, "KEY": service.key, "DOCUMENTS": f"wagtail-{uuid4().hex}"}
    settings.SHENJIAO = {**settings.SHENJIAO, **own}


@pytest.fixture
def dead(settings: Any) -> None:
    """The service, switched off: nothing listens at its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        settings.SHENJIAO = {**settings.SHENJIAO, "URL": f"http://127.0.0.1:{probe.getsockname()[1]}"}


@pytest.fixture
def home(db: None) -> Page:
    """The front page, below which the notices lie."""
    root = Page.get_first_root_node()
    for child in root.get_children():
        child.delete()
    root = Page.get_first_root_node()
    page = root.add_child(instance=Page(title="首页", slug="home"))
    Site.objects.all().delete()
    Site.objects.create(hostname="testserver", root_page=page, is_default_site=True)
    return page


@pytest.fixture
def desk(home: Page) -> Desk:
    """The desk of an editor who may publish."""
    user = get_user_model().objects.create_superuser("zhao", "zhao@example.com", "secret")
    client = Client()
    client.force_login(user)
    return Desk(client, home, user)
