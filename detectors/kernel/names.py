"""Lists of names: one a line, under a TOML head that gives the reason, the source and the examples for all."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from detectors.kernel.finding import Category, Rule, Severity, Source
from detectors.kernel.sources import LexiconError
from detectors.kernel.tables import RULE_OPTIONAL, RULE_REQUIRED, TableReader

FENCE = "+++"
REQUIRED = {"title": str, "kind": str} | RULE_REQUIRED
LIST_MARK = "、"
PHRASES = ("idioms", "phrases")
"""Kinds of lists that hold no names but wordings."""
BODIES, THINGS, DOCUMENTS = "bodies", "things", "documents"
DATED_EVENTS, YEARLY_DAYS = "dated_events", "yearly_days"
CONTINUATIONS = "continuations"
KINDS_OF_MANY = (BODIES, THINGS, DOCUMENTS, DATED_EVENTS, YEARLY_DAYS, CONTINUATIONS)
"""Kinds of which there is a list for every source that vouches for names; of the others there is one each."""
RIGHT, OTHER_WORDINGS, USUAL_SLIPS = 0, 1, 2
"""Columns of such a list: the wording, lawful ones that come near, and wrong ones often seen."""


@dataclass(frozen=True, slots=True)
class NameList:
    """One list: its rule, and rows of columns."""

    rule: Rule
    rows: tuple[tuple[str, ...], ...]

    def column(self, number: int) -> Iterator[str]:
        """Give the words of a column."""
        for row in self.rows:
            yield from words_in(row, number)


def words_in(row: tuple[str, ...], number: int) -> Iterator[str]:
    """Give the words of one field, which may hold none, or several parted by 、."""
    if number < len(row):
        yield from (word for word in row[number].split(LIST_MARK) if word)


class NameLists(dict[str, tuple[NameList, ...]]):
    """The lists of a folder, by kind."""

    def __missing__(self, kind: str) -> tuple[NameList, ...]:
        """Say which list a detector needs and the folder lacks."""
        raise LexiconError(f"names 中缺少 kind = “{kind}”的名单")

    def only(self, kind: str) -> NameList:
        """Give the list of a kind of which there is one."""
        (one,) = self[kind]
        return one


def read_name_lists(folder: Path, sources: Mapping[str, Source], prefix: str) -> NameLists:
    """Read the lists of a folder, by kind.

    Raises:
        LexiconError: a file cannot be read, has no head, or the head is not whole.
    """
    lists = NameLists()
    for path in sorted(folder.glob("*.txt")):
        place = f"{folder.name}/{path.name}"
        try:
            before, head, body = path.read_text(encoding="utf-8").split(f"{FENCE}\n", 2)
            table: dict[str, object] = tomllib.loads(head)
        except (ValueError, OSError) as error:
            raise LexiconError(f"{place}：应以两行 {FENCE} 之间的 TOML 开头（UTF-8）") from error
        if before.strip():
            raise LexiconError(f"{place}：第一行应是 {FENCE}")
        reader = TableReader(table, place, sources, required=REQUIRED, optional=RULE_OPTIONAL)
        kind = str(table["kind"])
        if kind in lists and kind not in KINDS_OF_MANY:
            raise reader.refuse(f"kind“{kind}”已有一份名单")
        one = NameList(
            rule=reader.rule(
                prefix=prefix,
                name=str(table["title"]),
                category=Category.EXPRESSION,
                severity=Severity.ERROR,
                uses=(),
            ),
            rows=tuple(tuple(line.split("\t")) for line in body.splitlines() if line and line[0] != "#"),
        )
        lists[kind] = (*lists.get(kind, ()), one)
    return lists
