"""What the tables of a scan are asked for: counts, made by the database; no article and no finding is loaded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, func, or_, select

from app.archive.columns import Seen
from app.archive.comparison import Status
from app.archive.left_out import Reason, by_reason
from app.archive.result import Outcome
from app.store.scan_left_out import left_out_of
from app.store.scan_runs import RunState
from app.store.scan_tables import DOCUMENTS, FINDINGS, RUNS
from app.working_days import CHINA
from detectors.kernel.finding import Category, Severity


class NoReportError(Exception):
    """There is nothing to report of yet; the message is Chinese."""


@dataclass(frozen=True, slots=True)
class RunFacts:
    """What is said of a run as a whole."""

    number: int
    site: str
    day: date
    """On which it was begun, in China."""
    is_first: bool
    """Of its site: nothing was compared."""
    lexicon_version: str
    left_out: Mapping[Reason, int]
    """Files of the source that were not to be checked."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Who answers for an article, and where it was published."""

    unit: str
    account: str
    kind: str
    record_number: str


@dataclass(frozen=True, slots=True)
class FindingCount:
    """Findings that are alike."""

    place: Place
    category: Category
    severity: Severity
    status: Status
    first_found_on: date
    count: int


@dataclass(frozen=True, slots=True)
class DocumentCount:
    """The articles of one place."""

    place: Place
    articles: int
    parts: int
    """Attachments and members of archives."""
    failed: int
    """Of articles and parts together."""
    characters: int
    undated: int
    """Articles without a day."""


PLACE = (DOCUMENTS.c.unit, DOCUMENTS.c.account, DOCUMENTS.c.kind, DOCUMENTS.c.record_number)
PRESENT = or_(DOCUMENTS.c.verdict.is_(None), DOCUMENTS.c.verdict != Outcome.GONE.value)
"""What is gone from the archive has a row for its findings alone."""
TO_BE_READ = or_(
    DOCUMENTS.c.verdict == Outcome.FAILED.value, and_(PRESENT, DOCUMENTS.c.characters.is_not(None))
)
"""An archive of files has no text of its own; its members have."""
OF_DOCUMENT = and_(
    FINDINGS.c.run == DOCUMENTS.c.run,
    FINDINGS.c.document == DOCUMENTS.c.number,
    FINDINGS.c.part == DOCUMENTS.c.part,
)


def run_facts(connection: Connection, run: int) -> RunFacts:
    """Give what is said of a run.

    Raises:
        NoReportError: there is none of that number, or it is not done.
    """
    row = connection.execute(select(RUNS).where(RUNS.c.number == run)).one_or_none()
    if row is None:
        raise NoReportError(f"没有第 {run} 次扫描")
    if row.state != RunState.DONE:
        raise NoReportError(f"第 {run} 次扫描还没有完成，不能出报告")
    day = datetime.fromisoformat(row.created_at).astimezone(CHINA).date()
    return RunFacts(
        run, row.site, day, row.previous is None, row.lexicon_version, by_reason(left_out_of(connection, run))
    )


def finding_counts(connection: Connection, run: int) -> list[FindingCount]:
    """Count findings by everything that the report tells apart."""
    kinds = (FINDINGS.c.category, FINDINGS.c.severity, FINDINGS.c.status, FINDINGS.c.first_found_on)
    chosen = (
        select(*PLACE, *kinds, func.count())
        .join_from(FINDINGS, DOCUMENTS, OF_DOCUMENT)
        .where(FINDINGS.c.run == run)
        .group_by(*PLACE, *kinds)
        .order_by(*PLACE, *kinds)
    )
    return [
        FindingCount(Place(*place), Category(category), Severity(severity), Status(status), found_on, count)
        for *place, category, severity, status, found_on, count in connection.execute(chosen)
    ]


def document_counts(connection: Connection, run: int) -> list[DocumentCount]:
    """Count articles and what belongs to them, place by place."""
    itself = DOCUMENTS.c.part == 0
    chosen = (
        select(
            *PLACE,
            _number_of(itself),
            _number_of(~itself),
            _number_of(DOCUMENTS.c.verdict == Outcome.FAILED.value),
            func.coalesce(func.sum(DOCUMENTS.c.characters), 0),
            _number_of(and_(itself, DOCUMENTS.c.published_on.is_(None))),
        )
        .where(DOCUMENTS.c.run == run, TO_BE_READ)
        .group_by(*PLACE)
        .order_by(*PLACE)
    )
    return [
        DocumentCount(Place(*row[:4]), *(int(number) for number in row[4:]))
        for row in connection.execute(chosen)
    ]


def open_by_day(connection: Connection, run: int) -> list[tuple[date | None, int]]:
    """Count what stands in what is published and is graver than a hint, by the day of publication."""
    chosen = (
        select(DOCUMENTS.c.published_on, func.count())
        .join_from(FINDINGS, DOCUMENTS, OF_DOCUMENT)
        .where(
            FINDINGS.c.run == run,
            FINDINGS.c.severity != Severity.INFO.value,
            FINDINGS.c.status.in_([status.value for status in Status if status.is_open]),
        )
        .group_by(DOCUMENTS.c.published_on)
    )
    return [(day, count) for day, count in connection.execute(chosen)]


def published(connection: Connection, run: int, firsts: tuple[date, ...], day: date) -> list[Seen]:
    """Count articles by column, up to a day: all, and those from each of some first days on."""
    when = DOCUMENTS.c.published_on
    chosen = (
        select(
            *PLACE,
            DOCUMENTS.c.column,
            func.count(),
            func.count(when),
            func.max(when),
            *(_number_of(when >= first) for first in firsts),
        )
        .where(
            DOCUMENTS.c.run == run,
            DOCUMENTS.c.part == 0,
            DOCUMENTS.c.account != "",
            PRESENT,
            or_(when.is_(None), when <= day),
        )
        .group_by(*PLACE, DOCUMENTS.c.column)
        .order_by(*PLACE, DOCUMENTS.c.column)
    )
    return [_seen(tuple(row), firsts) for row in connection.execute(chosen)]


def _seen(row: tuple[Any, ...], firsts: tuple[date, ...]) -> Seen:
    unit, account, kind, record_number, column, articles, dated, newest, *within = row
    counts = dict(zip(firsts, map(int, within), strict=True))
    return Seen(unit, account, kind, record_number, column, articles, dated, newest, counts)


def _number_of(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)
