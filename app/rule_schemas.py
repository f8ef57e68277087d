"""The wire models of rules."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from app.wire import SourceModel, WireModel
from detectors.kernel.finding import Category, Rule, Severity


class RuleUse(WireModel):
    """How a rule has done at the gate."""

    reviews: Annotated[int, Field(description="它查出过问题的审校次数。")]
    false_alarms: Annotated[int, Field(description="其中有标注被判为误报的审校次数。")]
    false_alarm_rate: Annotated[float | None, Field(description="后者占前者的比例；没有审校时为空。")]

    @classmethod
    def of(cls, reviews: int = 0, false_alarms: int = 0) -> RuleUse:
        """Show how a rule has done."""
        rate = round(false_alarms / reviews, 4) if reviews else None
        return cls(reviews=reviews, false_alarms=false_alarms, false_alarm_rate=rate)


class RuleModel(WireModel):
    """A rule card."""

    code: str
    name: str
    category: Category
    severity: Severity
    why: str
    source: SourceModel
    replacements: list[str]
    hits: list[str]
    misses: list[str]
    valid_from: date | None
    valid_to: date | None

    @classmethod
    def of(cls, rule: Rule) -> RuleModel:
        """Show a rule."""
        return cls(
            code=rule.code,
            name=rule.name,
            category=rule.category,
            severity=rule.severity,
            why=rule.why,
            source=SourceModel.of(rule.source),
            replacements=list(rule.uses),
            hits=list(rule.hits),
            misses=list(rule.misses),
            valid_from=rule.valid_from,
            valid_to=rule.valid_to,
        )


class RuleCard(RuleModel):
    """A rule card with how the rule has done."""

    use: Annotated[RuleUse | None, Field(description="在审校中的使用情况；数据库没有应答时为空。")]
