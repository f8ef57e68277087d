"""A table of entries becomes one change of the site lexicon: all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from app.site.acceptance import RefusedError, accepted
from app.site.entry import Kept, Signature
from app.site_files.columns import (
    ID,
    MOST_FAULTS,
    TEXT,
    CellFault,
    FileRefusedError,
    Line,
)
from app.site_files.csv_table import read_csv, write_csv
from app.site_files.xlsx_table import read_xlsx, write_xlsx
from app.site_lexicon import PERSONAL, SiteLexicon
from app.store.entry_store import EntryStore
from app.store.records import Change
from app.store.writing import Standing, Step

READERS: dict[str, Callable[[bytes], list[Line]]] = {"csv": read_csv, "xlsx": read_xlsx}
WRITERS: dict[str, Callable[[Iterable[Kept]], bytes]] = {"csv": write_csv, "xlsx": write_xlsx}
STRETCH = 200
"""Lines looked through together for personal data."""


def read_table(lexicon: SiteLexicon, form: str, content: bytes) -> list[Line]:
    """Read a file that shall be imported; that takes long and needs no writer's lock.

    Args:
        lexicon: will take the entries.
        form: csv or xlsx.
        content: the file.

    Raises:
        FileRefusedError: something in the file is not right.
    """
    return _judged(lexicon, READERS[form](content))


def import_table(
    lexicon: SiteLexicon, lines: Sequence[Line], signed: Signature, *, replace: bool, seen: int | None = None
) -> Change | None:
    """Import what was read of a file.

    A row with an id changes that entry; one without changes the entry about the same words, or is new.

    Args:
        lexicon: takes the entries.
        lines: the rows of the file.
        signed: who answers for it.
        replace: whether entries that the file does not name are retired.
        seen: the version on which the file rests; any, if none is given.

    Returns:
        The change, or None where everything was already so.

    Raises:
        FileRefusedError: the file names an entry that does not exist; nothing has been imported.
        RefusedError, StaleError, ClashError, DatabaseError: see there.
    """
    return lexicon.rewrite(lambda standing: _steps(lines, standing, replace=replace), signed, seen)


def export_table(store: EntryStore, form: str) -> tuple[int, bytes]:
    """Write all entries in force as a file; give the version they are of, too."""
    version, kept = 0, []
    for current, part in store.changed_since(0):
        version = current
        kept += [one for one in part if not one.retired]
    return version, WRITERS[form](kept)


def template_table(form: str) -> bytes:
    """Write a table of headings only."""
    return WRITERS[form](())


def _judged(lexicon: SiteLexicon, lines: Sequence[Line]) -> list[Line]:
    """Give the lines with defaults filled in."""
    faults: list[CellFault] = []
    judged = []
    for line in lines:
        try:
            entry = accepted(line.entry, lexicon.engine.rules)
        except RefusedError as error:
            faults += map(line.fault, error.faults)
        else:
            judged.append(Line(line.sheet, line.row, line.number, entry))
    faults += _doubled(judged)
    for first in range(0, len(judged), STRETCH):
        some = judged[first : first + STRETCH]
        if len(faults) < MOST_FAULTS and lexicon.holds_personal_data("\n".join(map(_words, some))):
            faults += [line.fault(PERSONAL) for line in some if lexicon.holds_personal_data(_words(line))]
    if faults:
        raise FileRefusedError(faults)
    return judged


def _words(line: Line) -> str:
    entry = line.entry
    return "\n".join((entry.text, *entry.uses, entry.reason, entry.unit))


def _doubled(lines: Iterable[Line]) -> Iterator[CellFault]:
    keys: dict[str, int] = {}
    numbers: dict[int, int] = {}
    for line in lines:
        if (row := keys.setdefault(line.entry.key, line.row)) != line.row:
            yield CellFault(line.sheet, line.row, TEXT, f"与第 {row} 行重复")
        if line.number is not None and (row := numbers.setdefault(line.number, line.row)) != line.row:
            yield CellFault(line.sheet, line.row, ID, f"与第 {row} 行重复")


def _steps(lines: Sequence[Line], standing: Standing, *, replace: bool) -> list[Step]:
    named = {line.number for line in lines if line.number is not None}
    known = standing.known(sorted(named))
    if strange := [line for line in lines if line.number is not None and line.number not in known]:
        raise FileRefusedError([CellFault(line.sheet, line.row, ID, "没有这个编号") for line in strange])
    holders = standing.holders([line.entry.key for line in lines if line.number is None])
    steps = []
    for line in lines:
        holder = holders.get(line.entry.key)
        # One that the file moves to other words by its id is not found by its former ones.
        number = line.number if holder is None or holder in named else holder
        steps.append(Step(number, line.entry))
    if replace:
        named |= {step.number for step in steps if step.number is not None}
        steps += [
            Step(kept.number, kept.entry, retired=True)
            for kept in standing.in_force()
            if kept.number not in named
        ]
    return steps
