"""What a run has come to, read in its order, a stretch at a time: a report over millions never lies in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import Select, func, select

from app.archive.comparison import Standing, Status
from app.archive.left_out import LeftOut
from app.archive.result import Outcome, RuleCard
from app.store.database import Database
from app.store.scan_left_out import left_out_of
from app.store.scan_results import standing_of
from app.store.scan_tables import DOCUMENTS, FINDINGS, RULES
from detectors.kernel.finding import Severity

STRETCH = 500
"""Documents that are read at a time."""


@dataclass(frozen=True, slots=True)
class KeptDocument:
    """A document of a run, or what belongs to it; its title has all personal data masked."""

    number: int
    part: int
    """0 the document itself."""
    name: str
    location: str
    unit: str
    account: str
    kind: str
    record_number: str
    column: str
    address: str
    title: str
    published_on: date | None
    outcome: Outcome
    characters: int | None
    """None where it has no text of its own."""
    reason: str

    @property
    def counts(self) -> bool:
        """Tell whether it was to be checked: an archive is there for its members, what is gone for its findings."""
        return self.outcome is Outcome.FAILED or (
            self.outcome is not Outcome.GONE and self.characters is not None
        )


@dataclass(frozen=True, slots=True)
class Totals:
    """A run in figures."""

    checked: int
    failed: int
    statuses: dict[Status, int]
    open_by_severity: dict[Severity, int]
    """Of what is new and what remains."""
    new_by_severity: dict[Severity, int]
    left_out: Counter[LeftOut]
    """Files of the source that were not to be checked."""

    @property
    def open(self) -> int:
        """Count what is to be mended."""
        return self.statuses[Status.NEW] + self.statuses[Status.REMAINING]


class ScanReading:
    """Reads the results of runs."""

    def __init__(self, database: Database) -> None:
        """Read from a database."""
        self._database = database

    def documents(self, run: int) -> Iterator[KeptDocument]:
        """Give the documents that have an outcome, with their parts."""
        for stretch in self._stretches(run):
            yield from stretch

    def findings(self, run: int) -> Iterator[tuple[KeptDocument, tuple[Standing, ...]]]:
        """Give every document that has an outcome with what is said about it."""
        chosen = select(FINDINGS).where(FINDINGS.c.run == run)
        ordered = chosen.order_by(FINDINGS.c.document, FINDINGS.c.part, FINDINGS.c.ordinal)
        for stretch in self._stretches(run):
            within = FINDINGS.c.document.between(stretch[0].number, stretch[-1].number)
            with self._database.reading() as connection:
                rows = connection.execute(ordered.where(within)).all()
            known = {
                place: tuple(map(standing_of, group))
                for place, group in groupby(rows, key=lambda row: (row.document, row.part))
            }
            for document in stretch:
                yield document, known.get((document.number, document.part), ())

    def rules(self, run: int) -> dict[str, RuleCard]:
        """Give the cards of the rules that fired, by code."""
        with self._database.reading() as connection:
            rows = connection.execute(select(RULES).where(RULES.c.run == run)).all()
        return {row.code: RuleCard(row.code, row.name, row.why, row.source) for row in rows}

    def totals(self, run: int) -> Totals:
        """Count what a run has come to."""
        failed = DOCUMENTS.c.verdict == Outcome.FAILED.value
        read = DOCUMENTS.c.characters.is_not(None)
        counted = select(func.count().filter(failed | read), func.count().filter(failed))
        statuses = dict.fromkeys(Status, 0)
        opened, new = (dict.fromkeys(Severity, 0) for _ in range(2))
        with self._database.reading() as connection:
            checked, unreadable = connection.execute(counted.where(DOCUMENTS.c.run == run)).one()
            grouped = select(FINDINGS.c.status, FINDINGS.c.severity, func.count())
            grouped = grouped.where(FINDINGS.c.run == run).group_by(FINDINGS.c.status, FINDINGS.c.severity)
            for name, severity, number in connection.execute(grouped):
                status = Status(name)
                statuses[status] += number
                if status in {Status.NEW, Status.REMAINING}:
                    opened[Severity(severity)] += number
                if status is Status.NEW:
                    new[Severity(severity)] += number
            left_out = left_out_of(connection, run)
        return Totals(checked, unreadable, statuses, opened, new, left_out)

    def _stretches(self, run: int) -> Iterator[list[KeptDocument]]:
        """Give whole documents, parts and all: no document begins in one stretch and ends in the next."""
        last = 0
        while True:
            numbers = select(DOCUMENTS.c.number).where(DOCUMENTS.c.run == run, DOCUMENTS.c.number > last)
            with self._database.reading() as connection:
                some = list(
                    connection.scalars(numbers.distinct().order_by(DOCUMENTS.c.number).limit(STRETCH))
                )
                if not some:
                    return
                rows = connection.execute(_documents(run, some[0], some[-1])).all()
            last = some[-1]
            if kept := [_kept(row) for row in rows]:
                yield kept


COLUMNS = tuple(field.name for field in fields(KeptDocument) if field.name != "outcome")


def _documents(run: int, first: int, last: int) -> Select[Any]:
    chosen = select(*(DOCUMENTS.c[name] for name in COLUMNS), DOCUMENTS.c.verdict)
    chosen = chosen.where(DOCUMENTS.c.run == run, DOCUMENTS.c.number.between(first, last))
    return chosen.where(DOCUMENTS.c.verdict.is_not(None)).order_by(DOCUMENTS.c.number, DOCUMENTS.c.part)


def _kept(row: Any) -> KeptDocument:
    return KeptDocument(**{name: getattr(row, name) for name in COLUMNS}, outcome=Outcome(row.verdict))
