"""What an entry of a site must be like to be kept: whole, short, of one line, and about rules that exist."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

import regex

from app.site.entry import Kind, Level, Signature, SiteEntry
from detectors.kernel.finding import Category
from detectors.kernel.lexicon import SHORTEST_FORM
from detectors.kernel.text import fold

LONGEST_TEXT = 100
LONGEST_REASON = 500
LONGEST_UNIT = 100
LONGEST_AUTHOR = 50
LONGEST_NOTE = 200
MOST_USES = 10
MOST_SCOPES = 50
USES_MARK = "；"
"""Parts what is right from what is second best in the cell of a table."""
UNPRINTABLE = regex.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]", regex.ASCII)
FOUND_AS = (Category.EXPRESSION, Category.SENSITIVE, Category.TYPO)
USUAL_CATEGORY = {Kind.FORBID: Category.SENSITIVE, Kind.REPLACE: Category.EXPRESSION}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one field; the reason is Chinese and quotes nothing."""

    field: str
    reason: str


class RefusedError(Exception):
    """An entry cannot be kept."""

    def __init__(self, faults: Collection[Fault]) -> None:
        """Say what is wrong with it."""
        super().__init__("；".join(fault.reason for fault in faults))
        self.faults = tuple(faults)


def accepted(entry: SiteEntry, rules: Collection[str]) -> SiteEntry:
    """Give the entry with its defaults filled in.

    Args:
        entry: as an editor wrote it.
        rules: the codes of the shipped rules.

    Raises:
        RefusedError: it cannot be kept; all its faults are named.
    """
    if faults := tuple(_faults(entry, rules)):
        raise RefusedError(faults)
    if entry.kind.finds:
        usual = USUAL_CATEGORY[entry.kind]
        return replace(entry, category=entry.category or usual, level=entry.level or Level.ERROR)
    if entry.kind is Kind.SWITCH:
        return replace(entry, level=entry.level or Level.OFF)
    return entry


def require_signed(signature: Signature) -> None:
    """See to it that a change is signed.

    Raises:
        RefusedError: this is no name, or no note of one line.
    """
    faults = []
    if reason := line_fault(signature.author, LONGEST_AUTHOR):
        faults.append(Fault("author", reason))
    if signature.note and (reason := line_fault(signature.note, LONGEST_NOTE)):
        faults.append(Fault("note", reason))
    if faults:
        raise RefusedError(faults)


def _faults(entry: SiteEntry, rules: Collection[str]) -> Iterator[Fault]:
    for field, line, longest in (
        ("text", entry.text, LONGEST_TEXT),
        ("reason", entry.reason, LONGEST_REASON),
        ("unit", entry.unit, LONGEST_UNIT),
    ):
        if reason := line_fault(line, longest):
            yield Fault(field, reason)
    if entry.kind is Kind.SWITCH:
        yield from _switch_faults(entry, rules)
    elif not line_fault(entry.text, LONGEST_TEXT) and len(fold(entry.text)) < SHORTEST_FORM:
        yield Fault("text", f"太短，至少要 {SHORTEST_FORM} 个字")
    yield from _uses_faults(entry)
    if entry.kind.finds:
        if entry.category not in {None, *FOUND_AS}:
            names = "、".join(category.label for category in FOUND_AS)
            yield Fault("category", f"只能是{names}")
        if entry.level is Level.OFF:
            yield Fault("level", "“停用”只用于调整规则；不再需要的条目请停止使用")
    elif entry.category is not None:
        yield Fault("category", "只有禁用和改用的条目才分类别")
    yield from _scope_faults(entry, rules)


def _switch_faults(entry: SiteEntry, rules: Collection[str]) -> Iterator[Fault]:
    if entry.text not in rules:
        yield Fault("text", "没有这个编号的规则")
    if entry.level is Level.ERROR:
        yield Fault("level", "规则只能调低（须核实、可斟酌）或停用")


def _uses_faults(entry: SiteEntry) -> Iterator[Fault]:
    if entry.kind is not Kind.REPLACE:
        if entry.uses:
            yield Fault("uses", "只有改用的条目才写改为什么")
        return
    if not 0 < len(entry.uses) <= MOST_USES:
        yield Fault("uses", f"应写明改为什么，至多 {MOST_USES} 种")
    for use in entry.uses:
        if reason := line_fault(use, LONGEST_TEXT):
            yield Fault("uses", reason)
        elif USES_MARK in use:
            yield Fault("uses", f"不能含有“{USES_MARK}”，它用来分隔几种写法")
        elif fold(use) == fold(entry.text):
            yield Fault("uses", "与词语相同")


def _scope_faults(entry: SiteEntry, rules: Collection[str]) -> Iterator[Fault]:
    if entry.kind is not Kind.ALLOW:
        if entry.scope:
            yield Fault("scope", "只有允许的条目才写范围")
        return
    if entry.level is not None:
        yield Fault("level", "允许的条目没有级别")
    if len(entry.scope) > MOST_SCOPES:
        yield Fault("scope", f"至多 {MOST_SCOPES} 项")
    known = {category.value for category in Category}
    if not all(scope in known or scope in rules for scope in entry.scope):
        yield Fault("scope", "范围应是规则编号或类别，留空为全部")


def line_fault(line: str, longest: int) -> str | None:
    """Say what keeps a text from being one short line; None if nothing does."""
    if not line.strip():
        return "不能为空"
    if len(line) > longest:
        return f"太长，至多 {longest} 字"
    if line != line.strip():
        return "首尾不能有空格"
    return "不能有换行或其他控制字符" if UNPRINTABLE.search(line) else None
