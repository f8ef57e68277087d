"""How many files of the source of a run are left out, counted as the plan goes on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from sqlalchemy import Connection, insert, select, update

from app.archive.left_out import LeftOut, Reason
from app.store.scan_tables import LEFT_OUT


def add_left_out(connection: Connection, run: int, left_out: Mapping[LeftOut, int]) -> None:
    """Add files to the count, in the transaction of whoever plans: nobody else writes it."""
    for kind, files in left_out.items():
        row = {"run": run, "reason": kind.reason.value, "suffix": kind.suffix}
        itself = [LEFT_OUT.c[name] == value for name, value in row.items()]
        counted = connection.execute(update(LEFT_OUT).where(*itself).values(files=LEFT_OUT.c.files + files))
        if not counted.rowcount:
            connection.execute(insert(LEFT_OUT), row | {"files": files})


def left_out_of(connection: Connection, run: int) -> Counter[LeftOut]:
    """Give the count."""
    rows = connection.execute(select(LEFT_OUT).where(LEFT_OUT.c.run == run))
    return Counter({LeftOut(Reason(row.reason), row.suffix): row.files for row in rows})
