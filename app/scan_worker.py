"""One process of a scan: takes a shard, plans or checks, writes the result, takes the next one."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Iterable, Iterator, MutableSequence
from dataclasses import dataclass
from enum import IntEnum
from multiprocessing.connection import Connection, wait

from app.archive.document import Document
from app.archive.rows import SourceError
from app.archive.shard_scan import scan_shard
from app.formats.kernel.isolation import WORKER
from app.scan_desk import Desk, plan
from app.scan_engine import engine
from app.store.database import Database, DatabaseError
from app.store.scan_results import finish
from app.store.scan_runs import LEASE, ScanRuns
from app.store.scan_shards import LostLeaseError, ScanShards, owner_name
from detectors.kernel.language.masked_model import MaskedModelError
from detectors.kernel.sources import LexiconError

IDLE_SECONDS = 0.3
"""Between two looks for a shard, where all are taken."""
FIRST_PAUSE, LONGEST_PAUSE = 0.2, 5.0
"""Seconds before a database that did not answer is asked again."""
IN_HAND, SINCE = 0, 1
"""Places of what a process shows its supervisor: the number of a document, and since when (monotonic seconds)."""


class Ending(IntEnum):
    """Exit codes of a process of a scan; any other one is a crash."""

    DONE = 0
    STOPPED = 10
    """It was asked to."""
    UNABLE = 11
    """It has said why."""


@dataclass(frozen=True, slots=True)
class Order:
    """What a process is to do."""

    database_url: str
    run: int
    token: str
    """Tells its owner apart from that of an earlier process of the same number."""
    patience: float
    """Seconds for which a database may be away, or full."""


class _StoppedError(Exception):
    """The process was asked to stop."""


def work(order: Order, shown: MutableSequence[int], notes: Connection) -> None:
    """Work on a run until nothing is left of it; ends the process.

    Args:
        order: what to do.
        shown: which document is in hand, and since when, for the supervisor.
        notes: takes a Chinese note on why the work cannot go on.
    """
    stopping = threading.Event()
    for asked in (signal.SIGINT, signal.SIGTERM):
        signal.signal(asked, lambda *_: stopping.set())
    try:
        ending = _Worker(order, shown, stopping).work()
    except _StoppedError:
        ending = Ending.STOPPED
    except (DatabaseError, SourceError, LexiconError, MaskedModelError) as error:
        notes.send(str(error))
        ending = Ending.UNABLE
    WORKER.stop()
    # Not through the interpreter's end: a supervisor's connections that came along with a fork are not ours to close.
    os._exit(ending)


class _Worker:
    """Does the work of one process."""

    def __init__(self, order: Order, shown: MutableSequence[int], stopping: threading.Event) -> None:
        self._order, self._shown, self._stopping = order, shown, stopping
        self._database = Database(order.database_url)
        self._shards = ScanShards(self._database, owner_name(os.getpid(), order.token))
        self._runs = ScanRuns(self._database)
        self._unsure = False
        """Whether a shard may have been taken without our knowing."""

    def work(self) -> Ending:
        """Work until nothing is left.

        Raises:
            _StoppedError: somebody asked for it.
            DatabaseError: the database was away, or full, for too long.
            SourceError: the source cannot be read.
        """
        threading.Thread(target=self._keep_leases, daemon=True).start()
        desk = None
        failing_since, pause = 0.0, FIRST_PAUSE
        while True:
            try:
                if desk is None:
                    desk = Desk.of(self._runs.get(self._order.run), self._order.database_url)
                if not self._step(desk):
                    return Ending.DONE
                failing_since, pause = 0.0, FIRST_PAUSE
            except LostLeaseError:
                continue
            except DatabaseError:
                failing_since = failing_since or time.monotonic()
                if time.monotonic() - failing_since > self._order.patience or self._stopping.is_set():
                    raise
                self._unsure = True
                self._stopping.wait(pause)
                pause = min(2 * pause, LONGEST_PAUSE)

    def _step(self, desk: Desk) -> bool:
        """Do one piece of work; tell whether there is more."""
        if self._unsure:
            self._shards.give_back(self._order.run)
            self._unsure = False
        self._heed()
        shard = self._shards.take(self._order.run, int(time.time()))
        if shard is None:
            self._stopping.wait(IDLE_SECONDS)
            return self._runs.progress(self._order.run).shards_left > 0
        try:
            if shard.is_plan:
                plan(desk, self._shards, shard, self._heed)
            else:
                documents = list(self._shards.documents(shard))
                result = scan_shard(
                    engine(), desk.layer, self._in_hand(desk.with_texts(documents)), desk.archive.how
                )
                self._heed()
                finish(self._database, shard, result, desk.knows)
        except _StoppedError:
            self._shards.give_back(self._order.run)
            raise
        return True

    def _in_hand(self, documents: Iterable[Document]) -> Iterator[Document]:
        """Show the supervisor which document is in hand, and stop between two when asked to."""
        try:
            for document in documents:
                self._heed()
                self._shown[SINCE] = int(time.monotonic())
                self._shown[IN_HAND] = document.number
                yield document
        finally:
            self._shown[IN_HAND] = 0

    def _heed(self) -> None:
        if self._stopping.is_set():
            raise _StoppedError

    def _keep_leases(self) -> None:
        """Renew what this process has on lease, and end it when its supervisor is gone."""
        supervisor = multiprocessing.parent_process()
        while True:
            if supervisor is None:
                time.sleep(LEASE / 4)
            elif wait([supervisor.sentinel], timeout=LEASE / 4):
                WORKER.stop()
                os._exit(Ending.STOPPED)
            try:
                self._shards.renew(self._order.run, int(time.time()))
            except DatabaseError:
                # If it stays away the lease runs out, and the result is refused.
                continue
