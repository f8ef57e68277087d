"""A real PostgreSQL server for one run of the tests: in a folder of its own, on loopback only, no root."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import psycopg
import pytest

NO_POSTGRESQL = "没有 PostgreSQL；Debian 上可执行：./tools/postgresql.sh"
UNPRIVILEGED = ("postgres", "nobody")
PATIENCE = 30.0
"""Seconds until a server that does not answer counts as broken."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server."""

    port: int
    password: str = field(repr=False)
    _launch: Callable[[], subprocess.Popen[bytes]] = field(repr=False)
    _launched: list[subprocess.Popen[bytes]] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=count)

    def start(self) -> None:
        """Start, and wait until it answers."""
        self._launched.append(self._launch())
        _wait_for(self, self._launched[-1])

    def kill(self) -> None:
        """Kill all its processes at a blow, as when the machine goes down."""
        os.killpg(self._launched[-1].pid, signal.SIGKILL)
        self._launched[-1].wait()

    def stop(self) -> None:
        """Shut down fast: the usual way waits for every connection that a failed test left open."""
        self._launched[-1].send_signal(signal.SIGINT)
        self._launched[-1].wait()

    def new_database(self) -> str:
        """Make an empty database and give its address."""
        name = f"shenjiao_{next(self._numbers)}"
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return self.address(name)

    def address(self, database: str) -> str:
        """Give the address of a database."""
        return f"postgresql://shenjiao:{self.password}@127.0.0.1:{self.port}/{database}"


def _binaries() -> Path | None:
    # Debian keeps initdb out of the path, one folder for each version.
    for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        if (folder / "initdb").exists():
            return folder
    found = shutil.which("initdb")
    return Path(found).parent if found else None


def _user() -> str | None:
    """Choose a user to run as: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in UNPRIVILEGED if name in known)


@contextmanager
def serving() -> Iterator[Server]:
    """Start a server, or skip the test where none is installed."""
    binaries = _binaries()
    if binaries is None:
        pytest.skip(NO_POSTGRESQL)
    folder = Path(tempfile.mkdtemp(prefix="shenjiao-postgresql-"))
    user = _user()
    password = secrets.token_hex(16)
    (folder / "password").write_text(password)
    if user is not None:
        for path in (folder, folder / "password"):
            shutil.chown(path, user)
    data = folder / "data"
    try:
        initdb = [str(binaries / "initdb"), "--pgdata", str(data), "--username", "shenjiao", "--no-locale"]
        initdb += ["--encoding", "UTF8", "--auth", "scram-sha-256", "--pwfile", str(folder / "password")]
        subprocess.run(initdb, check=True, capture_output=True, user=user, cwd=folder)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        options = ["-p", str(port), "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="]
        # A separate folder for every run: nothing of it need survive a power cut.
        options += ["-c", "fsync=off", "-c", "log_min_messages=panic"]

        def launch() -> subprocess.Popen[bytes]:
            return subprocess.Popen(
                [str(binaries / "postgres"), "-D", str(data), *options],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                user=user,
                cwd=folder,
                start_new_session=True,
            )

        running = Server(port, password, launch)
        running.start()
        try:
            yield running
        finally:
            running.stop()
    finally:
        shutil.rmtree(folder)


def _wait_for(running: Server, server: subprocess.Popen[bytes]) -> None:
    give_up = time.monotonic() + PATIENCE
    while True:
        try:
            psycopg.connect(running.address("postgres")).close()
        except psycopg.OperationalError:
            assert server.poll() is None, "the server stopped"
            assert time.monotonic() < give_up, "the server does not answer"
            time.sleep(0.05)
        else:
            return
