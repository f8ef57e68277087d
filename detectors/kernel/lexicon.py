"""Lexicon files: entries that an editor can read, change and defend. An entry *is* a rule.

A folder of TOML files holds one lexicon. Whatever is wrong in a file is said in Chinese with file
and entry, and nothing is loaded: a lexicon that misreads silently would be worse than none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

import regex

from detectors.kernel.finding import Category, Rule, Severity, Source
from detectors.kernel.sources import LexiconError
from detectors.kernel.spellings import Spelling, WrittenForms, spellings, written_forms_of
from detectors.kernel.tables import RULE_OPTIONAL, RULE_REQUIRED, TableFolder, TableReader
from detectors.kernel.text import fold, fold_all

REQUIRED = {"find": list} | RULE_REQUIRED
OPTIONAL = {
    "use": list,
    "change": list,
    "action": str,
    "variants": list,
    "except": list,
    "near": list,
    "not_near": list,
    "quote_ok": bool,
    "boundary": bool,
    "needs_model": bool,
} | RULE_OPTIONAL
HAN = regex.compile(r"[\u4e00-\u9fff]+", regex.ASCII)
SHORTEST_FORM = 2
LONGEST_UNBOUND_FORM = 3
"""Code points. Longer forms hardly ever arise by chance across two words."""
DELETED = ("",)
"""The advice to delete: the best replacement is nothing."""


class Action(StrEnum):
    """What is done with a form that is not replaced by another wording."""

    DELETE = "delete"
    QUOTE = "quote"


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
    needs_model: bool = False
    """The form is right in other places: it counts only where the language model likes the advice better."""
    action: Action | None = None
    """None if other words are due: those of the rule, or such as only the editor can find."""
    change: tuple[str, str] | None = None
    """What is wrong inside each form, and what is written instead; None if the whole form is replaced."""
    spellings: Mapping[str, str] = field(default_factory=dict)
    """Other ways of writing the forms, each with the form that it stands for."""

    def advice(self, form: str) -> tuple[str, ...]:
        """Say what to write in the place of a form, best first; the empty text means: delete it."""
        if self.change:
            return (form.replace(*self.change),)
        return (_quoted(form),) if self.action is Action.QUOTE else self.rule.uses

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
    spellings: frozenset[Spelling] = frozenset()
    """How every form is looked for, besides what its entry asks for."""

    def read(self, lexicons: Path, sources: Mapping[str, Source]) -> tuple[Entry, ...]:
        """Read all entries, in file and then in entry order.

        Raises:
            LexiconError: a file cannot be read, or an entry is not whole, or two contradict.
        """
        tables = TableFolder(lexicons / self.name)
        written = written_forms_of(lexicons)
        entries = [
            _EntryReader(table, place, self, sources, written).entry() for table, place in tables.entries()
        ]
        places = tables.places
        _refuse_contradictions(entries, places)
        return tuple(entries)


class _EntryReader(TableReader):
    """Reads one table and says what is wrong with it."""

    def __init__(
        self,
        table: dict[str, object],
        place: str,
        folder: LexiconFolder,
        sources: Mapping[str, Source],
        written: WrittenForms,
    ) -> None:
        super().__init__(table, place, sources, required=REQUIRED, optional=OPTIONAL)
        self.folder = folder
        self.written = written

    def entry(self) -> Entry:
        forms = fold_all(self.words("find"))
        if short := [form for form in forms if len(form) < SHORTEST_FORM]:
            raise self.refuse(f"find 中的“{short[0]}”太短，至少要两个字")
        action = self._action()
        kinds = self._spellings()
        exceptions = fold_all(self.words("except"))
        change = self._change(forms)
        uses = tuple(form.replace(*change) for form in forms) if change else self._uses(action)
        entry = Entry(
            rule=self.rule(
                prefix=self.folder.prefix,
                name=_name(self.words("find")[0], uses, action),
                category=self.folder.category,
                severity=self.folder.severity,
                uses=uses,
            ),
            forms=forms,
            exceptions=exceptions
            + tuple(other for exception in exceptions for other in self._written_otherwise(exception, kinds)),
            near=fold_all(self.words("near")),
            not_near=fold_all(self.words("not_near")),
            quote_ok=action is Action.QUOTE or self.table.get("quote_ok") is True,
            boundary=None if "boundary" not in self.table else self.table["boundary"] is True,
            needs_model=self._needs_model(forms, uses),
            action=action,
            change=change,
            spellings={other: form for form in forms for other in spellings(form, kinds, self.written)},
        )
        for exception in exceptions:
            if not any(form in exception and form != exception for form in forms):
                raise self.refuse(f"except 中的“{exception}”不含任何 find 词形，不起作用")
        for hit in entry.rule.hits:
            if not any(form in fold(hit) for form in forms):
                raise self.refuse(f"hit“{hit}”中没有 find 的词形")
        for miss in entry.rule.misses:
            if not _is_near(fold(miss), entry):
                raise self.refuse(f"miss“{miss}”离本条太远：应含 use、except 或词形中的两个字")
        return entry

    def _action(self) -> Action | None:
        value = self.table.get("action")
        if value is None:
            return None
        if value not in set(Action):
            raise self.refuse("action 应为 delete（删去）或 quote（加引号）")
        if "use" in self.table:
            raise self.refuse("action 和 use 只能有一个")
        if value == Action.QUOTE and "quote_ok" in self.table:
            raise self.refuse("action 为 quote 时不写 quote_ok：加了引号就不提醒")
        return Action(str(value))

    def _needs_model(self, forms: Sequence[str], uses: Sequence[str]) -> bool:
        if self.table.get("needs_model") is not True:
            return False
        # Likelihoods of wordings of different lengths do not compare: each character costs.
        lengths = {len(form) for form in (*forms, *(uses if "change" in self.table else uses[:1]))}
        if "action" in self.table or not uses or len(lengths) > 1 or not HAN.fullmatch("".join(forms)):
            raise self.refuse("needs_model 要求 find 和改后的写法都是汉字，长短一样")
        return True

    def _change(self, forms: Sequence[str]) -> tuple[str, str] | None:
        if "change" not in self.table:
            return None
        if {"use", "action"} & set(self.table):
            raise self.refuse("change 不与 use、action 同用")
        words = fold_all(self.words("change"))
        if len(words) != 2:
            raise self.refuse("change 应为两项：词形中错的部分，改成什么")
        if astray := [form for form in forms if words[0] not in form]:
            raise self.refuse(f"find 中的“{astray[0]}”不含 change 的“{words[0]}”")
        return words[0], words[1]

    def _uses(self, action: Action | None) -> tuple[str, ...]:
        if action is None:
            return self.words("use")
        return DELETED if action is Action.DELETE else tuple(map(_quoted, self.words("find")))

    def _spellings(self) -> frozenset[Spelling]:
        asked = self.words("variants")
        if stray := set(asked) - set(Spelling):
            raise self.refuse(f"variants 中的“{min(stray)}”不认识，应为 {'、'.join(Spelling)}")
        return self.folder.spellings | set(map(Spelling, asked))

    def _written_otherwise(self, exception: str, kinds: frozenset[Spelling]) -> Iterator[str]:
        """Write a lawful string in the ways of honest people; nobody disguises what is lawful."""
        return spellings(exception, kinds & {Spelling.TRADITIONAL, Spelling.CASE}, self.written)


def _quoted(form: str) -> str:
    return f"“{form}”"


def _name(form: str, uses: tuple[str, ...], action: Action | None) -> str:
    if action is Action.DELETE:
        return f"“{form}”宜删去"
    if not uses:
        return f"慎用“{form}”"
    if uses[0] == _quoted(form):
        return f"“{form}”须加引号"
    return f"“{form}”宜作“{uses[0]}”"


def _is_near(miss: str, entry: Entry) -> bool:
    """Tell whether a lawful sentence comes close enough to the entry to prove anything."""
    if any(word and word in miss for word in (*fold_all(entry.rule.uses), *entry.exceptions)):
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
    lengths = sorted({len(form) for form in owners})
    for entry in entries:
        for use in fold_all(entry.rule.uses):
            for form in _stretches(use, lengths):
                owner = owners.get(form)
                if owner is not None and not _is_spared(form, use, owner):
                    raise LexiconError(
                        f"{places[entry.rule.code]} {entry.rule.code}：建议“{use}”含有"
                        f" {owner.rule.code} 所禁的“{form}”"
                    )


def _stretches(text: str, lengths: Iterable[int]) -> Iterator[str]:
    """Cut every stretch of some lengths out of a text: to look up 3,000 forms in it takes longer."""
    for length in lengths:
        yield from (text[start : start + length] for start in range(len(text) - length + 1))


def _is_spared(form: str, use: str, owner: Entry) -> bool:
    if owner.quote_ok and f"“{form}”" in use:
        return True
    return any(form in exception and exception in use for exception in owner.exceptions)
