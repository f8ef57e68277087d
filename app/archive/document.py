"""A document of an archive before it is checked."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Document:
    """One article, as its source tells of it. Its repr shows no text."""

    number: int
    """Counts from 1 in the order of the source."""
    name: str
    """What stays from one run to the next: the address, else the path within the source."""
    location: str
    """Where its text lies: a path or the address of a file; of a dataset with `#` and the row, from 1."""
    position: int | None = None
    """Of a row of a dataset: where to begin reading it; bytes, of Parquet and xlsx rows before it."""
    unit: str = ""
    account: str = ""
    """The site or the account in new media."""
    kind: str = ""
    record_number: str = ""
    """What the site or account is registered under: 备案单号."""
    column: str = ""
    address: str = ""
    title: str = field(default="", repr=False)
    published_on: date | None = None
    fault: str = ""
    """Why it cannot be read, if its source tells already; Chinese."""
    text: str | None = field(default=None, repr=False)
    """Of a row of a dataset, what it holds, once it has been read."""
