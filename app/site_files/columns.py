"""The columns of the table, and its rows as entries.

Spreadsheets run what looks like a formula, also out of a CSV that somebody sends. So a cell that begins
like one is refused when it comes in; when it goes out it is preceded by an apostrophe, as spreadsheets
mark plain text themselves, and an apostrophe before such a beginning is taken off again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import TypeVar

from app.site.acceptance import USES_MARK, Fault
from app.site.entry import Kept, Kind, Level, Match, SiteEntry, number_of
from detectors.kernel.finding import Category

ID, KIND, TEXT, USES, CATEGORY = "编号", "类型", "词语", "改为", "类别"
LEVEL, SCOPE, MATCH, REASON, UNIT, EXPIRES = "级别", "范围", "匹配", "理由", "单位", "到期日"
HEADINGS = (ID, KIND, TEXT, USES, CATEGORY, LEVEL, SCOPE, MATCH, REASON, UNIT, EXPIRES)
REQUIRED = (KIND, TEXT, REASON, UNIT)
FIELDS = {
    "text": TEXT,
    "uses": USES,
    "category": CATEGORY,
    "level": LEVEL,
    "scope": SCOPE,
    "reason": REASON,
    "unit": UNIT,
}
"""Which column holds what acceptance calls by the name of a field."""
SCOPE_MARK = "、"
FORMULA_BEGINS = tuple("=+-@＝＋－＠")
PLAIN = "'"
MOST_ROWS = 200_000
MOST_FAULTS = 100
E = TypeVar("E", bound=Enum)
KINDS = {kind.label: kind for kind in Kind}
CATEGORIES = {category.label: category for category in Category}
LEVELS = {level.label: level for level in Level}
MATCHES = {match.label: match for match in Match}


@dataclass(frozen=True, slots=True)
class CellFault:
    """What is wrong in a file, and where; the reason is Chinese and quotes nothing of the cell."""

    sheet: str
    row: int
    """Counts from 1, the headings being row 1; 0 where the whole sheet is meant."""
    column: str
    reason: str

    @property
    def place(self) -> str:
        """Where it stands, in Chinese."""
        row = f"第 {self.row} 行" if self.row else ""
        column = f"“{self.column}”列" if self.column else ""
        return f"工作表“{self.sheet}”{row}{column}"

    def __str__(self) -> str:
        return f"{self.place}：{self.reason}"


class FileRefusedError(Exception):
    """A file cannot be imported; nothing of it has been."""

    def __init__(self, faults: Sequence[CellFault]) -> None:
        """Say what is wrong, the first faults first."""
        super().__init__("；".join(map(str, faults[:3])))
        self.faults = tuple(faults[:MOST_FAULTS])


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table."""

    sheet: str
    row: int
    number: int | None
    """Of the entry that it changes; none where it is new."""
    entry: SiteEntry

    def fault(self, fault: Fault) -> CellFault:
        """Say where a fault of the entry stands in the table."""
        return CellFault(self.sheet, self.row, FIELDS.get(fault.field, ""), fault.reason)


def written(kept: Kept) -> list[str]:
    """Write an entry as the cells of a row."""
    entry = kept.entry
    scopes = (Category(scope).label if scope in set(Category) else scope for scope in entry.scope)
    cells = (
        kept.id,
        entry.kind.label,
        entry.text,
        USES_MARK.join(entry.uses),
        entry.category.label if entry.category else "",
        entry.level.label if entry.level else "",
        SCOPE_MARK.join(scopes),
        entry.match.label,
        entry.reason,
        entry.unit,
        entry.expires_on.isoformat() if entry.expires_on else "",
    )
    return [plain_cell(cell) for cell in cells]


def plain_cell(text: str) -> str:
    """Write a text so that no spreadsheet takes it for a formula."""
    return f"{PLAIN}{text}" if _begins_like_formula(text) else text


