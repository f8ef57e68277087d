"""Lexicon files: entries that an editor can read, change and defend. An entry *is* a rule.

A folder of TOML files holds one lexicon. Whatever is wrong in a file is said in Chinese with file
and entry, and nothing is loaded: a lexicon that misreads silently would be worse than none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from detectors.kernel.finding import Category, Rule, Severity, Source
from detectors.kernel.sources import LexiconError, read_toml
from detectors.kernel.text import fold, fold_all

REQUIRED = {"id": str, "find": list, "why": str, "source": str, "hit": list, "miss": list}
OPTIONAL = {
    "use": list,
    "except": list,
    "near": list,
    "not_near": list,
    "quote_ok": bool,
    "boundary": bool,
    "severity": str,
    "clause": str,
    "valid_from": date,
    "valid_to": date,
    "trial": bool,
}
TYPE_NAMES = {str: "字符串", list: "字符串列表", bool: "true 或 false", date: "日期"}
SHORTEST_FORM = 2
LONGEST_UNBOUND_FORM = 3
"""Code points. Longer forms hardly ever arise by chance across two words."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A rule and the forms by which it is found; all forms are folded."""

    rule: Rule
    forms: tuple[str, ...]
    exceptions: tuple[str, ...] = ()
    """Longer lawful strings: a hit inside one is silent."""
    near: tuple[str, ...] = ()
    """If any are given, one of them must stand in the same sentence."""
    not_near: tuple[str, ...] = ()
    """None of these may stand in the same sentence."""
    quote_ok: bool = False
    """Lawful inside quotation marks."""
    boundary: bool | None = None
    """Whether a hit must begin and end with a word; by default, short forms must."""

    def needs_boundary(self, form: str) -> bool:
        """Tell whether a hit of this form counts only if it is made of whole words."""
        return len(form) <= LONGEST_UNBOUND_FORM if self.boundary is None else self.boundary


@dataclass(frozen=True, slots=True)
class LexiconFolder:
    """Where the entries of one detector lie, and what holds for all of them."""

    name: str
    category: Category
    prefix: str
    """How the ids begin: two capitals before four digits."""
    severity: Severity
    """What an entry has that does not say its own."""

    def read(self, lexicons: Path, sources: Mapping[str, Source]) -> tuple[Entry, ...]:
        """Read all entries, in file and then in entry order.

        Raises:
            LexiconError: a file cannot be read, or an entry is not whole, or two contradict.
        """
        entries: list[Entry] = []
        places: dict[str, str] = {}
        for path in sorted((lexicons / self.name).glob("*.toml")):
            place = f"{self.name}/{path.name}"
            content = read_toml(path)
            if stray := set(content) - {"entry", "retired"}:
                raise LexiconError(f"{place}：不认识的段落 {_listed(stray)}，只应有 [[entry]] 和 [[retired]]")
            for code in _retired_ids(content.get("retired", []), place):
                _claim(places, code, place)
            for table in _tables(content.get("entry", []), place):
                entry = _EntryReader(table, place, self, sources).entry()
                _claim(places, entry.rule.code, place)
                entries.append(entry)
        _refuse_contradictions(entries, places)
        return tuple(entries)


def _listed(words: Iterable[str]) -> str:
    return "、".join(sorted(words))


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


def _claim(places: dict[str, str], code: str, place: str) -> None:
    if code in places:
        raise LexiconError(f"{place} {code}：编号已在 {places[code]} 用过；编号永不重用")
    places[code] = place


