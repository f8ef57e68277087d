"""The list of columns of a run, kept with it; a later run of the same site goes by the last list there is."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, delete, func, insert, select

from app.archive.columns import Expected, Level
from app.archive.update_limit import UpdateLimit
from app.store.scan_tables import COLUMNS, RUNS


def keep_columns(connection: Connection, run: int, expected: Sequence[Expected]) -> None:
    """Keep the list of columns of a run in the place of what it had, in the transaction of a writer."""
    connection.execute(delete(COLUMNS).where(COLUMNS.c.run == run))
    rows = [
        {
            "run": run,
            "number": number,
            "unit": one.unit,
            "account": one.account,
            "kind": one.kind,
            "record_number": one.record_number,
            "column": one.column,
            "level": one.level.value,
            "update_limit": one.limit.label if one.limit else "",
        }
        for number, one in enumerate(expected, 1)
    ]
    if rows:
        connection.execute(insert(COLUMNS), rows)


def columns_for(connection: Connection, run: int) -> tuple[Expected, ...]:
    """Give the list of columns that a run is judged by: its own, else that of the last run of its site before."""
    site = select(RUNS.c.site).where(RUNS.c.number == run).scalar_subquery()
    of_site = select(RUNS.c.number).where(RUNS.c.site == site, RUNS.c.number <= run)
    last = select(func.max(COLUMNS.c.run)).where(COLUMNS.c.run.in_(of_site)).scalar_subquery()
    chosen = select(COLUMNS).where(COLUMNS.c.run == last).order_by(COLUMNS.c.number)
    return tuple(
        Expected(
            unit=row.unit,
            account=row.account,
            column=row.column,
            level=Level(row.level),
            limit=UpdateLimit.read(row.update_limit),
            kind=row.kind,
            record_number=row.record_number,
        )
        for row in connection.execute(chosen)
    )
