"""The log of the site lexicon, read: who changed what and when, and what lies between two versions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Select, func, select

from app.site.entry import Kept
from app.store.database import Database
from app.store.records import Change, Item, State, change_of, item_of, logged
from app.store.stretches import STRETCH
from app.store.tables import CHANGES, ITEMS
from app.store.writing import UnknownError, version_in


class History:
    """The log of one database. It is written by `app.store.writing` alone."""

    def __init__(self, database: Database) -> None:
        """Read the log of a database; what does not exist yet has none."""
        self.database = database

    def changes(self, limit: int, before: int | None = None, entry: int | None = None) -> list[Change]:
        """List changes, the last one first.

        Args:
            limit: how many at most.
            before: only those of lower numbers, for the next page.
            entry: only those that touched this entry.
        """
        if not self.database.exists:
            return []
        chosen = _changes().order_by(CHANGES.c.number.desc()).limit(limit)
        if before is not None:
            chosen = chosen.where(CHANGES.c.number < before)
        if entry is not None:
            chosen = chosen.where(CHANGES.c.number.in_(select(ITEMS.c.change).where(ITEMS.c.entry == entry)))
        with self.database.reading() as connection:
            return [change_of(row) for row in connection.execute(chosen)]

    def change(self, number: int, limit: int, offset: int) -> tuple[Change, list[Item]]:
        """Give a change with some of its items, in the order of the entries.

        Raises:
            UnknownError: there is none of that number.
        """
        if not self.database.exists:
            raise UnknownError
        with self.database.reading() as connection:
            row = connection.execute(_changes().where(CHANGES.c.number == number)).one_or_none()
            if row is None:
                raise UnknownError
            items = select(ITEMS).where(ITEMS.c.change == number).order_by(ITEMS.c.entry)
            rows = connection.execute(items.limit(limit).offset(offset))
            return change_of(row), [item_of(item.entry, item.before, item.after) for item in rows]

    def between(self, first: int, last: int, limit: int) -> tuple[int, Sequence[Item]]:
        """Say what differs between two versions: how many entries, and the first of them by number.

        Raises:
            UnknownError: the later version is still to come.
        """
        if not self.database.exists:
            if last:
                raise UnknownError
            return 0, []
        states: dict[int, tuple[State | None, State]] = {}
        with self.database.reading() as connection:
            if last > version_in(connection):
                raise UnknownError
            passed = select(ITEMS).where(ITEMS.c.change > first, ITEMS.c.change <= last)
            for row in connection.execute(passed.order_by(ITEMS.c.change)):
                before = states[row.entry][0] if row.entry in states else row.before
                states[row.entry] = before, row.after
        differing = {number: pair for number, pair in states.items() if _differ(*pair)}
        return len(differing), [item_of(n, *differing[n]) for n in islice(sorted(differing), limit)]

    def as_of(self, version: int) -> Iterator[Kept]:
        """Give every entry as it stood after a change, retired or not.

        Raises:
            UnknownError: that change is still to come: the database was put back, or is another one.
        """
        if not self.database.exists:
            if version:
                raise UnknownError
            return
        last = select(ITEMS.c.entry, func.max(ITEMS.c.change).label("change")).group_by(ITEMS.c.entry)
        known = last.where(ITEMS.c.change <= version).subquery()
        chosen = (
            select(ITEMS.c.entry, ITEMS.c.after, CHANGES.c.number, CHANGES.c.at, CHANGES.c.author)
            .join(known, (ITEMS.c.entry == known.c.entry) & (ITEMS.c.change == known.c.change))
            .join(CHANGES, CHANGES.c.number == ITEMS.c.change)
            .order_by(ITEMS.c.entry)
        )
        with self.database.reading() as connection:
            if version > version_in(connection):
                raise UnknownError
            for row in connection.execute(chosen, execution_options={"yield_per": STRETCH}):
                yield logged(row.entry, row.after, row.number, row.at, row.author)


def _changes() -> Select[Any]:
    """Choose changes, each with the first of its items; no change is without one."""
    # Asked for one by one the least number is the next key of an index; grouped, every item would be read.
    least = (
        select(func.min(ITEMS.c.entry))
        .where(ITEMS.c.change == CHANGES.c.number)
        .correlate(CHANGES)
        .scalar_subquery()
    )
    first = (ITEMS.c.change == CHANGES.c.number) & (ITEMS.c.entry == least)
    columns = (CHANGES, ITEMS.c.entry.label("first_entry"), ITEMS.c.after.label("first_after"))
    return select(*columns).join(ITEMS, first)


def _differ(before: State | None, after: State) -> bool:
    # One that came and went between the two versions is in neither.
    return before != after and not (before is None and after["retired"])
