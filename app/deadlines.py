"""By when a finding is to be settled: a wrong fixed expression within one working day, anything else within three.

So the inspections of government websites have it; days and not hours, since notices speak of working days.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.working_days import working_days_after
from detectors.kernel.finding import Category, Severity


@dataclass(frozen=True, slots=True)
class Deadlines:
    """How many working days there are."""

    expression: int = 1
    """For errors in fixed expressions."""
    other: int = 3

    def due_on(self, category: Category, severity: Severity, found_on: date) -> date | None:
        """Give the last day on which a finding may be settled; none for what need not be.

        Args:
            category: of the finding.
            severity: of the finding, not of its rule.
            found_on: the day on which it was found, in China.
        """
        if severity is Severity.INFO:
            return None
        grave = category is Category.EXPRESSION and severity is Severity.ERROR
        return working_days_after(found_on, self.expression if grave else self.other)
