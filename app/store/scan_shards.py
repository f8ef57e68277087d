"""The shards of a run: taken on a lease, renewed while the work goes on, given back, done once.

An owner is a process. A shard whose lease has run out may be taken by another one; what the first one still
brings is refused, since whoever writes a result must own the shard in the same transaction.
"""

from __future__ import annotations

import os
import secrets
import socket
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, Row, Select, func, insert, or_, select, update

from app.archive.document import Document
from app.archive.left_out import LeftOut
from app.store.database import Database
from app.store.scan_left_out import add_left_out
from app.store.scan_runs import LEASE, PLAN, RunState, ShardState
from app.store.scan_tables import DOCUMENTS, RUNS, SHARDS

MOST_CRASHES = 2
"""So many processes may die with a document in hand; then it is a failure."""
CRASHED = "检查这个文件时进程两次异常退出"
HOST_LENGTH = 30
NOTHING: Mapping[LeftOut, int] = MappingProxyType({})


class LostLeaseError(Exception):
    """Somebody else has the shard now, or it is done."""


@dataclass(frozen=True, slots=True)
class Shard:
    """A shard on lease."""

    run: int
    number: int
    owner: str
    attempts: int
    """How often it was taken, this time included."""

    @property
    def is_plan(self) -> bool:
        """Tell whether it stands for the plan."""
        return self.number == PLAN


class ScanShards:
    """The shards in a database, for one owner."""

    def __init__(self, database: Database, owner: str | None = None) -> None:
        """Take shards for an owner; by default for this process."""
        self.database = database
        self.owner = owner or owner_name(os.getpid(), new_token())

    def take(self, run: int, now: int) -> Shard | None:
        """Take the first shard that nobody has, if there is one.

        Args:
            run: its number.
            now: seconds since 1970.

        Raises:
            DatabaseError: see there.
        """
        free = or_(
            SHARDS.c.state == ShardState.WAITING.value,
            (SHARDS.c.state == ShardState.TAKEN.value) & (SHARDS.c.lease_until < now),
        )
        first = select(SHARDS.c.number).where(SHARDS.c.run == run, free).order_by(SHARDS.c.number).limit(1)
        # Rows that another one is just taking are passed over; SQLite has one writer at a time anyway.
        first = first.with_for_update(skip_locked=True)
        taking = (
            update(SHARDS)
            .where(SHARDS.c.run == run, SHARDS.c.number == first.scalar_subquery())
            .values(
                state=ShardState.TAKEN.value,
                owner=self.owner,
                lease_until=now + LEASE,
                attempts=SHARDS.c.attempts + 1,
            )
            .returning(SHARDS.c.number, SHARDS.c.attempts)
        )
        with self.database.sharing() as connection:
            row = connection.execute(taking).one_or_none()
            return None if row is None else Shard(run, row.number, self.owner, row.attempts)

    def renew(self, run: int, now: int) -> None:
        """Renew the leases of the owner."""
        own = _owned_by(run, self.owner)
        with self.database.sharing() as connection:
            connection.execute(update(SHARDS).where(own).values(lease_until=now + LEASE))

    def give_back(self, run: int, owner: str | None = None) -> None:
        """Let others take what an owner has, without waiting for the lease to run out."""
        own = _owned_by(run, owner or self.owner)
        with self.database.sharing() as connection:
            connection.execute(update(SHARDS).where(own).values(state=ShardState.WAITING.value, owner=None))

    def owners(self, run: int) -> Sequence[str]:
        """List who has shards of a run."""
        taken = (SHARDS.c.run == run) & (SHARDS.c.state == ShardState.TAKEN.value)
        with self.database.reading() as connection:
            return [
                owner for owner in connection.scalars(select(SHARDS.c.owner).where(taken).distinct()) if owner
            ]

    def add(
        self, plan: Shard, documents: Sequence[Document], left_out: Mapping[LeftOut, int] = NOTHING
    ) -> None:
        """Add a shard to the plan.

        Args:
            plan: the lease on the plan.
            documents: in the order of the source; two of one name are told apart by number.
            left_out: files that lie before the last of these documents, and after those of the shard before.

        Raises:
            LostLeaseError: another one makes the plan now.
        """
        with self.database.sharing() as connection:
            require_owned(connection, plan)
            last = select(func.max(SHARDS.c.number)).where(SHARDS.c.run == plan.run)
            number = (connection.scalar(last) or PLAN) + 1
            shard = {
                "run": plan.run,
                "number": number,
                "state": ShardState.WAITING.value,
                "lease_until": 0,
                "attempts": 0,
                "documents": len(documents),
            }
            connection.execute(insert(SHARDS), shard)
            named = _told_apart(connection, plan.run, documents)
            rows = [_row_of(document) | {"run": plan.run, "shard": number} for document in named]
            connection.execute(insert(DOCUMENTS), rows)
            add_left_out(connection, plan.run, left_out)

    def last_planned(self, run: int) -> Document | None:
        """Give the last document of the plan as it is now."""
        chosen = _own_documents(run).order_by(DOCUMENTS.c.number.desc()).limit(1)
        with self.database.reading() as connection:
            row = connection.execute(chosen).one_or_none()
            return None if row is None else _document_of(row)

    def end_plan(self, plan: Shard, left_out: Mapping[LeftOut, int] = NOTHING) -> None:
        """Say that the plan is whole.

        Args:
            plan: the lease on it.
            left_out: files that lie after the last document.

        Raises:
            LostLeaseError: another one makes the plan now.
        """
        with self.database.sharing() as connection:
            require_owned(connection, plan)
            add_left_out(connection, plan.run, left_out)
            mark_done(connection, plan)
            planning = (RUNS.c.number == plan.run) & (RUNS.c.state == RunState.PLANNING.value)
            connection.execute(update(RUNS).where(planning).values(state=RunState.RUNNING.value))

    def documents(self, shard: Shard) -> Iterator[Document]:
        """Give the documents of a shard in their order; one that has killed two processes comes with a fault."""
        chosen = _own_documents(shard.run).add_columns(DOCUMENTS.c.crashes)
        chosen = chosen.where(DOCUMENTS.c.shard == shard.number).order_by(DOCUMENTS.c.number)
        with self.database.reading() as connection:
            rows = connection.execute(chosen).all()
        for row in rows:
            document = _document_of(row)
            yield replace(document, fault=CRASHED) if row.crashes >= MOST_CRASHES else document

    def blame(self, run: int, document: int) -> None:
        """Note that a process died with a document in hand."""
        itself = (DOCUMENTS.c.run == run) & (DOCUMENTS.c.number == document) & (DOCUMENTS.c.part == 0)
        with self.database.sharing() as connection:
            connection.execute(update(DOCUMENTS).where(itself).values(crashes=DOCUMENTS.c.crashes + 1))


