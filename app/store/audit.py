"""The records, read: page by page, for export, and compared with the tables they tell of."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from sqlalchemy import Column, Connection, Table, func, select

from app.gate.audit import Break, SealedHead, chain_breaks, head_breaks, note_breaks
from app.gate.chain import BEGINNING, Kind, Record
from app.gate.review import verdict_of
from app.store.access_records import access_breaks
from app.store.database import Database
from app.store.gate_tables import CONTENTS, DECISIONS, FINDINGS, HEAD, RECORDS, REVIEWS, STAGES
from app.store.journal import secret_in
from app.store.review_reading import decisions_of
from app.store.review_rows import Columns, found_of

STRETCH = 500
"""Records read at a stretch."""
VERDICT = "verdict"
"""The one column of a review that its record does not say: it changes."""


class Audit:
    """The records in one database."""

    def __init__(self, database: Database) -> None:
        """Read the records of a database; what does not exist yet has none."""
        self.database = database

    def page(self, after: int, limit: int) -> tuple[SealedHead | None, list[Record]]:
        """Give the head, and records in order.

        Args:
            after: only those of higher numbers.
            limit: how many at most.
        """
        if not self.database.exists:
            return None, []
        with self.database.reading() as connection:
            return _head(connection), _stretch(connection, after, limit)

    def records(self) -> Iterator[Record]:
        """Give all records of one moment."""
        if self.database.exists:
            with self.database.reading() as connection:
                yield from chain.from_iterable(_stretches(connection))

    def breaks(self, notes: Mapping[int, str]) -> tuple[SealedHead | None, list[Break]]:
        """Look through everything; give the head and what does not hold, the first break first.

        Args:
            notes: hashes of records that were noted down elsewhere, by number.
        """
        if not self.database.exists:
            return None, list(note_breaks(notes, {}))
        with self.database.reading() as connection:
            return _head(connection), list(_all_breaks(connection, notes))


def _all_breaks(connection: Connection, notes: Mapping[int, str]) -> Iterator[Break]:
    purged = _purged_through(connection)
    last = 0, BEGINNING
    hashes: dict[int, str] = {}

    def seen() -> Iterator[Record]:
        nonlocal last
        for record in chain.from_iterable(_stretches(connection)):
            last = record.number, record.hash
            if record.number in notes:
                hashes[record.number] = record.hash
            yield record

    found = list(chain_breaks(seen(), purged))
    yield from found
    yield from head_breaks(last, _head(connection), secret_in(connection))
    yield from note_breaks(notes, hashes)
    if not found:
        # Contents that are not what they were cannot say what the tables should hold.
        for records in _stretches(connection):
            yield from _table_breaks(connection, records, purged)
        yield from _beyond(connection, last[0])
        yield from access_breaks(connection)


def _head(connection: Connection) -> SealedHead | None:
    row = connection.execute(select(HEAD)).one_or_none()
    return None if row is None else SealedHead(row.number, row.hash, row.seal)


def _purged_through(connection: Connection) -> int:
    purges = select(func.max(RECORDS.c.through)).where(RECORDS.c.kind == Kind.PURGE.value)
    return connection.scalar(purges) or 0


def _stretch(connection: Connection, after: int, limit: int) -> list[Record]:
    chosen = (
        select(RECORDS, CONTENTS.c.content)
        .join(CONTENTS, CONTENTS.c.number == RECORDS.c.number, isouter=True)
        .where(RECORDS.c.number > after)
        .order_by(RECORDS.c.number)
        .limit(limit)
    )
    return [Record(**row) for row in map(dict, connection.execute(chosen).mappings())]


def _stretches(connection: Connection) -> Iterator[list[Record]]:
    after = -(2**31)
    while records := _stretch(connection, after, STRETCH):
        yield records
        after = records[-1].number


def _table_breaks(connection: Connection, records: Sequence[Record], purged: int) -> Iterator[Break]:
    """Compare the tables with what a stretch of records says of them."""
    first, last = records[0].number, records[-1].number
    said: dict[Table, dict[tuple[Any, ...], Columns]] = {
        t: {} for t in (REVIEWS, FINDINGS, DECISIONS, STAGES)
    }
    for record in records:
        if record.content is not None:
            for table, row in _rows_of(record.kind, json.loads(record.content), purged):
                said[table][_key(table, row)] = row
    for table, number in _numbered().items():
        there: dict[tuple[Any, ...], Columns] = {}
        for kept in connection.execute(select(table).where(number.between(first, last))).mappings():
            columns = {name: value for name, value in kept.items() if (table, name) != (REVIEWS, VERDICT)}
            there[_key(table, columns)] = columns
        for key in sorted(said[table].keys() | there.keys()):
            if said[table].get(key) != there.get(key):
                yield Break(key[0], f"数据表 {table.name} 与记录不符")
    yield from _verdict_breaks(connection, [row["number"] for row in said[REVIEWS].values()])


def _rows_of(kind: str, content: dict[str, Any], purged: int) -> Iterator[tuple[Table, Columns]]:
    if kind == Kind.REVIEW:
        yield REVIEWS, content["review"]
        yield from ((FINDINGS, row) for row in content["findings"])
        yield from ((DECISIONS, row) for row in content["decisions"])
    # A purge takes a review with all that was decided about it, even later.
    elif kind == Kind.DECISION and content["decision"]["review"] > purged:
        yield DECISIONS, content["decision"]
    elif kind == Kind.STAGE and content["stage"]["review"] > purged:
        yield STAGES, content["stage"]


def _numbered() -> dict[Table, Column[int]]:
    """Name the column of each table that holds the number of the record that told of a row."""
    return {
        REVIEWS: REVIEWS.c.number,
        FINDINGS: FINDINGS.c.review,
        DECISIONS: DECISIONS.c.record,
        STAGES: STAGES.c.record,
    }


def _key(table: Table, row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(row[column.name] for column in table.primary_key)


def _verdict_breaks(connection: Connection, numbers: Sequence[int]) -> Iterator[Break]:
    decisions = decisions_of(connection, numbers)
    findings: dict[int, list[Any]] = {number: [] for number in numbers}
    for row in connection.execute(select(FINDINGS).where(FINDINGS.c.review.in_(numbers))).mappings():
        findings[row["review"]].append(found_of(dict(row)))
    kept = select(REVIEWS.c.number, REVIEWS.c.verdict).where(REVIEWS.c.number.in_(numbers))
    for number, verdict in connection.execute(kept):
        if verdict != verdict_of(findings[number], decisions.get(number, {})).value:
            yield Break(number, f"数据表 {REVIEWS.name} 中的结论与记录不符")


def _beyond(connection: Connection, last: int) -> Iterator[Break]:
    """Find rows that no record tells of, since none has their number."""
    for table, number in _numbered().items():
        for stray in connection.scalars(select(number).where((number > last) | (number < 1)).limit(1)):
            yield Break(stray, f"数据表 {table.name} 中有记录之外的内容")
    contents = CONTENTS.c.number
    for stray in connection.scalars(select(contents).where((contents > last) | (contents < 1)).limit(1)):
        yield Break(stray, "有内容而没有记录")
