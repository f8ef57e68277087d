"""What a new run shows of the findings of the run before: new, still there, mended, or not to be told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from app.archive.result import ScanFinding

UNREADABLE = "本次未能读取"
NO_SUCH_RULE = "这条规则已停用"
SAME_TEXT = "原文未改动，因词库变动不再查出"


class Status(StrEnum):
    """How a finding stands against the run before."""

    NEW = "new"
    REMAINING = "remaining"
    MENDED = "mended"
    FALSE_ALARM = "false_alarm"
    UNVERIFIED = "unverified"

    @property
    def label(self) -> str:
        """The name that editors read."""
        return LABELS[self]

    @property
    def is_open(self) -> bool:
        """Tell whether the finding stands in what is published."""
        return self in {Status.NEW, Status.REMAINING}

    @property
    def lasts(self) -> bool:
        """Tell whether the next run has to say what became of it."""
        return self is not Status.MENDED


LABELS = {
    Status.NEW: "新增",
    Status.REMAINING: "仍存在",
    Status.MENDED: "已整改",
    Status.FALSE_ALARM: "误报",
    Status.UNVERIFIED: "无法核实",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """A finding with its status in a run."""

    finding: ScanFinding
    status: Status
    first_found_on: date
    note: str = ""
    """Why it could not be looked at again; Chinese."""


@dataclass(frozen=True, slots=True)
class Now:
    """What a run has seen of a document."""

    found: Sequence[ScanFinding]
    readable: bool
    unchanged: bool
    """Whether its text, personal data masked, is that of the run before."""


def compared(
    now: Now,
    former: Sequence[Standing],
    *,
    today: date,
    knows: Callable[[str], bool],
    false_alarms: Collection[str],
) -> Iterator[Standing]:
    """Give the findings of a document with their status, then those that are gone.

    A finding is the same if its fingerprint is. One whose neighbours have changed has another one: it is the same, too,
    if the rule and the words are, so that mending one of two faults side by side does not make the other one new.

    Args:
        now: what was found, and whether the text could be read.
        former: what the run before had to say of the same document, in its order.
        today: the day of the run.
        knows: tells whether there still is a rule of that code.
        false_alarms: the fingerprints that people have decided to be none.
    """
    left = list(former)
    pairs = _paired(now.found, left)
    for place, finding in enumerate(now.found):
        before = pairs.get(place)
        status = Status.REMAINING if before else Status.NEW
        if finding.fingerprint in false_alarms:
            status = Status.FALSE_ALARM
        yield Standing(finding, status, before.first_found_on if before else today)
    for one in left:
        if (said := _what_became(one, now, knows)) is not None:
            yield said


def _paired(found: Sequence[ScanFinding], left: list[Standing]) -> dict[int, Standing]:
    """Find for each finding the former one, and take it out of the list."""
    pairs: dict[int, Standing] = {}
    for key in (_fingerprint, _words):
        known: dict[object, list[Standing]] = defaultdict(list)
        for one in left:
            known[key(one.finding)].append(one)
        for place, finding in enumerate(found):
            if place not in pairs and (same := known.get(key(finding))):
                pairs[place] = same.pop(0)
        taken = {id(one) for one in pairs.values()}
        left[:] = [one for one in left if id(one) not in taken]
    return pairs


def _fingerprint(finding: ScanFinding) -> object:
    return finding.fingerprint


def _words(finding: ScanFinding) -> object:
    return finding.rule, finding.text


def _what_became(one: Standing, now: Now, knows: Callable[[str], bool]) -> Standing | None:
    if one.status is Status.FALSE_ALARM:
        return None if now.readable else one
    if not now.readable:
        return replace(one, status=Status.UNVERIFIED, note=UNREADABLE)
    by_lexicon = SAME_TEXT if now.unchanged else "" if knows(one.finding.rule) else NO_SUCH_RULE
    if not by_lexicon:
        return replace(one, status=Status.MENDED, note="")
    # It is said once.
    return (
        None
        if one.note in {SAME_TEXT, NO_SUCH_RULE}
        else replace(one, status=Status.UNVERIFIED, note=by_lexicon)
    )
