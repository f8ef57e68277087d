"""The columns of websites and accounts: what a list expects of them, and what was published in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.archive.update_limit import UpdateLimit

WEBSITE_WORDS = ("网站", "门户", "网页")


class Level(StrEnum):
    """Where a column stands."""

    HOME = "首页"
    FIRST = "一级"
    OTHER = "其他"


@dataclass(frozen=True, slots=True)
class Expected:
    """What a list of columns says: that there is a column, and how often it is to be updated.

    A row without a column speaks of the account itself.
    """

    unit: str
    account: str
    column: str
    level: Level = Level.OTHER
    limit: UpdateLimit | None = None
    kind: str = ""
    record_number: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """What was published in a column by a unit."""

    unit: str
    account: str
    kind: str
    record_number: str
    column: str
    articles: int
    dated: int
    """How many of them tell their day, none after the day of the inspection."""
    newest: date | None
    within: Mapping[date, int]
    """How many were published from a day on, for the first day of each limit."""


def is_website(kind: str) -> bool:
    """Tell a website from an account of new media; what has no kind is a website."""
    return not kind or any(word in kind for word in WEBSITE_WORDS)
