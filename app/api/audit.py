"""For those who audit: the records as they were written."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import Field

from app.api.links import link, then
from app.api.problems import documented
from app.gate.chain import Kind
from app.store.audit import Audit
from app.wire import WireModel

PAGE, MOST = 100, 1000
LARGEST = 2**31 - 1

router = APIRouter(prefix="/v1/audit", tags=["审校记录"], responses=documented(422, 503))


class RecordModel(WireModel):
    """One record of the chain."""

    number: int
    at: Annotated[str, Field(description="UTC。")]
    kind: Annotated[str, Field(description="，".join(f"{kind.value} {kind.label}" for kind in Kind))]
    through: Annotated[int, Field(description="清除记录：清除到第几号；其余为 0。")]
    content_hash: Annotated[str, Field(description="content 的 SHA-256。")]
    previous: Annotated[str, Field(description="前一条的 hash。")]
    hash: Annotated[str, Field(description="除 content 之外各项的 SHA-256。")]
    content: Annotated[str | None, Field(description="规范写法的 JSON；已清除的为空。")]


class RecordPage(WireModel):
    """Some records, and which is the last one."""

    last: Annotated[int, Field(description="末条的序号；0 为没有记录。")]
    last_hash: str | None
    records: list[RecordModel]


@router.get(
    "",
    summary="读取审校记录",
    description="按序号列出，after 用于翻页。记录首尾相接，核对用 shenjiao audit verify。",
    operation_id="listRecords",
    responses=then(200, rest=link("listRecords", takes={"after": "$response.body#/last"})),
)
def list_records(
    request: Request,
    after: Annotated[int, Query(ge=0, le=LARGEST, description="只列序号大于它的。")] = 0,
    limit: Annotated[int, Query(ge=1, le=MOST, description="至多列多少条。")] = PAGE,
) -> RecordPage:
    """List records."""
    head, records = Audit(request.app.state.database).page(after, limit)
    return RecordPage(
        last=head.number if head else 0,
        last_hash=head.hash if head else None,
        records=[RecordModel.model_validate(record, from_attributes=True) for record in records],
    )
