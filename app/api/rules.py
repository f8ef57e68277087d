"""For everybody who wants to know why: the rule cards."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.exceptions import HTTPException

from app.api.links import link, then
from app.api.problems import documented
from app.api.service import ProofreaderOf, ReviewsOf
from app.reviews import Reviews
from app.rule_schemas import RuleCard, RuleModel, RuleUse
from app.store.database import DatabaseError
from detectors.kernel.finding import Category

router = APIRouter(prefix="/v1/rules", tags=["规则"])


@router.get(
    "",
    summary="列出规则",
    description="按编号列出全部规则，或一类规则。",
    responses={
        **documented(422),
        **then(200, show=link("showRule", takes={"code": "$response.body#/0/code"})),
    },
)
async def list_rules(
    proofreader: ProofreaderOf,
    category: Annotated[Category | None, Query(description="只列这一类。")] = None,
) -> list[RuleModel]:
    """List the rules by code."""
    rules = sorted(proofreader.engine.rules.values(), key=lambda rule: rule.code)
    return [RuleModel.of(rule) for rule in rules if category in (None, rule.category)]


@router.get(
    "/{code}",
    operation_id="showRule",
    summary="查看一条规则",
    description="规则卡片：说明、依据、正反例句、适用日期，以及在审校中被判为误报的比例；也可查本站词库的条目（S00001）。",
    responses={
        **documented(404, 422),
        **then(200, report=link("reportFalseAlarm", body={"rule": "$response.body#/code"})),
    },
)
def show_rule(
    proofreader: ProofreaderOf,
    reviews: ReviewsOf,
    code: Annotated[str, Path(description="规则编号，如 FX0001。")],
) -> RuleCard:
    """Show a rule card."""
    rule = proofreader.engine.rules.get(code) or proofreader.layer.rule(code)
    if rule is None:
        raise HTTPException(404, "没有这个编号的规则；全部规则见 /v1/rules。")
    return RuleCard(**dict(RuleModel.of(rule)), use=_use(reviews, code))


def _use(reviews: Reviews, code: str) -> RuleUse | None:
    # Why a rule fires must be readable even while the database is away.
    try:
        return RuleUse.of(*reviews.store.rule_record(code).get(code, ()))
    except DatabaseError:
        return None
