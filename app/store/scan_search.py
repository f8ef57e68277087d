"""The findings of a run, sought out: by pages, or as a stream that holds a page at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, func, select, tuple_

from app.archive.comparison import Status
from app.store.database import Database
from app.store.scan_tables import DOCUMENTS, FINDINGS
from detectors.kernel.finding import Category

STRETCH = 1000
"""Findings that a stream reads at a time, each in a transaction of its own: whoever reads slowly holds up nobody."""


class Place(NamedTuple):
    """Where a finding stands in the order of its run."""

    document: int
    part: int
    ordinal: int


@dataclass(frozen=True, slots=True)
class SoughtFindings:
    """Which findings of a run to list."""

    run: int
    status: Status | None = None
    category: Category | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A finding as it is kept, with what is known of its document."""

    place: Place
    fields: Mapping[str, Any]


OF_DOCUMENT = (
    "unit",
    "account",
    "kind",
    "record_number",
    "column",
    "address",
    "title",
    "published_on",
)
OF_FINDING = (
    "status",
    "first_found_on",
    "rule",
    "category",
    "severity",
    "start",
    "end",
    "place",
    "place_fields",
    "text",
    "excerpt",
    "message",
    "replacements",
    "note",
)


def findings_after(
    database: Database, sought: SoughtFindings, after: Place | None, limit: int
) -> list[Found]:
    """List findings in the order of their run.

    Args:
        database: of the run.
        sought: which ones.
        after: only those that follow this one.
        limit: how many at most.

    Raises:
        DatabaseError: see there.
    """
    key = (FINDINGS.c.document, FINDINGS.c.part, FINDINGS.c.ordinal)
    conditions: list[ColumnElement[bool]] = [FINDINGS.c.run == sought.run]
    if sought.status is not None:
        conditions.append(FINDINGS.c.status == sought.status.value)
    if sought.category is not None:
        conditions.append(FINDINGS.c.category == sought.category.value)
    if sought.unit is not None:
        conditions.append(DOCUMENTS.c.unit == sought.unit)
    if after is not None:
        conditions.append(tuple_(*key) > tuple_(*after))
    same = (
        (DOCUMENTS.c.run == FINDINGS.c.run)
        & (DOCUMENTS.c.number == FINDINGS.c.document)
        & (DOCUMENTS.c.part == FINDINGS.c.part)
    )
    columns = (
        FINDINGS.c.fingerprint.label("id"),
        DOCUMENTS.c.name.label("document"),
        *(DOCUMENTS.c[name] for name in OF_DOCUMENT),
        *(FINDINGS.c[name] for name in OF_FINDING),
    )
    chosen = select(*key, *columns).join(DOCUMENTS, same).where(*conditions).order_by(*key).limit(limit)
    names = [column.name for column in columns]
    with database.reading() as connection:
        return [
            Found(Place(*row[:3]), dict(zip(names, row[3:], strict=True)))
            for row in connection.execute(chosen)
        ]


def stream(database: Database, sought: SoughtFindings, after: Place | None) -> Iterator[Found]:
    """Give all findings in the order of their run.

    Raises:
        DatabaseError: see there.
    """
    while some := findings_after(database, sought, after, STRETCH):
        yield from some
        after = some[-1].place


def counted(database: Database, run: int) -> dict[Status, int]:
    """Count the findings of a run by their status, zeros included.

    Raises:
        DatabaseError: see there.
    """
    chosen = (
        select(FINDINGS.c.status, func.count().label("number"))
        .where(FINDINGS.c.run == run)
        .group_by(FINDINGS.c.status)
    )
    with database.reading() as connection:
        known = {row.status: row.number for row in connection.execute(chosen)}
    return {status: known.get(status.value, 0) for status in Status}
