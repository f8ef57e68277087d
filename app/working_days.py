"""Working days in China: weekends that are worked, and days off in their stead, as the State Council has them announced.

The announcement for a year comes out in the November before. Beyond the last year that is known, Monday to Friday count.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache

from chinese_calendar import constants, is_workday

LAST_KNOWN_YEAR: int = max(constants.holidays).year
"""The last year whose days off the installed calendar knows."""
CHINA = timezone(timedelta(hours=8))
"""The whole country has one time, and no summer time since 1991."""
SATURDAY = 5


def today() -> date:
    """Give the day that it is in China."""
    return datetime.now(UTC).astimezone(CHINA).date()


def is_working_day(day: date) -> bool:
    """Tell whether offices work on a day."""
    try:
        return bool(is_workday(day))
    except NotImplementedError:
        return day.weekday() < SATURDAY


@lru_cache(maxsize=4_096)
def working_days_after(day: date, number: int) -> date:
    """Give the day that is so many working days after another one, which itself does not count."""
    while number:
        day += timedelta(days=1)
        number -= is_working_day(day)
    return day


def calendar_warning(day: date) -> str | None:
    """Say what is wrong with the calendar on a day; None if it knows the year."""
    if day.year <= LAST_KNOWN_YEAR:
        return None
    return f"工作日历只到 {LAST_KNOWN_YEAR} 年，此后按周一至周五计算；请升级 chinesecalendar。"
