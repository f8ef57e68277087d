"""A run on a cluster: plans and takes shards here, has Ray check them, writes down what comes back.

To the database it is one process that owns many shards. So a run may change between a cluster and the processes of one
machine at any time, and several drivers may work on one run.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TypeVar

from app.archive.document import Document
from app.archive.result import ShardResult
from app.archive.rows import SourceError
from app.cluster.equipment import Equipment, program_digest
from app.cluster.ray_cluster import ClusterError, RayCluster, connected
from app.scan_desk import Desk, plan
from app.scan_workers import BY_OPERATOR, PATIENCE, free_the_dead, told_to_stop
from app.settings import settings
from app.store.database import Database, DatabaseError
from app.store.scan_close import close
from app.store.scan_results import finish
from app.store.scan_runs import LEASE, Progress, Run, RunState, ScanRuns
from app.store.scan_shards import LostLeaseError, ScanShards, Shard, new_token, owner_name

T = TypeVar("T")
IDLE_SECONDS = 0.3
"""Between two looks for a shard, where all are taken."""
LOOK_SECONDS = 1.0
"""Between two looks at how far the run has come; also how long a result is waited for."""


class _StoppedError(Exception):
    """The driver was asked to stop."""


def carry_out_on_ray(
    database: Database, url: str, number: int, address: str, tell: Callable[[Progress], None]
) -> Run:
    """Work on a run until it is done or stopped, on a cluster.

    SIGINT and SIGTERM stop it in good order; it can be resumed, also after this process was killed.

    Args:
        database: of the run.
        url: its address.
        number: of the run.
        address: of the cluster, see `connected`.
        tell: is told how far the run has come, about every second.

    Returns:
        The run as it is in the end; if it has stopped, with a note why.

    Raises:
        UnknownError: there is no such run.
        DatabaseError: the database is away, so that not even the note can be kept.
        LexiconError, MaskedModelError: see there.
    """
    driver = _Driver(database, number, tell)
    with told_to_stop(driver.stop):
        try:
            driver.carry_out(url, address)
            return close(database, number)
        except _StoppedError:
            note = BY_OPERATOR
        except (ClusterError, DatabaseError, SourceError) as error:
            note = str(error)
        driver.give_up(note)
        return ScanRuns(database).get(number)


class _Driver:
    """Looks after one run."""

    def __init__(self, database: Database, number: int, tell: Callable[[Progress], None]) -> None:
        self._database, self._number, self._tell = database, number, tell
        self._runs = ScanRuns(database)
        self._shards = ScanShards(database, owner_name(os.getpid(), new_token()))
        self._stopping = threading.Event()
        self._on_way: dict[int, Shard] = {}
        self._planning: threading.Thread | None = None
        self._plan_fault: Exception | None = None
        self._told_at = 0.0
        self._unsure = False
        """Whether a shard may have been taken without our knowing."""

    def stop(self) -> None:
        """Stop in good order, because somebody asked for it."""
        self._stopping.set()

    def carry_out(self, url: str, address: str) -> None:
        """Work until nothing is left.

        Raises:
            _StoppedError: somebody asked for it.
            ClusterError, DatabaseError, SourceError: it cannot go on.
        """
        run = self._runs.resume(self._number)
        if run.state is RunState.DONE:
            return
        free_the_dead(self._shards, self._number)
        desk = Desk.of(run, url)
        with connected(address, _equipment(desk)) as cluster, self._leases_kept():
            while self._step(desk, cluster):
                self._tell_progress()
        self._tell_progress(at_once=True)

    def give_up(self, note: str) -> None:
        """Leave the run so that it can be resumed."""
        self._stopping.set()
        if self._planning is not None:
            self._planning.join()
        self._shards.give_back(self._number)
        self._runs.stop(self._number, note)

    def _step(self, desk: Desk, cluster: RayCluster) -> bool:
        """Have the cluster busy, and write down what it brings; tell whether there is more."""
        self._heed()
        if self._plan_fault is not None:
            raise self._plan_fault
        while cluster.wants_more and (shard := self._patiently(self._take)) is not None:
            if shard.is_plan:
                self._planning = threading.Thread(target=self._plan, args=(desk, shard), daemon=True)
                self._planning.start()
            else:
                self._on_way[shard.number] = shard
                cluster.submit(shard.number, self._documents(shard))
        if cluster.is_idle:
            time.sleep(IDLE_SECONDS)
            return self._patiently(self._is_more_left)
        for number, result in cluster.finished(LOOK_SECONDS):
            self._finish(desk, self._on_way.pop(number), result)
        return True

    def _take(self) -> Shard | None:
        if self._unsure and not self._on_way and not self._is_planning:
            self._shards.give_back(self._number)
            self._unsure = False
        try:
            return self._shards.take(self._number, int(time.time()))
        except DatabaseError:
            self._unsure = True
            raise

    def _documents(self, shard: Shard) -> list[Document]:
        return self._patiently(lambda: list(self._shards.documents(shard)))

    def _finish(self, desk: Desk, shard: Shard, result: ShardResult) -> None:
        try:
            self._patiently(lambda: finish(self._database, shard, result, desk.knows))
        except LostLeaseError:
            # Somebody else has done it; or this one has, and the database went away before it could say so.
            return

    def _is_more_left(self) -> bool:
        return self._runs.progress(self._number).shards_left > 0

    @property
    def _is_planning(self) -> bool:
        return self._planning is not None and self._planning.is_alive()

    def _plan(self, desk: Desk, lease: Shard) -> None:
        """Plan beside the work; begun again after a database was away, it goes on where it was."""
        try:
            self._patiently(lambda: plan(desk, self._shards, lease, self._heed))
        except (LostLeaseError, _StoppedError):
            return
        except (DatabaseError, SourceError) as error:
            self._plan_fault = error
        except Exception as error:  # noqa: BLE001 - a thread that died silently would leave the run waiting for its plan
            # Only its kind: a message may quote a title.
            self._plan_fault = ClusterError(f"列出文稿时出错（{type(error).__name__}）")

    def _heed(self) -> None:
        if self._stopping.is_set():
            raise _StoppedError

    @contextmanager
    def _leases_kept(self) -> Iterator[None]:
        """Renew what this process has on lease, for as long as it works."""
        ended = threading.Event()

        def renew() -> None:
            while not ended.wait(LEASE / 4):
                # If the database stays away the lease runs out, and the result is refused.
                with suppress(DatabaseError):
                    self._shards.renew(self._number, int(time.time()))

        threading.Thread(target=renew, daemon=True).start()
        try:
            yield
        finally:
            ended.set()

    def _patiently(self, act: Callable[[], T]) -> T:
        """Do something that needs the database, which may be away for a while.

        Raises:
            DatabaseError: it was away for too long.
        """
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                return act()
            except DatabaseError:
                if time.monotonic() > deadline or self._stopping.wait(LOOK_SECONDS):
                    raise

    def _tell_progress(self, *, at_once: bool = False) -> None:
        now = time.monotonic()
        if at_once or now - self._told_at > LOOK_SECONDS:
            self._told_at = now
            with suppress(DatabaseError):
                self._tell(self._runs.progress(self._number))


def _equipment(desk: Desk) -> Equipment:
    chosen, entries = settings(), desk.layer.entries
    return Equipment(
        archive=desk.archive,
        lexicons=chosen.lexicons,
        masked_model=chosen.masked_model,
        site_entries=tuple(kept for number in entries if (kept := entries.get(number))),
        site_version=desk.layer.version,
        program=program_digest(chosen.lexicons, chosen.masked_model),
    )