def read_table(sheet: str, rows: Iterable[tuple[int, Sequence[str]]]) -> list[Line]:
    """Read the rows of a table, the first being its headings; empty rows count for nothing.

    Args:
        sheet: how the table is called in faults.
        rows: number and cells of each row.

    Raises:
        FileRefusedError: a heading or a cell cannot be read; all such cells are named.
    """
    numbered = iter(rows)
    headings = _headings(sheet, next(numbered, (1, ()))[1])
    lines, faults = [], []
    for row, cells in numbered:
        if not any(cell.strip() for cell in cells):
            continue
        if row > MOST_ROWS + 1:
            raise FileRefusedError([CellFault(sheet, row, "", f"行数过多，至多 {MOST_ROWS:,} 行")])
        reader = _RowReader(sheet, row, dict(zip(headings, cells, strict=False)))
        line = reader.line()
        faults += reader.faults
        if line is not None:
            lines.append(line)
        if len(faults) >= MOST_FAULTS:
            break
    if faults:
        raise FileRefusedError(faults)
    return lines


def _headings(sheet: str, cells: Sequence[str]) -> list[str]:
    headings = [cell.strip() for cell in cells]
    while headings and not headings[-1]:
        headings.pop()
    faults = [CellFault(sheet, 1, name, "缺少这一列") for name in REQUIRED if name not in headings]
    for place, name in enumerate(headings, start=1):
        # An unknown heading is not repeated: it may be anything.
        if name not in HEADINGS:
            faults.append(CellFault(sheet, 1, f"第 {place} 列", "不认识的列名"))
        elif headings.index(name) != place - 1:
            faults.append(CellFault(sheet, 1, name, "这一列重复"))
    if faults:
        raise FileRefusedError(faults)
    return headings


class _RowReader:
    """Reads the cells of one row, and remembers what is wrong with them."""

    def __init__(self, sheet: str, row: int, cells: Mapping[str, str]) -> None:
        self.sheet, self.row = sheet, row
        self.faults: list[CellFault] = []
        self.cells = {name: self._plain(name, cell) for name, cell in cells.items()}

    def line(self) -> Line | None:
        kind = self._chosen(KIND, KINDS)
        entry_id = self.cells.get(ID, "")
        number = number_of(entry_id) if entry_id else None
        if entry_id and number is None:
            self._refuse(ID, "编号应如 S00001；新条目留空")
        category, level = self._chosen(CATEGORY, CATEGORIES), self._chosen(LEVEL, LEVELS)
        match, expires_on = self._chosen(MATCH, MATCHES), self._day()
        if kind is None and not self.faults:
            self._refuse(KIND, "不能为空")
        if self.faults or kind is None:
            return None
        entry = SiteEntry(
            kind=kind,
            text=self.cells[TEXT],
            reason=self.cells[REASON],
            unit=self.cells[UNIT],
            uses=self._parts(USES, USES_MARK),
            category=category,
            level=level,
            scope=tuple(
                CATEGORIES[scope].value if scope in CATEGORIES else scope
                for scope in self._parts(SCOPE, SCOPE_MARK)
            ),
            match=match or Match.AUTO,
            expires_on=expires_on,
        )
        return Line(self.sheet, self.row, number, entry)

    def _plain(self, name: str, cell: str) -> str:
        cell = cell.strip()
        if _begins_like_formula(cell):
            self._refuse(name, "像是公式（以 = + - @ 开头）；确是文字，请在前面加半角单引号")
        return cell[1:] if cell.startswith(PLAIN) and _begins_like_formula(cell[1:]) else cell

    def _parts(self, name: str, mark: str) -> tuple[str, ...]:
        parts = (part.strip() for part in self.cells.get(name, "").split(mark))
        return tuple(part for part in parts if part)

    def _chosen(self, name: str, known: Mapping[str, E]) -> E | None:
        cell = self.cells.get(name, "")
        if cell and cell not in known:
            self._refuse(name, f"应是{'、'.join(known)}之一")
        return known.get(cell)

    def _day(self) -> date | None:
        cell = self.cells.get(EXPIRES, "")
        try:
            return date.fromisoformat(cell) if cell else None
        except ValueError:
            self._refuse(EXPIRES, "应是 2024-01-31 形式的日期")
            return None

    def _refuse(self, column: str, reason: str) -> None:
        self.faults.append(CellFault(self.sheet, self.row, column, reason))


def _begins_like_formula(cell: str) -> bool:
    return cell.startswith(FORMULA_BEGINS)
