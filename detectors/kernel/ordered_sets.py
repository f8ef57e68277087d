"""Ordered sets: fixed wordings whose members stand all, and in one order (“四个意识”)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from detectors.kernel.finding import Category, Rule, Severity, Source
from detectors.kernel.right_forms import SOFT_MARK, Formulas
from detectors.kernel.tables import RULE_OPTIONAL, RULE_REQUIRED, TableFolder, TableReader
from detectors.kernel.text import fold_all

REQUIRED = {"members": list} | RULE_REQUIRED
OPTIONAL = {"name": list, "also": list, "complete_from": int, "unbroken": bool} | RULE_OPTIONAL
USUAL_MARK = "、"
FEWEST = 3
"""Members. Two that stand together claim nothing."""
FEWEST_PARTS, FEWEST_PARTS_BUT_ONE = 4, 6
"""Parts of a formula that is taken for a set, and of one of which none may be missing."""
SHORTEST_PART = 3
"""Letters."""


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
    is_unbroken: bool = False
    """Whether even a few of them stand in their order, and with none left out between them."""
    is_part_of_formula: bool = False
    """Whether the members are the parts of a formula, of which the first and the last tell that it is meant."""


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
        is_unbroken=reader.table.get("unbroken", False) is True,
    )


def sets_of_formulas(formulas: Formulas) -> tuple[OrderedSet, ...]:
    """Take the formulas that list many parts as sets without a name: the other parts tell what belongs in a place.

    That a part has been left out is told from FEWEST_PARTS_BUT_ONE parts on; shorter lists have lawful versions with fewer.
    """
    parts = {form.form: tuple(form.form.split(USUAL_MARK)) for form in formulas.forms}
    long = [form for form in formulas.forms if _is_list(parts[form.form])]
    versions = {*parts.values(), *(tuple(wording.split(USUAL_MARK)) for wording in formulas.allowed)}
    return tuple(
        OrderedSet(
            rule=form.rule,
            names=(),
            members=members,
            mark=USUAL_MARK,
            versions=(members, *(other for other in versions if not set(members).isdisjoint(other))),
            complete_from=len(members) - (len(members) >= FEWEST_PARTS_BUT_ONE),
            is_part_of_formula=True,
        )
        for form in long
        for members in (parts[form.form],)
    )


def _is_list(parts: Sequence[str]) -> bool:
    """Tell whether the parts of a formula are enough, all different, and long enough to be told from other words."""
    return (
        len(parts) >= FEWEST_PARTS
        and len(set(parts)) == len(parts)
        and all(len(part) >= SHORTEST_PART and SOFT_MARK.search(part) is None for part in parts)
    )
