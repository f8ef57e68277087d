"""What a site says about its own texts: one entry of its lexicon."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import regex

from detectors.kernel.finding import Category, Rule, Severity, Source
from detectors.kernel.text import fold

SITE_LEXICON = "本站词库"
ID = regex.compile(r"S(\d{5,9})", regex.ASCII)


class Kind(StrEnum):
    """What an entry does."""

    FORBID = "forbid"
    REPLACE = "replace"
    ALLOW = "allow"
    SWITCH = "switch"

    @property
    def label(self) -> str:
        """The name that editors read."""
        return KIND_LABELS[self]

    @property
    def finds(self) -> bool:
        """Tell whether entries of this kind find faults, as rules do."""
        return self in {Kind.FORBID, Kind.REPLACE}


class Level(StrEnum):
    """How grave a fault is; for a shipped rule, to what it is lowered."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    OFF = "off"

    @property
    def label(self) -> str:
        """The name that editors read."""
        return "停用" if self is Level.OFF else Severity(self.value).label


class Match(StrEnum):
    """Where a form counts."""

    AUTO = "auto"
    WORD = "word"
    ANYWHERE = "anywhere"

    @property
    def label(self) -> str:
        """The name that editors read."""
        return MATCH_LABELS[self]


KIND_LABELS = {Kind.FORBID: "禁用", Kind.REPLACE: "改用", Kind.ALLOW: "允许", Kind.SWITCH: "调整"}
MATCH_LABELS = {Match.AUTO: "自动", Match.WORD: "整词", Match.ANYWHERE: "任意"}


@dataclass(frozen=True, slots=True)
class SiteEntry:
    """An entry as an editor writes it."""

    kind: Kind
    text: str
    """What is forbidden, wrong or allowed; of a switch, the code of a shipped rule."""
    reason: str
    unit: str
    """Who answers for it; stands as issuer in the source of its findings."""
    uses: tuple[str, ...] = ()
    """Of a replacement: what is right, best first."""
    category: Category | None = None
    """Of what finds faults: as which kind of fault."""
    level: Level | None = None
    """Of what finds faults, how grave; of a switch, to what the rule is lowered."""
    scope: tuple[str, ...] = ()
    """Of an allowance: the rules and categories that it silences; all, if none is named."""
    match: Match = Match.AUTO
    expires_on: date | None = None
    """The last day on which it counts."""

    @property
    def key(self) -> str:
        """What no two entries in force may share: the words found, the words allowed, the rule switched."""
        if self.kind is Kind.SWITCH:
            return f"switch:{self.text}"
        return f"{'find' if self.kind.finds else 'allow'}:{fold(self.text)}"

    def counts_on(self, day: date) -> bool:
        """Tell whether the entry has not expired."""
        return self.expires_on is None or day <= self.expires_on


@dataclass(frozen=True, slots=True)
class Signature:
    """Who answers for a change, and why it was made."""

    author: str
    note: str = ""
    """Empty where the change speaks for itself."""
    key_name: str = ""
    """Name of the key with which it was made; empty where none was asked for."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An entry as it is kept: numbered, and signed with its last change."""

    number: int
    entry: SiteEntry
    change: int
    """Number of the change that made it what it is."""
    changed_on: str
    """ISO day of that change."""
    author: str
    """Who made that change."""
    retired: bool = False

    @property
    def id(self) -> str:
        """The code under which its findings come: S00001."""
        return id_of(self.number)

    def rule(self) -> Rule:
        """Give the rule that an entry amounts to which finds faults."""
        entry = self.entry
        assert entry.category is not None
        assert entry.level is not None
        return Rule(
            code=self.id,
            name=f"“{entry.text}”宜作“{entry.uses[0]}”" if entry.uses else f"本站禁用“{entry.text}”",
            category=entry.category,
            severity=Severity(entry.level.value),
            why=entry.reason,
            source=Source(SITE_LEXICON, entry.unit, self.changed_on),
            hits=(entry.text,),
            misses=(),
            uses=entry.uses,
            site=True,
        )


def id_of(number: int) -> str:
    """Write the number of an entry as its id."""
    return f"S{number:05}"


def number_of(entry_id: str) -> int | None:
    """Read the number out of an id; None if it is none."""
    match = ID.fullmatch(entry_id)
    return int(match[1]) if match else None
