"""The list of columns as a table (CSV, xlsx): 单位, 账号或网站, 栏目, 级别, 更新期限."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from app.archive.columns import Expected, Level
from app.archive.update_limit import UpdateLimit
from app.documents import UnreadableError
from app.site_files.columns import MOST_FAULTS, CellFault, FileRefusedError
from app.site_files.csv_table import csv_rows
from app.site_files.xlsx_table import xlsx_rows
from detectors.kernel.system_errors import reason_of

UNIT, ACCOUNT, COLUMN, LEVEL, LIMIT, KIND, RECORD_NUMBER = (
    "单位 账号或网站 栏目 级别 更新期限 类型 备案单号".split()
)
HEADINGS = (UNIT, ACCOUNT, COLUMN, LEVEL, LIMIT, KIND, RECORD_NUMBER)
REQUIRED = (ACCOUNT, COLUMN)
LEVELS = {level.value: level for level in Level}
MOST_COLUMNS = 20_000
LONGEST = {UNIT: 200, ACCOUNT: 200, COLUMN: 200, KIND: 50, RECORD_NUMBER: 50}
"""Code points; so many the tables of scans hold."""


def read_column_list(path: Path) -> tuple[Expected, ...]:
    """Read a list of columns.

    Raises:
        UnreadableError: the file cannot be opened.
        FileRefusedError: it is no table, or a cell cannot be read; all such cells are named.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableError(f"{path}：不能打开（{reason_of(error)}）") from None
    sheet, rows = xlsx_rows(content) if path.suffix.lower() == ".xlsx" else csv_rows(content)
    return _read(sheet, rows)


def _read(sheet: str, rows: Iterable[tuple[int, Sequence[str]]]) -> tuple[Expected, ...]:
    numbered = iter(rows)
    headings = [cell.strip() for cell in next(numbered, (1, ()))[1]]
    faults = [CellFault(sheet, 1, name, "缺少这一列") for name in REQUIRED if name not in headings]
    faults += [CellFault(sheet, 1, name, "这一列重复") for name in HEADINGS if headings.count(name) > 1]
    if faults:
        raise FileRefusedError(faults)
    expected: list[Expected] = []
    known: set[tuple[str, str, str]] = set()
    for row, cells in numbered:
        if not any(cell.strip() for cell in cells):
            continue
        said = {name: cell.strip() for name, cell in zip(headings, cells, strict=False)}
        found = _faults(said)
        key = said.get(ACCOUNT, ""), said.get(KIND, ""), said.get(COLUMN, "")
        if key in known:
            found.append((COLUMN, "这个账号或网站的同一栏目写了两次"))
        faults += [CellFault(sheet, row, name, reason) for name, reason in found]
        if len(expected) >= MOST_COLUMNS:
            faults.append(CellFault(sheet, row, "", f"行数过多，至多 {MOST_COLUMNS:,} 行"))
        if len(faults) >= MOST_FAULTS:
            break
        if not found:
            known.add(key)
            expected.append(_expected(said))
    if faults:
        raise FileRefusedError(faults)
    return tuple(expected)


def _faults(said: Mapping[str, str]) -> list[tuple[str, str]]:
    faults = []
    if not said.get(ACCOUNT):
        faults.append((ACCOUNT, "不能为空"))
    if (level := said.get(LEVEL)) and level not in LEVELS:
        faults.append((LEVEL, f"应是{'、'.join(LEVELS)}之一"))
    if (limit := said.get(LIMIT)) and UpdateLimit.read(limit) is None:
        faults.append((LIMIT, "应写作 2周、6个月、5个自然日、1条/季度 等"))
    faults += [(name, f"至多 {most} 字") for name, most in LONGEST.items() if len(said.get(name, "")) > most]
    return faults


def _expected(said: Mapping[str, str]) -> Expected:
    return Expected(
        unit=said.get(UNIT, ""),
        account=said[ACCOUNT],
        column=said.get(COLUMN, ""),
        level=LEVELS[said.get(LEVEL) or Level.OTHER.value],
        limit=UpdateLimit.read(said.get(LIMIT, "")),
        kind=said.get(KIND, ""),
        record_number=said.get(RECORD_NUMBER, ""),
    )
