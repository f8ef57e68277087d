"""Has scans that were asked for over the API worked on, by a process of low priority beside the service.

That process is `shenjiao scan work`. It takes what waits, one run after the other, and ends; one of a machine works at a
time, however many serve. A service that ends has it stop in good order; one that is killed finds its runs where they were.
"""

from __future__ import annotations

import asyncio
import fcntl
import logging
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from anyio import CancelScope, CapacityLimiter, to_thread

from app.archive.inbox import Inbox
from app.scan_requests import REQUESTED
from app.store.database import Database, DatabaseError
from app.store.scan_runs import Run, ScanRuns

LOG = logging.getLogger("shenjiao")
INTERVAL = 2.0
"""Seconds between two looks for runs."""
PAUSE = 30.0
"""Seconds after a process that could not work."""
GRACE = 15.0
"""Seconds in which a process that was asked to stop must have done so."""
LOCK = "lock"


def waiting(database: Database) -> Sequence[Run]:
    """List the runs that were asked for over the API, can be worked on here, and are not done; the first one first.

    Raises:
        DatabaseError: see there.
    """
    unfinished = ScanRuns(database).unfinished()
    return [run for run in unfinished if run.options.get(REQUESTED) and Path(run.source).exists()]


@contextmanager
def alone(inbox: Inbox) -> Iterator[bool]:
    """Be the one who works on what this inbox knows of, and tell whether one is; it ends with the process at the latest."""
    inbox.make()
    with (inbox.folder / LOCK).open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


class ScanWatch:
    """One service's part in having scans worked on."""

    def __init__(self, database: Database, inbox: Inbox, environment: Mapping[str, str]) -> None:
        """Watch the runs of a database.

        Args:
            database: where they are written down.
            inbox: tells those who work apart from those who wait.
            environment: the settings of the service, for the process.
        """
        self._database = database
        self._inbox = inbox
        self._environment = environment
        self._process: subprocess.Popen[bytes] | None = None

    async def keep_watching(self) -> None:
        """Look every two seconds, for as long as the service runs."""
        limiter = CapacityLimiter(1)
        try:
            while True:
                pause = INTERVAL
                try:
                    pause = await to_thread.run_sync(self.look, limiter=limiter)
                except (DatabaseError, OSError) as error:
                    LOG.error("scans not looked for: %s", type(error).__name__)  # noqa: TRY400 without the driver's words
                await asyncio.sleep(pause)
        finally:
            with CancelScope(shield=True):
                await to_thread.run_sync(self.end)

    def look(self) -> float:
        """Start a process if there is something to do and nobody does it; give the seconds until the next look."""
        if self._process is not None:
            ending = self._process.poll()
            if ending is None:
                return INTERVAL
            self._process = None
            if ending:
                LOG.error("scans not worked on: exit code %s", ending)
                return PAUSE
        if waiting(self._database) and self._is_free():
            self._process = subprocess.Popen(
                [sys.executable, "-m", "app.cli", "scan", "work"],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                env=os.environ | self._environment,
                # A signal from the terminal reaches the service, which passes it on.
                start_new_session=True,
            )
        return INTERVAL

    def end(self) -> None:
        """Have the process stop in good order, or at least stop."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(GRACE)
        except subprocess.TimeoutExpired:
            # What it has on lease is freed when its runs are taken up again.
            self._process.kill()
            self._process.wait()
        self._process = None

    def _is_free(self) -> bool:
        with alone(self._inbox) as free:
            return free
