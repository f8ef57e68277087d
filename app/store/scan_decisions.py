"""What people decide about findings of scans: a false alarm is one in later runs, too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from app.archive.comparison import Status
from app.storable import storable
from app.store.database import Database
from app.store.scan_results import name_hash
from app.store.scan_runs import run_in
from app.store.scan_tables import DECISIONS, DOCUMENTS, FINDINGS
from app.store.writing import UnknownError


@dataclass(frozen=True, slots=True)
class ScanDecision:
    """What somebody has decided about a finding."""

    document: str
    """The name of the document, or of what belongs to it."""
    fingerprint: str
    false_alarm: bool
    """False takes back what was decided before."""
    actor: str
    reason: str


def decide(database: Database, run: int, decisions: Sequence[ScanDecision]) -> None:
    """Decide about findings of a run: for the run itself, and for all later ones of its site.

    Args:
        database: of the run.
        run: its number.
        decisions: names and reasons in them hold no personal data; whoever calls has seen to it.

    Raises:
        UnknownError: there is no such run, or no such finding in it; nothing is decided.
        DatabaseError: see there.
    """
    with database.writing() as connection:
        site = run_in(connection, run).site
        for decision in decisions:
            # Names are kept so; one with a NUL would be refused by the database.
            _decide(connection, run, site, replace(decision, document=storable(decision.document)))


def _decide(connection: Connection, run: int, site: str, decision: ScanDecision) -> None:
    itself = (DOCUMENTS.c.run == run) & (DOCUMENTS.c.name == decision.document)
    places = connection.execute(select(DOCUMENTS.c.number, DOCUMENTS.c.part).where(itself)).all()
    changed = sum(_restate(connection, run, row.number, row.part, decision) for row in places)
    if not changed:
        raise UnknownError
    key = (
        (DECISIONS.c.site == site)
        & (DECISIONS.c.document == name_hash(decision.document))
        & (DECISIONS.c.fingerprint == decision.fingerprint)
    )
    connection.execute(delete(DECISIONS).where(key))
    connection.execute(
        insert(DECISIONS),
        {
            "site": site,
            "document": name_hash(decision.document),
            "fingerprint": decision.fingerprint,
            "false_alarm": decision.false_alarm,
            "actor": decision.actor,
            "reason": decision.reason,
            "at": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        },
    )


def _restate(connection: Connection, run: int, number: int, part: int, decision: ScanDecision) -> int:
    """Give a finding that stands its new status; give how many there are."""
    itself = (
        (FINDINGS.c.run == run)
        & (FINDINGS.c.document == number)
        & (FINDINGS.c.part == part)
        & (FINDINGS.c.fingerprint == decision.fingerprint)
        & (FINDINGS.c.status != Status.MENDED.value)
    )
    day = run_in(connection, run).day
    changed = 0
    for row in connection.execute(select(FINDINGS.c.ordinal, FINDINGS.c.first_found_on).where(itself)).all():
        open_again = Status.NEW if row.first_found_on == day else Status.REMAINING
        status = Status.FALSE_ALARM if decision.false_alarm else open_again
        at: Any = itself & (FINDINGS.c.ordinal == row.ordinal)
        connection.execute(update(FINDINGS).where(at).values(status=status.value))
        changed += 1
    return changed
