"""For administrators: what a scan has found, by pages or as one file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Header, Query, Response
from fastapi.responses import StreamingResponse

from app.api.links import Links, link, then
from app.api.problems import documented
from app.api.scans import TAG, NumberPath, ScansOf
from app.archive.comparison import Status
from app.review_schemas import Line
from app.scan_answers import FindingsPage, ScanFindingModel
from app.scan_requests import ScanRequests
from app.site_files.columns import plain_cell
from app.store.scan_search import Place, SoughtFindings
from detectors.kernel.finding import Category, Severity

PAGE, MOST = 100, 1000
CSV, JSON_LINES = "text/csv", "application/x-ndjson"
BYTE_ORDER_MARK = "\ufeff"
"""Makes Excel read the file as UTF-8."""
HEADINGS = {
    "状态": "status",
    "单位": "unit",
    "账号或网站": "account",
    "类型": "kind",
    "备案单号": "record_number",
    "栏目": "column",
    "网址": "address",
    "标题": "title",
    "发布时间": "published_on",
    "文稿": "document",
    "位置": "place",
    "级别": "severity",
    "类别": "category",
    "规则": "rule",
    "问题": "text",
    "上下文": "excerpt",
    "说明": "message",
    "改为": "replacements",
    "首次查出": "first_found_on",
    "无法核实的原因": "note",
    "指纹": "id",
}
PLACE = r"^\d{1,9}\.\d{1,9}\.\d{1,9}$"

router = APIRouter(prefix="/v1/scans", tags=[TAG], responses=documented(422, 503))


class Form(StrEnum):
    """How findings are written."""

    JSON = "json"
    CSV = "csv"
    JSON_LINES = "jsonl"


FOUND: Links = {
    200: {
        **then(
            200,
            decide=link(
                "decideScanFinding",
                takes={"number": "$request.path.number"},
                body={
                    "document": "$response.body#/findings/0/document",
                    "finding": "$response.body#/findings/0/id",
                },
            ),
        )[200],
        "content": {kind: {"schema": {"type": "string"}} for kind in (CSV, JSON_LINES)},
    }
}


@router.get(
    "/{number}/findings",
    operation_id="listScanFindings",
    summary="列出一次扫描的标注",
    description="JSON 分页，after 用于翻页；format 为 csv、jsonl，或 Accept 为 text/csv 的，一次给出全部。",
    response_model=FindingsPage,
    responses={**documented(404), **FOUND},
)
def list_findings(  # noqa: PLR0913, PLR0917 each is one field of the query
    number: NumberPath,
    scans: ScansOf,
    status: Annotated[Status | None, Query(description="只列这种状态的。")] = None,
    category: Annotated[Category | None, Query(description="只列这一类的。")] = None,
    unit: Annotated[Line | None, Query(description="只列这个责任单位的。")] = None,
    after: Annotated[str | None, Query(pattern=PLACE, description="前一页给出的 after。")] = None,
    limit: Annotated[int, Query(ge=1, le=MOST, description="一页至多列多少条；只用于 JSON。")] = PAGE,
    form: Annotated[Form | None, Query(alias="format", description="写成什么；默认由 Accept 决定。")] = None,
    accept: Annotated[str | None, Header(include_in_schema=False)] = None,
) -> FindingsPage | Response:
    """List the findings of a run."""
    sought = SoughtFindings(number, status, category, unit)
    place = None if after is None else Place(*map(int, after.split(".")))
    form = form or (Form.CSV if accept and accept.split(";")[0].strip().lower() == CSV else Form.JSON)
    if form is Form.JSON:
        return _page(scans, sought, place, limit)
    found = map(ScanFindingModel.of, scans.stream(sought, place))
    written, kind = (_as_csv, CSV) if form is Form.CSV else (_as_lines, JSON_LINES)
    headers = {"content-disposition": f'attachment; filename="scan-{number}.{form}"'}
    return StreamingResponse(written(found), media_type=f"{kind}; charset=utf-8", headers=headers)


def _page(scans: ScanRequests, sought: SoughtFindings, after: Place | None, limit: int) -> FindingsPage:
    # One more than is shown tells whether there is a next page.
    found = scans.findings(sought, after, limit + 1)
    last = found[limit - 1].place if len(found) > limit else None
    return FindingsPage(
        findings=[ScanFindingModel.of(one) for one in found[:limit]],
        after=None if last is None else ".".join(map(str, last)),
    )


def _as_lines(found: Iterator[ScanFindingModel]) -> Iterator[str]:
    for one in found:
        yield f"{one.model_dump_json()}\n"


def _as_csv(found: Iterator[ScanFindingModel]) -> Iterator[str]:
    yield BYTE_ORDER_MARK + _line(list(HEADINGS))
    for one in found:
        yield _line([plain_cell(_cell(getattr(one, name))) for name in HEADINGS.values()])


def _cell(value: object) -> str:
    if isinstance(value, Status | Category | Severity):
        return value.label
    return "、".join(value) if isinstance(value, list) else "" if value is None else str(value)


def _line(cells: list[str]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()
