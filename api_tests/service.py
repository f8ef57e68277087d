"""The service as a process of its own, started by the command that the README names."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

SHENJIAO = str(Path(sys.executable).with_name("shenjiao"))
OWN = ("127.0.0.1", 50_000)
"""Where a client of this machine comes from; without a key nobody else is let in."""
PATIENCE = 120.0
"""Seconds until a service that does not answer counts as broken."""


@contextmanager
def running(
    log: IO[bytes], *options: str, **environment: str
) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Start a service on a free port; give its address and its process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    service = subprocess.Popen(
        [SHENJIAO, "serve", "--port", str(port), *options],
        stdout=log,
        stderr=subprocess.STDOUT,
        env=os.environ | environment,
    )
    try:
        give_up = time.monotonic() + PATIENCE
        while not _is_ready(address):
            assert service.poll() is None, "the service stopped"
            assert time.monotonic() < give_up, "the service does not answer"
            time.sleep(0.05)
        yield address, service
    finally:
        service.terminate()
        service.wait()


def _is_ready(address: str) -> bool:
    try:
        return get(f"{address}/readyz") != ""
    except (urllib.error.URLError, ConnectionError):
        return False


def get(url: str, headers: dict[str, str] | None = None) -> str:
    """Get a page of the service."""
    with urllib.request.urlopen(urllib.request.Request(url, headers=headers or {})) as answer:
        text: str = answer.read().decode()
        return text


def post(url: str, body: bytes) -> tuple[int, str]:
    """Post JSON, or what claims to be JSON; give status and answer."""
    request = urllib.request.Request(url, body, {"content-type": "application/json"})
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as problem:
        with problem:
            return problem.code, problem.read().decode()


def proofread(address: str, text: str) -> Any:
    """Check a text."""
    status, answer = post(f"{address}/v1/proofread", json.dumps({"text": text}).encode())
    assert status == 200
    return json.loads(answer)
