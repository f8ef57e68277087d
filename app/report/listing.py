"""The findings of a run one by one, and what of it could not be read, as they stream out of the tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Connection, select

from app.archive.comparison import Status
from app.archive.result import Outcome
from app.report.counting import OF_DOCUMENT, Place
from app.store.scan_tables import DOCUMENTS, FINDINGS
from detectors.kernel.finding import Category, Severity

AT_ONCE = 2_000
"""Rows that are held in memory."""


@dataclass(frozen=True, slots=True)
class Article:
    """A document, or what belongs to it, as a list shows it."""

    place: Place
    column: str
    title: str
    name: str
    address: str
    part: int
    published_on: date | None
    is_unreadable: bool
    """Or gone."""
    reason: str


@dataclass(frozen=True, slots=True)
class ListedFinding:
    """A finding with the article in which it stands or stood."""

    article: Article
    rule: str
    category: Category
    severity: Severity
    text: str = field(repr=False)
    replacements: Sequence[str] = field(repr=False)
    message: str = field(repr=False)
    excerpt: str = field(repr=False)
    position: str
    status: Status
    first_found_on: date
    note: str


OF_ARTICLE = (
    DOCUMENTS.c.unit,
    DOCUMENTS.c.account,
    DOCUMENTS.c.kind,
    DOCUMENTS.c.record_number,
    DOCUMENTS.c.column,
    DOCUMENTS.c.title,
    DOCUMENTS.c.name,
    DOCUMENTS.c.address,
    DOCUMENTS.c.part,
    DOCUMENTS.c.published_on,
    DOCUMENTS.c.verdict,
    DOCUMENTS.c.reason,
)


def listed_findings(connection: Connection, run: int) -> Iterator[ListedFinding]:
    """Give all findings of a run in the order of its documents."""
    columns = [
        FINDINGS.c[name]
        for name in "rule category severity text replacements message excerpt place status first_found_on note".split()
    ]
    chosen = (
        select(*columns, *OF_ARTICLE)
        .join_from(FINDINGS, DOCUMENTS, OF_DOCUMENT)
        .where(FINDINGS.c.run == run)
        .order_by(FINDINGS.c.document, FINDINGS.c.part, FINDINGS.c.ordinal)
    )
    for row in connection.execute(chosen, execution_options={"yield_per": AT_ONCE}):
        (
            rule,
            category,
            severity,
            text,
            replacements,
            message,
            excerpt,
            place,
            status,
            found_on,
            note,
            *article,
        ) = row
        yield ListedFinding(
            article=_article(article),
            rule=rule,
            category=Category(category),
            severity=Severity(severity),
            text=text,
            replacements=replacements,
            message=message,
            excerpt=excerpt,
            position=place,
            status=Status(status),
            first_found_on=found_on,
            note=note,
        )


def unread_articles(connection: Connection, run: int) -> Iterator[Article]:
    """Give what could not be read, in the order of the documents."""
    chosen = (
        select(*OF_ARTICLE)
        .where(DOCUMENTS.c.run == run, DOCUMENTS.c.verdict == Outcome.FAILED.value)
        .order_by(DOCUMENTS.c.number, DOCUMENTS.c.part)
    )
    for row in connection.execute(chosen, execution_options={"yield_per": AT_ONCE}):
        yield _article(list(row))


def _article(row: Sequence[object]) -> Article:
    unit, account, kind, record_number, column, title, name, address, part, published_on, verdict, reason = (
        row
    )
    assert published_on is None or isinstance(published_on, date)
    return Article(
        place=Place(str(unit), str(account), str(kind), str(record_number)),
        column=str(column),
        title=str(title),
        name=str(name),
        address=str(address),
        part=int(str(part)),
        published_on=published_on,
        is_unreadable=verdict in {Outcome.FAILED, Outcome.GONE},
        reason=str(reason),
    )
