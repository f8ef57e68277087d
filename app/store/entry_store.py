"""The site lexicon as it is kept: what is in force, and how it is changed.

Every change is one transaction: a line of the log, what it did to each entry, and the entries as they
are now. Whoever changes an entry says which state was seen, so that nobody overwrites what another
has just written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, or_, select

from app.site.entry import Kept, Kind, Signature, SiteEntry, id_of
from app.store.database import Database
from app.store.records import Change, kept_of, read_state
from app.store.stretches import STRETCH
from app.store.tables import CHANGES, ENTRIES, ITEMS
from app.store.writing import (
    ClashError,
    StaleError,
    Standing,
    Step,
    UnknownError,
    entry_in,
    version_in,
    write,
)


@dataclass(frozen=True, slots=True)
class Sought:
    """Which entries to list."""

    words: str = ""
    """Stands in the text, in what is right, in the reason, in the unit or in the name of the author."""
    kind: Kind | None = None
    retired: bool = False
    expired_by: date | None = None
    """Only those whose last day was before this one."""


class EntryStore:
    """The tables of the site lexicon in one database."""

    def __init__(self, database: Database) -> None:
        """Use a database; what does not exist yet counts as empty."""
        self.database = database

    def version(self) -> int:
        """Give the number of the last change; one cheap query."""
        if not self.database.exists:
            return 0
        with self.database.reading() as connection:
            return version_in(connection)

    def changed_since(self, version: int) -> Iterator[tuple[int, Sequence[Kept]]]:
        """Read the entries changed after a version by stretches, each with the version they are of.

        All are of one moment. The first stretch is empty: the version is told even if nothing changed.
        """
        if not self.database.exists:
            return
        with self.database.reading() as connection:
            current = version_in(connection)
            yield current, ()
            changed = select(ENTRIES).where(ENTRIES.c.change > version).order_by(ENTRIES.c.number)
            rows = connection.execute(changed, execution_options={"yield_per": STRETCH})
            for part in rows.partitions():
                yield current, [kept_of(row) for row in part]

    def listed(self, sought: Sought, limit: int, offset: int) -> tuple[int, int, list[Kept]]:
        """Give version, number of all entries sought, and those of one page in the order of their ids."""
        if not self.database.exists:
            return 0, 0, []
        conditions: list[ColumnElement[bool]] = [ENTRIES.c.retired.is_(sought.retired)]
        if sought.kind is not None:
            conditions.append(ENTRIES.c.kind == sought.kind.value)
        if sought.expired_by is not None:
            conditions.append(ENTRIES.c.expires_on < sought.expired_by)
        if sought.words:
            columns = (ENTRIES.c.text, ENTRIES.c.uses, ENTRIES.c.reason, ENTRIES.c.unit, ENTRIES.c.author)
            conditions.append(or_(*(column.contains(sought.words, autoescape=True) for column in columns)))
        with self.database.reading() as connection:
            total = connection.scalar(select(func.count()).select_from(ENTRIES).where(*conditions)) or 0
            page = select(ENTRIES).where(*conditions).order_by(ENTRIES.c.number).limit(limit).offset(offset)
            return version_in(connection), total, [kept_of(row) for row in connection.execute(page)]

    def get(self, number: int) -> Kept:
        """Give one entry, retired or not.

        Raises:
            UnknownError: there is none of that number.
        """
        if not self.database.exists:
            raise UnknownError
        with self.database.reading() as connection:
            return entry_in(connection, number)

    def add(self, entry: SiteEntry, signed: Signature) -> Kept:
        """Add an entry.

        Raises:
            ClashError: another entry in force says something about the same words.
        """
        with self.database.writing() as connection:
            return write(connection, "add", signed, [Step(None, entry)])[1][0]

    def change(self, number: int, entry: SiteEntry, signed: Signature, seen: int) -> Kept:
        """Change an entry, or bring a retired one back, if its last change is the one that was seen.

        Raises:
            UnknownError, StaleError, ClashError: see there.
        """
        return self._step("change", number, lambda _: Step(number, entry), signed, seen)

    def retire(self, number: int, signed: Signature, seen: int) -> Kept:
        """Retire an entry, if its last change is the one that was seen.

        Raises:
            UnknownError, StaleError: see there.
        """
        return self._step("retire", number, lambda entry: Step(number, entry, retired=True), signed, seen)

    def rewrite(
        self, plan: Callable[[Standing], Iterable[Step]], signed: Signature, seen: int | None = None
    ) -> Change | None:
        """Change many entries in one transaction, as an import does.

        Args:
            plan: looks at what stands, and says what shall be with which entry.
            signed: who answers for it.
            seen: the version on which the plan rests; any, if none is given.

        Returns:
            The change, or None where everything was already so.

        Raises:
            StaleError, ClashError: see there.
        """
        with self.database.writing() as connection:
            if seen not in {None, version_in(connection)}:
                raise StaleError
            return write(connection, "import", signed, plan(Standing(connection)))[0]

    def undo(self, number: int, signed: Signature) -> Change:
        """Put all entries of a change back to what they were before it; one that was added is retired.

        Raises:
            UnknownError: there is no such change.
            ClashError: one of the entries has been changed since, or its words have been taken.
        """
        if not self.database.exists:
            raise UnknownError
        with self.database.writing() as connection:
            if connection.scalar(select(CHANGES.c.number).where(CHANGES.c.number == number)) is None:
                raise UnknownError
            touched = select(ITEMS, ENTRIES.c.change.label("last")).join(
                ENTRIES, ENTRIES.c.number == ITEMS.c.entry
            )
            rows = connection.execute(touched.where(ITEMS.c.change == number)).all()
            if later := sorted(row.entry for row in rows if row.last != number):
                raise ClashError(f"第 {number} 号变更之后，{id_of(later[0])} 又改过，不能撤销")
            steps = []
            for row in rows:
                entry, retired = read_state(row.before or row.after)
                steps.append(Step(row.entry, entry, retired=retired or row.before is None))
            change, _ = write(connection, "undo", signed, steps, undoes=number)
            assert change is not None
            return change

    def _step(
        self, action: str, number: int, step: Callable[[SiteEntry], Step], signed: Signature, seen: int
    ) -> Kept:
        if not self.database.exists:
            raise UnknownError
        with self.database.writing() as connection:
            current = entry_in(connection, number)
            if current.change != seen:
                raise StaleError
            _, kept = write(connection, action, signed, [step(current.entry)])
            return kept[0] if kept else current
