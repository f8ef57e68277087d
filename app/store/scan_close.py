"""The end of a run: what the run before had found in documents that are gone is taken over; then the run is done."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Connection, func, insert, literal, null, select, update

from app.archive.comparison import Status
from app.archive.result import Outcome
from app.store.database import Database
from app.store.scan_runs import PLAN, Run, RunState, ShardState, run_in
from app.store.scan_tables import DOCUMENTS, FINDINGS, RULES, RUNS, SHARDS

GONE = "本次来源中没有这篇"
SETTLED = (Status.MENDED.value, Status.FALSE_ALARM.value)
"""Of these nothing more is to be told once the document is gone."""


def close(database: Database, number: int) -> Run:
    """Mark a run as done once all its shards are, in one transaction; what is done stays as it is.

    Args:
        database: of the run.
        number: of the run.

    Raises:
        UnknownError: there is none of that number.
        DatabaseError: see there.
    """
    with database.writing() as connection:
        run = run_in(connection, number)
        left = select(func.count()).where(SHARDS.c.run == number, SHARDS.c.state != ShardState.DONE.value)
        if run.state is RunState.DONE or connection.scalar(left):
            return run
        if run.previous is not None:
            _take_over(connection, run, run.previous)
            _take_over_rules(connection, run, run.previous)
        done = {
            "state": RunState.DONE.value,
            "note": "",
            "finished_at": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        }
        connection.execute(update(RUNS).where(RUNS.c.number == number).values(done))
        return run_in(connection, number)


def _take_over_rules(connection: Connection, run: Run, previous: int) -> None:
    """Keep the cards of rules whose findings were taken over: what is mended may have been their last."""
    known = select(RULES.c.code).where(RULES.c.run == run.number)
    rows = [literal(run.number) if column.name == "run" else column for column in RULES.columns]
    missing = select(*rows).where(RULES.c.run == previous, RULES.c.code.not_in(known))
    connection.execute(insert(RULES).from_select([column.name for column in RULES.columns], missing))


def _take_over(connection: Connection, run: Run, previous: int) -> None:
    """Take over findings in what is gone; a million of them never leave the database."""
    highest = select(func.max(DOCUMENTS.c.number)).where(DOCUMENTS.c.run == run.number)
    offset = connection.scalar(highest) or 0
    there = DOCUMENTS.alias()
    still_there = select(literal(1)).where(there.c.run == run.number, there.c.name == DOCUMENTS.c.name)
    of_document = (FINDINGS.c.document == DOCUMENTS.c.number) & (FINDINGS.c.part == DOCUMENTS.c.part)
    is_open = (FINDINGS.c.run == previous) & FINDINGS.c.status.not_in(SETTLED)
    open_in_it = select(literal(1)).where(of_document, is_open)
    gone = (DOCUMENTS.c.run == previous) & open_in_it.exists() & ~still_there.exists()
    documents = {
        "run": literal(run.number),
        "number": DOCUMENTS.c.number + offset,
        "shard": literal(PLAN),
        "verdict": literal(Outcome.GONE.value),
        "characters": null(),
        "reason": literal(GONE),
        "crashes": literal(0),
    }
    findings = {
        "run": literal(run.number),
        "document": FINDINGS.c.document + offset,
        "status": literal(Status.UNVERIFIED.value),
        "note": literal(GONE),
    }
    rows = [documents.get(column.name, column) for column in DOCUMENTS.columns]
    chosen = select(*rows).where(gone)
    kept = [findings.get(column.name, column) for column in FINDINGS.columns]
    copied = select(*kept).join(DOCUMENTS, (DOCUMENTS.c.run == FINDINGS.c.run) & of_document).where(is_open)
    connection.execute(insert(DOCUMENTS).from_select([column.name for column in DOCUMENTS.columns], chosen))
    taken = DOCUMENTS.alias()
    is_taken = select(literal(1)).where(
        taken.c.run == run.number,
        taken.c.shard == PLAN,
        taken.c.number == DOCUMENTS.c.number + offset,
        taken.c.part == DOCUMENTS.c.part,
    )
    connection.execute(
        insert(FINDINGS).from_select(
            [column.name for column in FINDINGS.columns], copied.where(is_taken.exists())
        )
    )
