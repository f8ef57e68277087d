"""How often something is to be updated: 2周, 6个月, 5个自然日, 1条/季度."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import regex

NUMERALS = {
    "一": 1,
    "两": 2,
    "二": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
    "十": 10,
}
NUMBER = r"[0-9]{1,4}|[一两二三四五六七八九十]"
WRITTEN = regex.compile(
    rf"(?:(?P<items>{NUMBER})[条篇次]/)?(?P<number>{NUMBER})?个?"
    r"(?P<unit>自然日|日|天|周|星期|月|季度|季|半年|年)",
    regex.ASCII,
)
DAYS = {"自然日": 1, "日": 1, "天": 1, "周": 7, "星期": 7}
MONTHS = {"月": 1, "季度": 3, "季": 3, "半年": 6, "年": 12}
MOST_DAYS = 3_660
"""Ten years: who means more has mistyped it."""


class Unit(StrEnum):
    """What a limit counts in."""

    DAY = "day"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class UpdateLimit:
    """So many items within so many days or months, reckoned back from the day of the inspection."""

    number: int
    unit: Unit
    items: int = 1

    @classmethod
    def read(cls, written: str) -> UpdateLimit | None:
        """Read how a table of columns writes it; None if it is not written so."""
        match = WRITTEN.fullmatch("".join(written.split()))
        if match is None:
            return None
        items, number = _number(match["items"]), _number(match["number"])
        days = DAYS.get(match["unit"])
        limit = (
            cls(number * days, Unit.DAY, items)
            if days
            else cls(number * MONTHS[match["unit"]], Unit.MONTH, items)
        )
        return limit if items and 0 < limit.rough_days <= MOST_DAYS else None

    @property
    def rough_days(self) -> int:
        """About how many days it has, a month counting 30."""
        return self.number if self.unit is Unit.DAY else self.number * 30

    @property
    def label(self) -> str:
        """How editors read it."""
        if self.unit is Unit.MONTH:
            span = f"{self.number}个月"
        elif self.number % 7 == 0:
            span = f"{self.number // 7}周"
        else:
            span = f"{self.number}个自然日"
        return span if self.items == 1 else f"{self.items}条/{span}"

    def since(self, day: date) -> date:
        """Give the first day of the span that ends with a day; what was published on it still counts."""
        if self.unit is Unit.DAY:
            return day - timedelta(days=self.number)
        years, month = divmod(day.year * 12 + day.month - 1 - self.number, 12)
        # Six months before 31 August is the last day of February.
        return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))


def _number(written: str | None) -> int:
    if written is None:
        return 1
    return NUMERALS.get(written) or int(written)
