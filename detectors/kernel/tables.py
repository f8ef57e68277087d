"""Reading the tables of lexicon files: fields, types, ids and what every rule must have.

Whatever is wrong is said in Chinese with file and entry.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from detectors.kernel.finding import Category, Rule, Severity, Source
from detectors.kernel.sources import LexiconError, read_toml

Fields = Mapping[str, type]
RULE_REQUIRED: dict[str, type] = {"id": str, "why": str, "source": str, "hit": list, "miss": list}
RULE_OPTIONAL: dict[str, type] = {
    "severity": str,
    "clause": str,
    "valid_from": date,
    "valid_to": date,
    "trial": bool,
}
TYPE_NAMES = {str: "字符串", list: "字符串列表", bool: "true 或 false", date: "日期", int: "整数"}


def listed(words: Iterable[str]) -> str:
    """Join words for a message."""
    return "、".join(sorted(words))


class TableFolder:
    """The TOML files of one folder, their entries in file and then in entry order."""

    def __init__(self, folder: Path) -> None:
        """Take a folder; nothing is read yet."""
        self.folder = folder
        self.places: dict[str, str] = {}
        """For each id read so far, the file it stands in."""

    def entries(self) -> Iterator[tuple[dict[str, object], str]]:
        """Read every `[[entry]]`, with the name of its file.

        Raises:
            LexiconError: a file cannot be read, or an id is used twice.
        """
        for path in sorted(self.folder.glob("*.toml")):
            place = f"{self.folder.name}/{path.name}"
            content = read_toml(path)
            if stray := set(content) - {"entry", "retired"}:
                raise LexiconError(f"{place}：不认识的段落 {listed(stray)}，只应有 [[entry]] 和 [[retired]]")
            for code in _retired_ids(content.get("retired", []), place):
                self._claim(code, place)
            for table in _tables(content.get("entry", []), place):
                self._claim(str(table.get("id")), place)
                yield table, place

    def _claim(self, code: str, place: str) -> None:
        if code in self.places:
            raise LexiconError(f"{place} {code}：编号已在 {self.places[code]} 用过；编号永不重用")
        self.places[code] = place


def _tables(value: object, place: str) -> Iterator[dict[str, object]]:
    if not isinstance(value, list) or not all(isinstance(table, dict) for table in value):
        raise LexiconError(f"{place}：条目应写作 [[entry]]（双方括号）")
    yield from value


def _retired_ids(value: object, place: str) -> Iterator[str]:
    for table in _tables(value, place):
        code = table.get("id")
        if not isinstance(code, str) or set(table) - {"id", "why", "now"} or not table.get("why"):
            raise LexiconError(f"{place}：[[retired]] 应有 id 和 why，可有 now（接替的编号）")
        yield code


class TableReader:
    """One table, its fields checked; makes the rule of it."""

    def __init__(
        self,
        table: dict[str, object],
        place: str,
        sources: Mapping[str, Source],
        *,
        required: Fields,
        optional: Fields,
    ) -> None:
        """Check the fields.

        Raises:
            LexiconError: a field is unknown, missing, empty or of the wrong type.
        """
        self.table = table
        self.sources = sources
        self.where = f"{place} {table.get('id', '（缺 id）')}"
        known = {**required, **optional}
        if stray := set(table) - set(known):
            raise self.refuse(f"不认识的字段 {listed(stray)}")
        if missing := set(required) - set(table):
            raise self.refuse(f"缺少字段 {listed(missing)}")
        for name, value in table.items():
            # A datetime is a date to isinstance, but a lexicon knows days only.
            if not isinstance(value, known[name]) or isinstance(value, datetime):
                raise self.refuse(f"{name} 应是{TYPE_NAMES[known[name]]}")
            if isinstance(value, str) and not value.strip():
                raise self.refuse(f"{name} 不能为空")
            if value == []:
                raise self.refuse(f"{name} 应列出至少一个非空的字符串")

    def refuse(self, reason: str) -> LexiconError:
        """Say what is wrong, and where."""
        return LexiconError(f"{self.where}：{reason}")

    def words(self, name: str) -> tuple[str, ...]:
        """Give a list of strings; empty if the field is absent."""
        value = self.table.get(name, [])
        if not isinstance(value, list) or not all(isinstance(word, str) and word.strip() for word in value):
            raise self.refuse(f"{name} 应列出至少一个非空的字符串")
        return tuple(value)

    def rule(
        self, *, prefix: str, name: str, category: Category, severity: Severity, uses: tuple[str, ...]
    ) -> Rule:
        """Make the rule; `severity` is what holds if the table does not say its own."""
        code = str(self.table["id"])
        if not (code.startswith(prefix) and code[2:].isdigit() and len(code) == 6):
            raise self.refuse(f"id 应为 {prefix} 加四位数字")
        chosen = str(self.table.get("severity", severity))
        if chosen not in set(Severity):
            raise self.refuse("severity 应为 error、warning 或 info")
        source = self.sources.get(str(self.table["source"]))
        if source is None:
            raise self.refuse(f"出处“{self.table['source']}”不在 sources.toml 中")
        first, last = self._day("valid_from"), self._day("valid_to")
        if first and last and first > last:
            raise self.refuse("valid_from 晚于 valid_to")
        clause = self.table.get("clause")
        return Rule(
            code=code,
            name=name,
            category=category,
            severity=Severity(chosen),
            why=str(self.table["why"]),
            source=replace(source, clause=str(clause)) if clause else source,
            hits=self.words("hit"),
            misses=self.words("miss"),
            uses=uses,
            valid_from=first,
            valid_to=last,
            trial=self.table.get("trial") is True,
        )

    def _day(self, name: str) -> date | None:
        value = self.table.get(name)
        return value if isinstance(value, date) else None
