"""By when a finding is to be settled, by the working days of China."""

from __future__ import annotations

from datetime import date

import pytest

from app.deadlines import Deadlines
from app.working_days import LAST_KNOWN_YEAR, calendar_warning, is_working_day, working_days_after
from detectors.kernel.finding import Category, Severity

FRIDAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 20), True),
        (date(2026, 11, 21), False),
        # National Day 2025: 1 to 8 October off, the Sunday before and the Saturday after worked.
        (date(2025, 9, 28), True),
        (date(2025, 10, 1), False),
        (date(2025, 10, 8), False),
        (date(2025, 10, 9), True),
        (date(2025, 10, 11), True),
        (date(2025, 10, 12), False),
    ],
)
def test_weekends_are_worked_and_weekdays_are_off_as_announced(day: date, works: bool) -> None:  # noqa: FBT001
    assert is_working_day(day) is works


@pytest.mark.parametrize(
    ("day", "number", "last"),
    [
        (FRIDAY, 1, date(2026, 11, 23)),
        (FRIDAY, 3, date(2026, 11, 25)),
        (date(2026, 11, 21), 1, date(2026, 11, 23)),
        (date(2025, 9, 30), 1, date(2025, 10, 9)),
        (date(2025, 9, 30), 3, date(2025, 10, 11)),
        (date(2025, 9, 26), 1, date(2025, 9, 28)),
        (FRIDAY, 0, FRIDAY),
    ],
)
def test_the_day_itself_does_not_count(day: date, number: int, last: date) -> None:
    assert working_days_after(day, number) == last


def test_beyond_what_is_announced_monday_to_friday_count_and_it_is_said() -> None:
    saturday = date(LAST_KNOWN_YEAR + 8, 7, 1)
    while saturday.weekday() != 5:
        saturday = saturday.replace(day=saturday.day + 1)

    assert not is_working_day(saturday)
    assert is_working_day(saturday.replace(day=saturday.day + 2))
    assert str(LAST_KNOWN_YEAR) in str(calendar_warning(saturday))
    assert calendar_warning(date(LAST_KNOWN_YEAR, 12, 31)) is None


@pytest.mark.parametrize(
    ("category", "severity", "due"),
    [
        (Category.EXPRESSION, Severity.ERROR, date(2026, 11, 23)),
        (Category.EXPRESSION, Severity.WARNING, date(2026, 11, 25)),
        (Category.PRIVACY, Severity.ERROR, date(2026, 11, 25)),
        (Category.TYPO, Severity.WARNING, date(2026, 11, 25)),
        (Category.EXPRESSION, Severity.INFO, None),
    ],
)
def test_a_wrong_expression_is_due_first_and_a_hint_never(
    category: Category, severity: Severity, due: date | None
) -> None:
    assert Deadlines().due_on(category, severity, FRIDAY) == due


def test_a_site_may_set_other_deadlines() -> None:
    assert Deadlines(expression=2, other=5).due_on(Category.EXPRESSION, Severity.ERROR, FRIDAY) == date(
        2026, 11, 24
    )
    assert Deadlines(expression=2, other=5).due_on(Category.TYPO, Severity.ERROR, FRIDAY) == date(
        2026, 11, 27
    )
