"""Counts of findings that can be added up: what stands, what was mended, what is late."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from fractions import Fraction

from app.archive.comparison import Status
from app.deadlines import Deadlines
from app.report.counting import FindingCount
from detectors.kernel.finding import Category, Severity


@dataclass(frozen=True, slots=True)
class Tally:
    """Findings graver than a hint."""

    new: int = 0
    remaining: int = 0
    mended: int = 0
    false_alarms: int = 0
    unverified: int = 0
    errors: int = 0
    """Of those that stand: 须改."""
    warnings: int = 0
    """Of those that stand: 须核实."""
    severe: int = 0
    """Of those that stand: 严重表述错误, one of which fails a website or an account."""
    overdue: int = 0
    """Of those that stand: should have been mended before the day of the report."""

    def __add__(self, other: Tally) -> Tally:
        return Tally(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(Tally)))

    @property
    def standing(self) -> int:
        """How many stand in what is published."""
        return self.new + self.remaining

    @property
    def followed_up(self) -> int:
        """How many of the run before could be looked at again and were no false alarms."""
        return self.mended + self.remaining

    @property
    def rate(self) -> Fraction | None:
        """整改率: how many of these are mended; None where there was nothing to mend."""
        return Fraction(self.mended, self.followed_up) if self.followed_up else None


def is_severe(category: Category, severity: Severity) -> bool:
    """Tell whether a finding is one of 严重表述错误."""
    return category is Category.EXPRESSION and severity is Severity.ERROR


def is_overdue(  # noqa: PLR0913, PLR0917 - what a deadline depends on
    category: Category,
    severity: Severity,
    status: Status,
    first_found_on: date,
    day: date,
    deadlines: Deadlines,
) -> bool:
    """Tell whether a finding that stands should have been mended before a day."""
    due_on = deadlines.due_on(category, severity, first_found_on) if status.is_open else None
    return due_on is not None and due_on < day


def tally_of(counted: FindingCount, day: date, deadlines: Deadlines) -> Tally:
    """Put a count in its places; hints count nowhere."""
    count, severity, status = counted.count, counted.severity, counted.status
    if severity is Severity.INFO:
        return Tally()
    if not status.is_open:
        return Tally(
            mended=count * (status is Status.MENDED),
            false_alarms=count * (status is Status.FALSE_ALARM),
            unverified=count * (status is Status.UNVERIFIED),
        )
    late = is_overdue(counted.category, severity, status, counted.first_found_on, day, deadlines)
    return Tally(
        new=count * (status is Status.NEW),
        remaining=count * (status is Status.REMAINING),
        errors=count * (severity is Severity.ERROR),
        warnings=count * (severity is Severity.WARNING),
        severe=count * is_severe(counted.category, severity),
        overdue=count * late,
    )


def total(tallies: Iterable[Tally]) -> Tally:
    """Add tallies up."""
    return sum(tallies, Tally())
