"""The supervisor of a scan: starts processes, replaces those that die, stops in good order.

It holds neither the engine nor any document, so that its memory does not depend on the archive.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from types import FrameType
from typing import Any, TypeVar

from app.scan_engine import process_context
from app.scan_life import is_alive
from app.scan_worker import IN_HAND, SINCE, Ending, Order, work
from app.store.database import Database, DatabaseError
from app.store.scan_close import close
from app.store.scan_runs import Progress, Run, RunState, ScanRuns
from app.store.scan_shards import ScanShards, new_token, owner_name, process_of

T = TypeVar("T")
LOOK_SECONDS = 0.5
"""Between two looks at how far the run has come."""
PATIENCE = 120.0
"""Seconds for which the database may be away, or full, before the run stops."""
DOCUMENT_SECONDS = 3_600
"""For one document with all that belongs to it; whoever takes longer hangs, and is killed."""
GRACE = 20.0
"""Seconds in which a process that was asked to stop must have done so."""
MOST_VAIN_CRASHES = 5
"""Processes may die at work; if so many die in turn and nothing gets done, something else is wrong."""
BY_OPERATOR = "已按要求停止"
CRASHING = "检查进程反复异常退出，请看系统日志（如内存不足）"


@dataclass(frozen=True, slots=True)
class Staff:
    """How a run is worked on."""

    workers: int
    patience: float = PATIENCE


def every_core() -> int:
    """Count the cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def carry_out(
    database: Database, url: str, number: int, staff: Staff, tell: Callable[[Progress], None]
) -> Run:
    """Work on a run until it is done or stopped, by processes of this machine.

    SIGINT and SIGTERM stop it in good order; it can be resumed, also after this process was killed.

    Args:
        database: of the run.
        url: its address, for the processes.
        number: of the run.
        staff: how many processes.
        tell: is told how far the run has come, about twice a second.

    Returns:
        The run as it is in the end; if it has stopped, with a note why.

    Raises:
        UnknownError: there is no such run.
        DatabaseError: the database is away, so that not even the note can be kept.
    """
    supervisor = _Supervisor(database, url, number, staff)
    with told_to_stop(supervisor.stop):
        return supervisor.carry_out(tell)


@dataclass(slots=True)
class _Process:
    """A process at work."""

    process: Any
    token: str
    shown: Any
    notes: Connection

    @property
    def owner(self) -> str:
        return owner_name(self.process.pid, self.token)


class _Supervisor:
    """Looks after the processes of one run."""

    def __init__(self, database: Database, url: str, number: int, staff: Staff) -> None:
        self.stopped = ""
        """Why the run is to stop, once it is."""
        self._database, self._url, self._number, self._staff = database, url, number, staff
        self._runs, self._shards = ScanRuns(database), ScanShards(database)
        self._context: BaseContext = process_context()
        self._processes: list[_Process] = []
        self._progress = Progress(0, 0, plan_is_whole=False, shards_left=1)
        self._vain_crashes = 0

    def stop(self) -> None:
        """Stop in good order, because somebody asked for it."""
        self.stopped = self.stopped or BY_OPERATOR

    def carry_out(self, tell: Callable[[Progress], None]) -> Run:
        """Work on the run to its end, or until it stops."""
        run = self._patiently(lambda: self._runs.resume(self._number))
        self._patiently(lambda: free_the_dead(self._shards, self._number))
        for _ in range(self._staff.workers):
            self._start()
        try:
            while self._processes:
                wait([one.process.sentinel for one in self._processes], timeout=LOOK_SECONDS)
                self._look(tell)
                if self.stopped:
                    self._ask_to_stop()
                    break
        finally:
            self._kill_all()
        if not self.stopped:
            run = self._patiently(lambda: close(self._database, self._number))
        if run.state is not RunState.DONE:
            self._patiently(lambda: self._runs.stop(self._number, self.stopped or CRASHING))
            run = self._runs.get(self._number)
        return run

    def _look(self, tell: Callable[[Progress], None]) -> None:
        for one in list(self._processes):
            if one.process.exitcode is not None:
                self._processes.remove(one)
                self._see_off(one)
            elif one.shown[IN_HAND] and time.monotonic() - one.shown[SINCE] > DOCUMENT_SECONDS:
                one.process.kill()
        try:
            progress = self._runs.progress(self._number)
        except DatabaseError:
            # The processes wait for it, too, and say when they give up.
            return
        if progress.checked > self._progress.checked or progress.planned > self._progress.planned:
            self._vain_crashes = 0
        self._progress = progress
        tell(progress)

    def _see_off(self, one: _Process) -> None:
        """Find out why a process has ended, and start another one in its place where there is more to do."""
        note = _last_words(one)
        if one.process.exitcode == Ending.DONE:
            return
        if one.process.exitcode == Ending.UNABLE:
            self.stopped = self.stopped or note
            return
        if one.process.exitcode != Ending.STOPPED:
            self._make_up_for(one)
        if not self.stopped:
            self._start()

    def _make_up_for(self, one: _Process) -> None:
        """Note what a process that has died had in hand, and free its shards."""
        self._vain_crashes += 1
        if self._vain_crashes > MOST_VAIN_CRASHES:
            self.stopped = self.stopped or CRASHING
        try:
            if document := one.shown[IN_HAND]:
                self._shards.blame(self._number, document)
            self._shards.give_back(self._number, one.owner)
        except DatabaseError:
            # Then nobody is blamed, and the lease runs out.
            return

    def _start(self) -> None:
        token = new_token()
        shown = self._context.RawArray("q", 2)
        receiving, sending = self._context.Pipe(duplex=False)
        order = Order(self._url, self._number, token, self._staff.patience)
        process = self._context.Process(target=work, args=(order, shown, sending))  # type: ignore[attr-defined]
        process.start()
        sending.close()
        self._processes.append(_Process(process, token, shown, receiving))

    def _ask_to_stop(self) -> None:
        for one in self._processes:
            one.process.terminate()
        deadline = time.monotonic() + GRACE
        for one in self._processes:
            one.process.join(max(0.0, deadline - time.monotonic()))

    def _kill_all(self) -> None:
        for one in self._processes:
            one.process.kill()
            one.process.join()
            one.notes.close()
        self._processes.clear()

    def _patiently(self, act: Callable[[], T]) -> T:
        """Do something that needs the database, which may be away for a while.

        Raises:
            DatabaseError: it was away for too long.
        """
        deadline = time.monotonic() + self._staff.patience
        while True:
            try:
                return act()
            except DatabaseError:
                if time.monotonic() > deadline or self.stopped:
                    raise
            time.sleep(LOOK_SECONDS)


@contextmanager
def told_to_stop(stop: Callable[[], None]) -> Iterator[None]:
    """Have SIGINT and SIGTERM stop the work in good order."""

    def heed(_: int, __: FrameType | None) -> None:
        stop()

    before = {asked: signal.signal(asked, heed) for asked in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for asked, handler in before.items():
            signal.signal(asked, handler)


def free_the_dead(shards: ScanShards, run: int) -> None:
    """Free what processes of this machine had on lease that are no more, so that nobody waits for it."""
    for owner in shards.owners(run):
        process = process_of(owner)
        if process is not None and not is_alive(process):
            shards.give_back(run, owner)


def _last_words(one: _Process) -> str:
    """Take the note that a process has left."""
    try:
        return str(one.notes.recv()) if one.notes.poll() else ""
    except EOFError:
        return ""
    finally:
        one.notes.close()
