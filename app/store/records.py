"""Entries as rows of a table and as JSON of the log, and back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row

from app.site.entry import Kept, Kind, Level, Match, SiteEntry
from detectors.kernel.finding import Category

KINDS = {kind.value: kind for kind in Kind}
CATEGORIES = {category.value: category for category in Category}
LEVELS = {level.value: level for level in Level}
MATCHES = {match.value: match for match in Match}
State = dict[str, Any]
"""An entry as the log writes it."""


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the log."""

    number: int
    author: str
    at: str
    """ISO 8601, UTC, to the second."""
    action: str
    undoes: int | None
    entries: int
    """How many entries it touched."""
    note: str
    """Why, where somebody said so."""
    first: tuple[int, str]
    """Number and text of the first entry it touched, for a list of changes."""
    key_name: str = ""
    """See `Signature`."""


@dataclass(frozen=True, slots=True)
class Item:
    """What a change, or a span of changes, did to one entry; none before where it is new."""

    number: int
    before: tuple[SiteEntry, bool] | None
    """The entry, and whether it was retired."""
    after: tuple[SiteEntry, bool]


def state_of(entry: SiteEntry, *, retired: bool) -> dict[str, Any]:
    """Write an entry for the log."""
    return {
        "kind": entry.kind.value,
        "text": entry.text,
        "uses": list(entry.uses),
        "category": entry.category and entry.category.value,
        "level": entry.level and entry.level.value,
        "scope": list(entry.scope),
        "match": entry.match.value,
        "reason": entry.reason,
        "unit": entry.unit,
        "expires_on": entry.expires_on and entry.expires_on.isoformat(),
        "retired": retired,
    }


def read_state(state: State) -> tuple[SiteEntry, bool]:
    """Read an entry out of the log, and whether it was retired."""
    return _entry(state), state["retired"]


def row_of(kept: Kept) -> dict[str, Any]:
    """Write an entry as a row of the table of entries."""
    return {
        **state_of(kept.entry, retired=kept.retired),
        "uses": "\n".join(kept.entry.uses),
        "scope": "\n".join(kept.entry.scope),
        "expires_on": kept.entry.expires_on,
        "number": kept.number,
        "key": kept.entry.key,
        "change": kept.change,
        "changed_on": kept.changed_on,
        "author": kept.author,
    }


def change_of(row: Row[Any]) -> Change:
    """Read a line of the log with the first of its items."""
    first = row.first_entry, row.first_after["text"]
    return Change(
        row.number, row.author, row.at, row.action, row.undoes, row.entries, row.note, first, row.key_name
    )


def item_of(number: int, before: State | None, after: State) -> Item:
    """Read what happened to one entry."""
    return Item(number, read_state(before) if before else None, read_state(after))


def logged(number: int, after: State, change: int, at: str, author: str) -> Kept:
    """Read what an entry had become by a change of that time."""
    entry, retired = read_state(after)
    return Kept(number, entry, change, at[:10], author, retired)


def kept_of(row: Row[Any]) -> Kept:
    """Read a row of the table of entries; its columns come in the order of the table."""
    # By place: by name, 100,000 rows take three times as long.
    (number, _, kind, text, uses, category, level, scope, match, reason, unit, expires_on, *signed) = tuple(
        row
    )
    retired, change, changed_on, author = signed
    entry = SiteEntry(
        KINDS[kind],
        text,
        reason,
        unit,
        tuple(uses.split("\n")) if uses else (),
        CATEGORIES[category] if category else None,
        LEVELS[level] if level else None,
        tuple(scope.split("\n")) if scope else (),
        MATCHES[match],
        expires_on,
    )
    return Kept(number, entry, change, changed_on, author, retired)


def _entry(state: State) -> SiteEntry:
    category, level, expires_on = state["category"], state["level"], state["expires_on"]
    return SiteEntry(
        kind=KINDS[state["kind"]],
        text=state["text"],
        reason=state["reason"],
        unit=state["unit"],
        uses=tuple(state["uses"]),
        category=CATEGORIES[category] if category else None,
        level=LEVELS[level] if level else None,
        scope=tuple(state["scope"]),
        match=MATCHES[state["match"]],
        expires_on=date.fromisoformat(expires_on) if expires_on else None,
    )
