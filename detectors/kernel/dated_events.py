"""Meetings and events of history with the time they were at, as the lists of `dated_events` give them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from detectors.kernel.finding import Rule
from detectors.kernel.names import NameList, words_in
from detectors.kernel.sources import LexiconError
from detectors.kernel.terms import Hit

MEETING, EVENT, ANNIVERSARY = "会议", "事件", "周年"
FORMS, DATE, KIND = range(3)


@dataclass(frozen=True, slots=True)
class Dated:
    """An event, the rule of its list, and when it was: the year, perhaps the month and the day."""

    rule: Rule
    date: tuple[int, ...]
    kind: str

    def agrees(self, written: tuple[int, ...]) -> bool:
        """Tell whether a date written with more or less precision may be that of the event."""
        return all(one == other for one, other in zip(self.date, written, strict=False))

    def corrected(self, precision: int) -> tuple[str, ...]:
        """Give the date as precisely as it was written; nothing if that is not known."""
        if precision > len(self.date):
            return ()
        return (
            "".join(f"{part}{unit}" for part, unit in zip(self.date[:precision], "年月日", strict=False)),
        )


def events_of(lists: Sequence[NameList], kinds: set[str]) -> dict[str, Dated]:
    """Give the events of some kinds by their names.

    Raises:
        LexiconError: a date or a kind is not written as it should be.
    """
    events: dict[str, Dated] = {}
    for names in lists:
        for row in names.rows:
            try:
                date, kind = tuple(int(part) for part in row[DATE].split("-")), row[KIND]
            except (ValueError, IndexError) as error:
                raise LexiconError(
                    f"事件“{row[FORMS]}”：应写名称、日期（2018、2018-02 或 2018-02-28）、种类"
                ) from error
            if kind not in {MEETING, EVENT, ANNIVERSARY}:
                raise LexiconError(f"事件“{row[FORMS]}”：种类“{kind}”应为会议、事件或周年")
            if kind in kinds:
                events |= {form: Dated(names.rule, date, kind) for form in words_in(row, FORMS)}
    return events


def longest_of(hits: Sequence[Hit]) -> list[Hit]:
    """Leave out what lies in a longer one: 二十届三中全会 holds 十届三中全会."""
    longest: list[Hit] = []
    for hit in sorted(hits, key=lambda one: (one.start, -one.end)):
        if not longest or hit.end > longest[-1].end:
            longest.append(hit)
    return longest
