"""The runs over archives: begun, planned piece by piece, done or stopped."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, Select, func, insert, select, update

from app.store.database import Database
from app.store.scan_tables import RUNS, SHARDS
from app.store.writing import UnknownError

LEASE = 60
"""Seconds in which whoever works on a piece of a run must say so again."""
PLAN = 0
"""The shard that stands for the plan: whoever has it on lease makes the others."""


class RunState(StrEnum):
    """How far a run has come."""

    PLANNING = "planning"
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"

    @property
    def label(self) -> str:
        """The name that editors read."""
        return {
            RunState.PLANNING: "正在列出文稿",
            RunState.RUNNING: "正在检查",
            RunState.DONE: "已完成",
            RunState.STOPPED: "已停止",
        }[self]


class ShardState(StrEnum):
    """How far a shard has come."""

    WAITING = "waiting"
    TAKEN = "taken"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class NewRun:
    """A run that is to begin."""

    site: str
    source: str
    options: Mapping[str, Any]
    """How its documents are listed and checked, as JSON."""
    lexicon_version: str
    site_lexicon_version: int
    created_by: str = ""
    previous: int | None = None
    """The run that it is to be compared with, if not the last one of the site."""


@dataclass(frozen=True, slots=True)
class Run:
    """A run as it is now."""

    number: int
    site: str
    source: str
    options: Mapping[str, Any]
    state: RunState
    previous: int | None
    """The run that it is compared with: the last one of the same site that was done."""
    lexicon_version: str
    site_lexicon_version: int
    created_at: str
    """ISO 8601, UTC, to the second; so is the end."""
    created_by: str
    finished_at: str | None
    note: str
    """Why it stopped; Chinese."""

    @property
    def day(self) -> date:
        """The day of the run."""
        return date.fromisoformat(self.created_at[:10])


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run has come, in documents."""

    planned: int
    checked: int
    plan_is_whole: bool
    shards_left: int


class ScanRuns:
    """The runs in a database."""

    def __init__(self, database: Database) -> None:
        """Keep runs in a database."""
        self.database = database

    def begin(self, new: NewRun) -> Run:
        """Begin a run: nothing is planned yet.

        Raises:
            UnknownError: the run that it is to be compared with is not there, or not done.
            DatabaseError: see there.
        """
        with self.database.writing() as connection:
            number = (connection.scalar(select(func.max(RUNS.c.number))) or 0) + 1
            done = RUNS.c.state == RunState.DONE.value
            named = RUNS.c.site == new.site if new.previous is None else RUNS.c.number == new.previous
            previous = connection.scalar(select(func.max(RUNS.c.number)).where(done, named))
            if previous is None and new.previous is not None:
                raise UnknownError
            connection.execute(
                insert(RUNS),
                {
                    "number": number,
                    "site": new.site,
                    "source": new.source,
                    "options": dict(new.options),
                    "state": RunState.PLANNING.value,
                    "previous": previous,
                    "lexicon_version": new.lexicon_version,
                    "site_lexicon_version": str(new.site_lexicon_version),
                    "created_at": _now(),
                    "created_by": new.created_by,
                    "note": "",
                },
            )
            connection.execute(
                insert(SHARDS),
                {
                    "run": number,
                    "number": PLAN,
                    "state": ShardState.WAITING.value,
                    "lease_until": 0,
                    "attempts": 0,
                    "documents": 0,
                },
            )
            return run_in(connection, number)

    def get(self, number: int) -> Run:
        """Give a run.

        Raises:
            UnknownError: there is none of that number.
            DatabaseError: see there.
        """
        if not self.database.exists:
            raise UnknownError
        with self.database.reading() as connection:
            return run_in(connection, number)

    def listed(self, site: str | None = None, limit: int = 50, before: int | None = None) -> Sequence[Run]:
        """List runs, the last one first.

        Args:
            site: only those of this site.
            limit: how many at most.
            before: only those of lower numbers, for the next page.
        """
        chosen = select(RUNS).order_by(RUNS.c.number.desc()).limit(limit)
        if site is not None:
            chosen = chosen.where(RUNS.c.site == site)
        if before is not None:
            chosen = chosen.where(RUNS.c.number < before)
        return self._all(chosen)

    def unfinished(self) -> Sequence[Run]:
        """List the runs that are to be worked on, the first one first; not those that have stopped."""
        due = RUNS.c.state.in_([RunState.PLANNING.value, RunState.RUNNING.value])
        return self._all(select(RUNS).where(due).order_by(RUNS.c.number))

    def _all(self, chosen: Select[Any]) -> Sequence[Run]:
        if not self.database.exists:
            return []
        with self.database.reading() as connection:
            return [_run_of(row) for row in connection.execute(chosen)]

    def progress(self, number: int) -> Progress:
        """Tell how far a run has come."""
        done = SHARDS.c.state == ShardState.DONE.value
        counted = select(
            func.coalesce(func.sum(SHARDS.c.documents), 0),
            func.coalesce(func.sum(SHARDS.c.documents).filter(done), 0),
            func.count().filter(~done),
            func.count().filter(done & (SHARDS.c.number == PLAN)),
        ).where(SHARDS.c.run == number)
        with self.database.reading() as connection:
            planned, checked, left, plans = connection.execute(counted).one()
        return Progress(int(planned), int(checked), bool(plans), left)

    def stop(self, number: int, note: str) -> None:
        """Stop a run that is not done; it can be resumed.

        Args:
            number: of the run.
            note: why; Chinese.
        """
        self._become(number, RunState.STOPPED, note)

    def resume(self, number: int) -> Run:
        """Let a run that has stopped, or that nobody works on any more, go on.

        Raises:
            UnknownError: there is none of that number.
        """
        with self.database.writing() as connection:
            planned = select(SHARDS.c.state).where((SHARDS.c.run == number) & (SHARDS.c.number == PLAN))
            state = connection.scalar(planned)
            whole = state == ShardState.DONE.value
            if state != ShardState.TAKEN.value:
                # Nobody waits for this lease. It tells whoever asks that there is somebody, until shards are taken.
                itself = (SHARDS.c.run == number) & (SHARDS.c.number == PLAN)
                connection.execute(update(SHARDS).where(itself).values(lease_until=int(time.time()) + LEASE))
            self._become(number, RunState.RUNNING if whole else RunState.PLANNING, "")
            return run_in(connection, number)

    def _become(self, number: int, state: RunState, note: str) -> None:
        unfinished = (RUNS.c.number == number) & (RUNS.c.state != RunState.DONE.value)
        with self.database.writing() as connection:
            connection.execute(update(RUNS).where(unfinished).values(state=state.value, note=note))


def run_in(connection: Connection, number: int) -> Run:
    """Give a run in a transaction.

    Raises:
        UnknownError: there is none of that number.
    """
    row = connection.execute(select(RUNS).where(RUNS.c.number == number)).one_or_none()
    if row is None:
        raise UnknownError
    return _run_of(row)


def _run_of(row: Row[Any]) -> Run:
    fields = dict(row._mapping)  # noqa: SLF001 - the documented way to a mapping
    fields["state"] = RunState(fields["state"])
    fields["site_lexicon_version"] = int(fields["site_lexicon_version"])
    return Run(**fields)


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
