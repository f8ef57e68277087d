"""Ray as the place where shards are checked: each is a task, lost ones are done again, what kills is told apart."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import ray
from ray.exceptions import (
    NodeDiedError,
    ObjectLostError,
    OutOfMemoryError,
    RayError,
    RayTaskError,
    WorkerCrashedError,
)

from app.archive.document import Document
from app.archive.result import ShardResult
from app.archive.rows import SourceError
from app.cluster import LOCAL, node
from app.cluster.equipment import Equipment
from app.store.scan_shards import CRASHED

RETRIES = 1
"""So often a task whose process or machine is lost is done again, before its documents are tried one by one."""
SHARDS_PER_PROCESSOR = 2
"""Tasks on their way for each processor: while one is checked, the next one has arrived."""
WORKER_MEMORY = 700 * 1024 * 1024
"""Bytes that Ray sets aside for a process: so many fit on a machine as have room, even if it has more processors."""
LOCAL_STORE = 256 * 1024 * 1024
"""Bytes of shared memory for what is on its way, where Ray runs on this machine alone."""
LOST = (WorkerCrashedError, NodeDiedError, OutOfMemoryError, ObjectLostError)
OTHER_PROGRAM = "集群中有的机器所装的程序、词库或模型与本机不同；请在各台机器上装同一版本"


class ClusterError(Exception):
    """The cluster cannot be used; the message is Chinese and quotes nothing."""


@dataclass(frozen=True, slots=True)
class _Task:
    """A task on its way: a shard, or one document of it."""

    shard: int
    documents: Sequence[Document]
    order: int | None = None
    """Of a single document: its place within the shard."""


@contextmanager
def connected(address: str, equipment: Equipment) -> Iterator[RayCluster]:
    """Connect to a cluster for one run.

    Args:
        address: `auto` or host and port of a running one, or `local` to start one here.
        equipment: what each of its processes works with.

    Raises:
        ClusterError: it does not answer.
    """
    # Ray would tell its makers of each cluster that is started.
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    quiet = {"log_to_driver": False, "logging_level": "ERROR"}
    with tempfile.TemporaryDirectory(prefix="shenjiao-ray-", ignore_cleanup_errors=True) as folder:
        own = {"_temp_dir": folder, "include_dashboard": False, "object_store_memory": LOCAL_STORE}
        try:
            ray.init(address, **quiet, **(own if address == LOCAL else {}))
            yield RayCluster(equipment)
        except (ConnectionError, RayError) as error:
            raise ClusterError(f"集群无法使用（{type(error).__name__}）") from None
        finally:
            ray.shutdown()


class RayCluster:
    """Checks the shards of one run."""

    def __init__(self, equipment: Equipment) -> None:
        """Make the equipment known to all processes."""
        self._equipment = [ray.put(equipment)]
        self._check = ray.remote(num_cpus=1, memory=WORKER_MEMORY, max_retries=RETRIES)(node.check)
        self._tasks: dict[Any, _Task] = {}
        self._apart: dict[int, dict[int, ShardResult]] = {}
        """Of shards that are checked document by document, what has come already."""

    @property
    def wants_more(self) -> bool:
        """Tell whether a further shard should be submitted now."""
        processors = int(ray.cluster_resources().get("CPU", 1))
        return len(self._tasks) < processors * SHARDS_PER_PROCESSOR

    @property
    def is_idle(self) -> bool:
        """Tell whether nothing is on its way."""
        return not self._tasks

    def submit(self, shard: int, documents: Sequence[Document]) -> None:
        """Have a shard checked.

        Args:
            shard: its number, by which the result is told.
            documents: at least one, as the plan has them.
        """
        self._send(_Task(shard, documents))

    def finished(self, seconds: float) -> Iterator[tuple[int, ShardResult]]:
        """Wait until a shard is done; give the number and the result of each that is.

        Args:
            seconds: how long to wait at most.

        Raises:
            ClusterError: no machine can go on, or one would give other results.
        """
        if not self._tasks:
            return
        done, _ = ray.wait(list(self._tasks), num_returns=1, timeout=seconds)
        for reference in done:
            task = self._tasks.pop(reference)
            try:
                result = ray.get(reference)
            except LOST:
                self._send_again(task)
                continue
            except node.OtherProgramError:
                raise ClusterError(OTHER_PROGRAM) from None
            except SourceError as error:
                raise ClusterError(f"集群中有的机器读不到来源：{error}") from None
            except RayTaskError as error:
                raise ClusterError(f"集群检查文稿时出错（{_kind(error)}）") from None
            if (whole := self._whole(task, result)) is not None:
                yield task.shard, whole

    def _send(self, task: _Task) -> None:
        self._tasks[self._check.remote(self._equipment, task.documents)] = task

    def _send_again(self, task: _Task) -> None:
        """Find out which document takes processes with it; one that does so alone is not read any more."""
        if task.order is None:
            self._apart[task.shard] = {}
            for order, document in enumerate(task.documents):
                self._send(_Task(task.shard, (document,), order))
            return
        (document,) = task.documents
        self._send(replace(task, documents=(replace(document, fault=CRASHED),)))

    def _whole(self, task: _Task, result: ShardResult) -> ShardResult | None:
        """Give the result of the shard, unless other documents of it are still on their way."""
        if task.order is None:
            return result
        apart = self._apart[task.shard]
        apart[task.order] = result
        if any(other.shard == task.shard for other in self._tasks.values()):
            return None
        del self._apart[task.shard]
        return _joined([apart[order] for order in sorted(apart)])


def _joined(results: Sequence[ShardResult]) -> ShardResult:
    """Make one result of those of the documents, as if they had been checked together."""
    documents = tuple(document for result in results for document in result.documents)
    cards = {card.code: card for result in results for card in result.rules}
    return ShardResult(documents, tuple(cards[code] for code in sorted(cards)))


def _kind(error: RayTaskError) -> str:
    cause = error.cause
    return str(cause) if isinstance(cause, node.ShardFailedError) else type(cause).__name__