class _EntryReader:
    """Reads one table and says what is wrong with it."""

    def __init__(
        self, table: dict[str, object], place: str, folder: LexiconFolder, sources: Mapping[str, Source]
    ) -> None:
        self.table = table
        self.folder = folder
        self.sources = sources
        self.where = f"{place} {table.get('id', '（缺 id）')}"

    def refuse(self, reason: str) -> LexiconError:
        return LexiconError(f"{self.where}：{reason}")

    def entry(self) -> Entry:
        self._check_fields()
        forms = fold_all(self.words("find"))
        if short := [form for form in forms if len(form) < SHORTEST_FORM]:
            raise self.refuse(f"find 中的“{short[0]}”太短，至少要两个字")
        entry = Entry(
            rule=self._rule(),
            forms=forms,
            exceptions=fold_all(self.words("except")),
            near=fold_all(self.words("near")),
            not_near=fold_all(self.words("not_near")),
            quote_ok=self.table.get("quote_ok") is True,
            boundary=None if "boundary" not in self.table else self.table["boundary"] is True,
        )
        for exception in entry.exceptions:
            if not any(form in exception and form != exception for form in forms):
                raise self.refuse(f"except 中的“{exception}”不含任何 find 词形，不起作用")
        for hit in entry.rule.hits:
            if not any(form in fold(hit) for form in forms):
                raise self.refuse(f"hit“{hit}”中没有 find 的词形")
        for miss in entry.rule.misses:
            if not _is_near(fold(miss), entry):
                raise self.refuse(f"miss“{miss}”离本条太远：应含 use、except 或词形中的两个字")
        return entry

    def _check_fields(self) -> None:
        known = REQUIRED | OPTIONAL
        if stray := set(self.table) - set(known):
            raise self.refuse(f"不认识的字段 {_listed(stray)}")
        if missing := set(REQUIRED) - set(self.table):
            raise self.refuse(f"缺少字段 {_listed(missing)}")
        for name, value in self.table.items():
            # A datetime is a date to isinstance, but a lexicon knows days only.
            if not isinstance(value, known[name]) or isinstance(value, datetime):
                raise self.refuse(f"{name} 应是{TYPE_NAMES[known[name]]}")
            if isinstance(value, str) and not value.strip():
                raise self.refuse(f"{name} 不能为空")
            if isinstance(value, list) and not (
                value and all(isinstance(word, str) and word.strip() for word in value)
            ):
                raise self.refuse(f"{name} 应列出至少一个非空的字符串")

    def words(self, name: str) -> tuple[str, ...]:
        value = self.table.get(name, [])
        assert isinstance(value, list)
        return tuple(value)

    def _rule(self) -> Rule:
        code = str(self.table["id"])
        if not (code.startswith(self.folder.prefix) and code[2:].isdigit() and len(code) == 6):
            raise self.refuse(f"id 应为 {self.folder.prefix} 加四位数字")
        severity = str(self.table.get("severity", self.folder.severity))
        if severity not in set(Severity):
            raise self.refuse("severity 应为 error、warning 或 info")
        source = self.sources.get(str(self.table["source"]))
        if source is None:
            raise self.refuse(f"出处“{self.table['source']}”不在 sources.toml 中")
        clause = self.table.get("clause")
        uses = self.words("use")
        return Rule(
            code=code,
            name=_name(self.words("find")[0], uses),
            category=self.folder.category,
            severity=Severity(severity),
            why=str(self.table["why"]),
            source=replace(source, clause=str(clause)) if clause else source,
            hits=self.words("hit"),
            misses=self.words("miss"),
            uses=uses,
            valid_from=self._day("valid_from"),
            valid_to=self._day("valid_to"),
            trial=self.table.get("trial") is True,
        )

    def _day(self, name: str) -> date | None:
        value = self.table.get(name)
        return value if isinstance(value, date) else None


def _name(form: str, uses: tuple[str, ...]) -> str:
    if not uses:
        return f"慎用“{form}”"
    if uses[0] == f"“{form}”":
        return f"“{form}”须加引号"
    return f"“{form}”宜作“{uses[0]}”"


def _is_near(miss: str, entry: Entry) -> bool:
    """Tell whether a lawful sentence comes close enough to the entry to prove anything."""
    if any(word in miss for word in (*fold_all(entry.rule.uses), *entry.exceptions)):
        return True
    return any(len(set(form) & set(miss)) >= SHORTEST_FORM for form in entry.forms)


def _refuse_contradictions(entries: Iterable[Entry], places: Mapping[str, str]) -> None:
    """Refuse a form that stands twice, and advice that another entry forbids."""
    owners: dict[str, Entry] = {}
    for entry in entries:
        for form in entry.forms:
            if form in owners:
                code = owners[form].rule.code
                raise LexiconError(
                    f"{places[entry.rule.code]} {entry.rule.code}：词形“{form}”在 {code} 中已有"
                )
            owners[form] = entry
    for entry in entries:
        for use in fold_all(entry.rule.uses):
            for form, owner in owners.items():
                if form in use and not _is_spared(form, use, owner):
                    raise LexiconError(
                        f"{places[entry.rule.code]} {entry.rule.code}：建议“{use}”含有"
                        f" {owner.rule.code} 所禁的“{form}”"
                    )


def _is_spared(form: str, use: str, owner: Entry) -> bool:
    if owner.quote_ok and f"“{form}”" in use:
        return True
    return any(form in exception and exception in use for exception in owner.exceptions)
