"""One change of the site lexicon, inside the transaction of its writer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select, update

from app.site.entry import Kept, Signature, SiteEntry, id_of
from app.store.records import Change, kept_of, row_of, state_of
from app.store.stretches import stretches
from app.store.tables import CHANGES, ENTRIES, IN_FORCE, ITEMS


class ClashError(Exception):
    """The change does not fit what is in force; the message is Chinese."""

    @classmethod
    def taken(cls, number: int) -> ClashError:
        """Say which entry already says something about the same words or the same rule."""
        return cls(f"{id_of(number)} 已有同样的词语或规则，请改那一条")


class StaleError(Exception):
    """Somebody else has changed the entry, or the lexicon, since it was seen."""


class UnknownError(Exception):
    """There is no such entry or change."""


@dataclass(frozen=True, slots=True)
class Step:
    """What shall be with one entry; without a number it is new."""

    number: int | None
    entry: SiteEntry
    retired: bool = False


class Standing:
    """The entries as they are before a change, seen by its writer alone."""

    def __init__(self, connection: Connection) -> None:
        """Look at the entries in the transaction of a writer."""
        self._connection = connection

    def known(self, numbers: Sequence[int]) -> set[int]:
        """Tell which of these numbers belong to an entry, retired or not."""
        chosen = select(ENTRIES.c.number)
        found: set[int] = set()
        for some in stretches(numbers):
            found |= set(self._connection.scalars(chosen.where(ENTRIES.c.number.in_(some))))
        return found

    def holders(self, keys: Sequence[str]) -> dict[str, int]:
        """Give the numbers of the entries in force that have these keys."""
        chosen = select(ENTRIES.c.key, ENTRIES.c.number).where(IN_FORCE)
        owners: dict[str, int] = {}
        for some in stretches(keys):
            rows = self._connection.execute(chosen.where(ENTRIES.c.key.in_(some)))
            owners |= {row.key: row.number for row in rows}
        return owners

    def in_force(self) -> list[Kept]:
        """Give all entries in force, by number."""
        chosen = select(ENTRIES).where(IN_FORCE).order_by(ENTRIES.c.number)
        return [kept_of(row) for row in self._connection.execute(chosen)]


def version_in(connection: Connection) -> int:
    """Give the number of the last change."""
    return connection.scalar(select(func.max(CHANGES.c.number))) or 0


def entry_in(connection: Connection, number: int) -> Kept:
    """Give one entry.

    Raises:
        UnknownError: there is none of that number.
    """
    row = connection.execute(select(ENTRIES).where(ENTRIES.c.number == number)).one_or_none()
    if row is None:
        raise UnknownError
    return kept_of(row)


def write(
    connection: Connection, action: str, signed: Signature, steps: Iterable[Step], undoes: int | None = None
) -> tuple[Change | None, list[Kept]]:
    """Write a change: the log, and the entries as they are now.

    Steps that change nothing are left out; if none is left, nothing is written.

    Raises:
        ClashError: two entries in force would say something about the same words.
    """
    asked = list(steps)
    before = _standing(connection, [step.number for step in asked if step.number is not None])
    due = [step for step in asked if _alters(step, before)]
    if not due:
        return None, []
    version = version_in(connection) + 1
    free = (connection.scalar(select(func.max(ENTRIES.c.number))) or 0) + 1
    today = date.today().isoformat()
    kept = []
    for step in due:
        number = step.number
        if number is None:
            number, free = free, free + 1
        kept.append(Kept(number, step.entry, version, today, signed.author, step.retired))
    first = min(kept, key=attrgetter("number"))
    change = Change(
        number=version,
        author=signed.author,
        at=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        action=action,
        undoes=undoes,
        entries=len(due),
        note=signed.note,
        first=(first.number, first.entry.text),
        key_name=signed.key_name,
    )
    _refuse_clashes(connection, kept)
    connection.execute(
        insert(CHANGES),
        {
            "number": change.number,
            "author": signed.author,
            "at": change.at,
            "action": action,
            "undoes": undoes,
            "entries": change.entries,
            "note": change.note,
            "key_name": change.key_name,
        },
    )
    _log(connection, before, kept)
    _store(connection, before, kept)
    return change, kept


def _standing(connection: Connection, numbers: Sequence[int]) -> dict[int, Kept]:
    found: dict[int, Kept] = {}
    for some in stretches(numbers):
        for row in connection.execute(select(ENTRIES).where(ENTRIES.c.number.in_(some))):
            found[row.number] = kept_of(row)
    if len(found) != len(numbers):
        raise UnknownError
    return found


def _alters(step: Step, before: dict[int, Kept]) -> bool:
    former = before.get(step.number or 0)
    return former is None or (former.entry, former.retired) != (step.entry, step.retired)


def _refuse_clashes(connection: Connection, kept: Sequence[Kept]) -> None:
    moved = {one.number for one in kept}
    in_force = [one for one in kept if not one.retired]
    holders = Standing(connection).holders([one.entry.key for one in in_force])
    owners = {key: number for key, number in holders.items() if number not in moved}
    for one in in_force:
        owner = owners.setdefault(one.entry.key, one.number)
        if owner != one.number:
            raise ClashError.taken(owner)


def _log(connection: Connection, before: dict[int, Kept], kept: Sequence[Kept]) -> None:
    for some in stretches(kept):
        items = []
        for one in some:
            former = before.get(one.number)
            items.append(
                {
                    "change": one.change,
                    "entry": one.number,
                    "before": former and state_of(former.entry, retired=former.retired),
                    "after": state_of(one.entry, retired=one.retired),
                }
            )
        connection.execute(insert(ITEMS), items)


def _store(connection: Connection, before: dict[int, Kept], kept: Sequence[Kept]) -> None:
    # Two entries may exchange their words: both let go of them before either takes the other's.
    if numbers := [one.number for one in kept if one.number in before]:
        for former in stretches(numbers):
            connection.execute(update(ENTRIES).where(ENTRIES.c.number.in_(former)).values(retired=True))
    names = [column.name for column in ENTRIES.columns if column.name != "number"]
    columns: dict[str, Any] = {name: bindparam(f"new_{name}") for name in names}
    changing = update(ENTRIES).where(ENTRIES.c.number == bindparam("new_number")).values(columns)
    for some in stretches(kept):
        rows = [row_of(one) for one in some]
        if new := [row for row in rows if row["number"] not in before]:
            connection.execute(insert(ENTRIES), new)
        if old := [_as_parameters(row) for row in rows if row["number"] in before]:
            connection.execute(changing, old)


def _as_parameters(row: dict[str, Any]) -> dict[str, Any]:
    return {f"new_{name}": value for name, value in row.items()}
