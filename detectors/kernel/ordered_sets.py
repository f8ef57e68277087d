"""Ordered sets: fixed wordings whose members stand all, and in one order (“四个意识”)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from detectors.kernel.finding import Category, Rule, Severity, Source
from detectors.kernel.tables import RULE_OPTIONAL, RULE_REQUIRED, TableFolder, TableReader
from detectors.kernel.text import fold_all

REQUIRED = {"members": list} | RULE_REQUIRED
OPTIONAL = {"name": list, "also": list, "complete_from": int} | RULE_OPTIONAL
USUAL_MARK = "、"
FEWEST = 3
"""Members. Two that stand together claim nothing."""


@dataclass(frozen=True, slots=True)
class OrderedSet:
    """One set, its members folded."""

    rule: Rule
    names: tuple[str, ...]
    members: tuple[str, ...]
    mark: str
    """What stands between two members."""
    versions: tuple[tuple[str, ...], ...]
    """All lawful sequences, the present one first."""
    complete_from: int
    """How many members in one run claim to be the whole."""


def read_ordered_sets(folder: Path, sources: Mapping[str, Source], prefix: str) -> tuple[OrderedSet, ...]:
    """Read the sets of a folder.

    Raises:
        LexiconError: a file cannot be read, or an entry is not whole.
    """
    sets = []
    for table, place in TableFolder(folder).entries():
        # Empty means something here, and nothing anywhere else: members that follow directly, no name.
        mark = str(table.pop("mark", USUAL_MARK))
        if table.get("name") == []:
            del table["name"]
        reader = TableReader(table, place, sources, required=REQUIRED, optional=OPTIONAL)
        sets.append(_read(reader, prefix, mark))
    return tuple(sets)


def _read(reader: TableReader, prefix: str, mark: str) -> OrderedSet:
    members = fold_all(reader.words("members"))
    if len(members) < 2 or len(set(members)) != len(members):
        raise reader.refuse("members 至少两项，且不能重复")
    also = reader.table.get("also", [])
    if not isinstance(also, list) or not all(isinstance(version, list) for version in also):
        raise reader.refuse("also 应是列表的列表")
    names = fold_all(reader.words("name"))
    joined = mark.join(reader.words("members"))
    usual = min(len(members), max(FEWEST, len(members) - 1))
    complete_from = reader.table.get("complete_from", usual)
    assert isinstance(complete_from, int)
    return OrderedSet(
        rule=reader.rule(
            prefix=prefix,
            name=f"“{names[0] if names else joined}”应齐全有序",
            category=Category.EXPRESSION,
            severity=Severity.ERROR,
            uses=(joined,),
        ),
        names=names,
        members=members,
        mark=mark,
        versions=(members, *(fold_all(map(str, version)) for version in also)),
        complete_from=complete_from,
    )