def new_token() -> str:
    """Tell a process apart from an earlier one of the same number."""
    return secrets.token_hex(4)


def owner_name(process: int, token: str) -> str:
    """Name a process of this machine so that nobody else is called so."""
    return f"{socket.gethostname()[:HOST_LENGTH]}:{process}:{token}"


def process_of(owner: str) -> int | None:
    """Give the process that an owner is, if it is one of this machine."""
    host, process, _ = owner.rsplit(":", 2)
    return int(process) if host == socket.gethostname()[:HOST_LENGTH] else None


def require_owned(connection: Connection, shard: Shard) -> None:
    """See to it that a shard is still on lease to its owner, and stays so until the transaction ends.

    Raises:
        LostLeaseError: it is not.
    """
    own = _owned_by(shard.run, shard.owner) & (SHARDS.c.number == shard.number)
    if connection.execute(select(SHARDS.c.number).where(own).with_for_update()).one_or_none() is None:
        raise LostLeaseError


def mark_done(connection: Connection, shard: Shard) -> None:
    """Mark a shard as done, in the transaction of its result."""
    itself = (SHARDS.c.run == shard.run) & (SHARDS.c.number == shard.number)
    connection.execute(update(SHARDS).where(itself).values(state=ShardState.DONE.value, owner=None))


def _owned_by(run: int, owner: str) -> Any:
    return (SHARDS.c.run == run) & (SHARDS.c.owner == owner) & (SHARDS.c.state == ShardState.TAKEN.value)


FIELDS = (
    "number",
    "name",
    "location",
    "position",
    "unit",
    "account",
    "kind",
    "record_number",
    "column",
    "address",
    "title",
    "published_on",
)
"""What a row and a document call alike."""


def _own_documents(run: int) -> Select[Any]:
    chosen = select(*(DOCUMENTS.c[name] for name in FIELDS), DOCUMENTS.c.reason)
    return chosen.where(DOCUMENTS.c.run == run, DOCUMENTS.c.part == 0)


def _row_of(document: Document) -> dict[str, Any]:
    return {name: getattr(document, name) for name in FIELDS} | {"part": 0, "reason": document.fault}


def _document_of(row: Row[Any]) -> Document:
    known = row._mapping  # noqa: SLF001 - the documented way to a mapping
    return Document(**{name: known[name] for name in FIELDS}, fault=known["reason"])


def _told_apart(connection: Connection, run: int, documents: Sequence[Document]) -> Iterator[Document]:
    """Number those that have the name of an earlier one: what became of each must be told from one run to the next."""
    known = select(DOCUMENTS.c.name).where(DOCUMENTS.c.run == run)
    taken = set(connection.scalars(known.where(DOCUMENTS.c.name.in_([one.name for one in documents]))))
    for document in documents:
        name, twin = document.name, 1
        while name in taken:
            twin += 1
            name = f"{document.name} ({twin})"
            if connection.scalar(known.where(DOCUMENTS.c.name == name).limit(1)) is not None:
                taken.add(name)
        taken.add(name)
        yield replace(document, name=name)
