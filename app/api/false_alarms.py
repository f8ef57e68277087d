"""For the page: an editor says that a rule was wrong in some place. It is counted; no text comes along."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter
from pydantic import ConfigDict, Field
from starlette.exceptions import HTTPException

from app.api import metrics
from app.api.problems import documented
from app.api.service import ProofreaderOf
from app.wire import WireModel


class Reason(StrEnum):
    """Why a finding was a false alarm. A closed list: free words could quote the draft."""

    NAME = "name"
    QUOTATION = "quotation"
    RIGHT_HERE = "right_here"
    RULE_WRONG = "rule_wrong"
    OTHER = "other"


class FalseAlarm(WireModel):
    """A rule that was wrong in some place."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"rule": "FM001", "reason": "quotation"}]})

    rule: Annotated[str, Field(description="规则编号，如 FX0001；也可是本站词库的条目（S00001）。")]
    reason: Annotated[
        Reason,
        Field(
            description="name 是专名，quotation 是引述，right_here 此处用法正确，rule_wrong 规则有误，other 其他。"
        ),
    ]


router = APIRouter(prefix="/v1", tags=["审校"], responses=documented(400, 404, 413, 422))


@router.post(
    "/false-alarms",
    operation_id="reportFalseAlarm",
    summary="报告误报",
    description="按规则和理由计数，见 /metrics 的 shenjiao_false_alarms；不收文本，也不保存别的。",
)
async def report_false_alarm(alarm: FalseAlarm, proofreader: ProofreaderOf) -> FalseAlarm:
    """Count a false alarm."""
    shipped = alarm.rule in proofreader.engine.rules
    if not shipped and proofreader.layer.rule(alarm.rule) is None:
        raise HTTPException(404, "没有这个编号的规则；全部规则见 /v1/rules。")
    metrics.count_false_alarm(alarm.rule if shipped else metrics.SITE, alarm.reason.value)
    return alarm
