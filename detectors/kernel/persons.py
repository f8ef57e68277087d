"""Rosters: persons with the posts that they held and when, and the order in which names are given.

A roster is dated data that a site maintains; the file shipped names historical figures only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from detectors.kernel.finding import Category, Rule, Severity, Source
from detectors.kernel.sources import LexiconError
from detectors.kernel.tables import RULE_OPTIONAL, RULE_REQUIRED, TableFolder, TableReader

PERSON_REQUIRED = {"name": str, "posts": list} | RULE_REQUIRED
PERSON_OPTIONAL = {"titles_only": bool, "wrong": list, "wrong_beside_post": list} | RULE_OPTIONAL
ORDER_REQUIRED = {"order": list} | RULE_REQUIRED


@dataclass(frozen=True, slots=True)
class Post:
    """A post, and the days of its first and last holding."""

    title: str
    begun: date | None
    ended: date | None


@dataclass(frozen=True, slots=True)
class Person:
    """One person."""

    rule: Rule
    name: str
    posts: tuple[Post, ...]
    titles_only: bool = False
    """Others may well bear nearly this name: 同志 beside it does not tell who is meant."""
    wrong: tuple[str, ...] = ()
    """Misspellings that nobody bears as a name: wrong wherever they stand."""
    wrong_beside_post: tuple[str, ...] = ()
    """Misspellings that are something else by themselves, but wrong beside a post: what is left of a name."""


@dataclass(frozen=True, slots=True)
class NameOrder:
    """Names that are always given in this order."""

    rule: Rule
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Roster:
    """All persons and orders of a folder."""

    persons: tuple[Person, ...]
    orders: tuple[NameOrder, ...]


def read_roster(folder: Path, sources: Mapping[str, Source], prefix: str) -> Roster:
    """Read the rosters of a folder.

    Raises:
        LexiconError: a file cannot be read, or an entry is not whole.
    """
    persons, orders = [], []
    for table, place in TableFolder(folder).entries():
        if "order" in table:
            reader = TableReader(table, place, sources, required=ORDER_REQUIRED, optional=RULE_OPTIONAL)
            names = reader.words("order")
            orders.append(NameOrder(_rule(reader, prefix, "姓名排序", ("、".join(names),)), names))
        else:
            reader = TableReader(table, place, sources, required=PERSON_REQUIRED, optional=PERSON_OPTIONAL)
            name = str(table["name"])
            rule = _rule(reader, prefix, f"“{name}”的姓名", (name,))
            titles_only = table.get("titles_only") is True
            wrong = reader.words("wrong"), reader.words("wrong_beside_post")
            persons.append(Person(rule, name, _posts(reader), titles_only, *wrong))
    return Roster(tuple(persons), tuple(orders))


def _rule(reader: TableReader, prefix: str, name: str, uses: tuple[str, ...]) -> Rule:
    return reader.rule(
        prefix=prefix, name=name, category=Category.EXPRESSION, severity=Severity.ERROR, uses=uses
    )


def _posts(reader: TableReader) -> tuple[Post, ...]:
    """Read posts written as “职务 起始日 终止日”, the days optional or “-”."""
    posts = []
    for written in reader.words("posts"):
        title, *days = written.split()
        try:
            first, last = [None if day == "-" else date.fromisoformat(day) for day in (*days, "-", "-")[:2]]
        except ValueError as error:
            raise _unreadable(reader, written) from error
        posts.append(Post(title, first, last))
    return tuple(posts)


def _unreadable(reader: TableReader, written: str) -> LexiconError:
    return reader.refuse(f"posts 中的“{written}”应写作“职务 起始日 终止日”，日期如 2018-03-17，未定写 -")
