"""For administrators: scans of archives, begun by request and worked on beside the service."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, Path, Query, Request, Response

from app.api.door import KeyNameOf
from app.api.idempotency import OnceOf
from app.api.links import Links, link, then
from app.api.problems import documented, problem_response
from app.api.service import ProofreaderOf
from app.review_schemas import Line
from app.scan_answers import ScanDecisionModel, ScanModel, ShownScan
from app.scan_requests import ScanRequests, UnknownScanError
from app.scan_schemas import ScanDecisionRequest, ScanRequest

PAGE, MOST = 50, 200
LARGEST = 2**31 - 1
TAG = "归档扫描"
NUMBER = "$response.body#/number"
FOLLOWING = {"takes": {"number": "$response.body#/number"}}
BEGUN: Links = {
    202: {
        **then(
            202,
            show=link("showScan", **FOLLOWING),
            findings=link("listScanFindings", **FOLLOWING),
            resume=link("resumeScan", **FOLLOWING),
        )[202],
        "headers": {"Location": {"description": "这次扫描的地址。", "schema": {"type": "string"}}},
    }
}

router = APIRouter(prefix="/v1/scans", tags=[TAG], responses=documented(422, 503))


async def _scans(request: Request) -> ScanRequests:
    scans: ScanRequests = request.app.state.scans
    return scans


ScansOf = Annotated[ScanRequests, Depends(_scans)]
NumberPath = Annotated[int, Path(ge=1, le=LARGEST, description="扫描的编号。")]


@router.post(
    "",
    operation_id="beginScan",
    summary="开始一次扫描",
    description="立即返回，在服务之外的进程中进行，进度见这次扫描的地址。服务重启之后接着进行。"
    "与同名网站已完成的上一次比较，分出新增、仍存在、已整改。随请求提交的文稿，存放到扫描完成为止。",
    status_code=202,
    response_model=ScanModel,
    responses={**documented(400, 409, 413), **BEGUN},
)
async def begin_scan(
    request: ScanRequest, scans: ScansOf, proofreader: ProofreaderOf, once: OnceOf, by: KeyNameOf
) -> Response:
    """Begin a run."""
    layer = proofreader.layer
    return await once.run(lambda: scans.begin(request, layer, by), 202, _location)


@router.get("", operation_id="listScans", summary="列出扫描", description="最近的在前；before 用于翻页。")
def list_scans(
    scans: ScansOf,
    site: Annotated[Line | None, Query(description="只列这个网站的。")] = None,
    before: Annotated[int | None, Query(ge=1, le=LARGEST, description="只列编号小于它的。")] = None,
    limit: Annotated[int, Query(ge=1, le=MOST, description="至多列多少次。")] = PAGE,
) -> list[ScanModel]:
    """List runs."""
    return scans.listed(site, before, limit)


@router.get(
    "/{number}",
    operation_id="showScan",
    summary="查看一次扫描",
    description="进度、速度、估计的剩余时间，以及至今查出的标注数。",
    responses=documented(404),
)
def show_scan(number: NumberPath, scans: ScansOf) -> ShownScan:
    """Show a run."""
    return scans.shown(number)


@router.post(
    "/{number}/resume",
    operation_id="resumeScan",
    summary="继续一次停止的扫描",
    description="已经检查的不再检查。已完成的不变。",
    status_code=202,
    response_model=ShownScan,
    responses=documented(400, 404, 409),
)
async def resume_scan(number: NumberPath, scans: ScansOf, once: OnceOf) -> Response:
    """Let a run go on."""
    return await once.run(lambda: scans.resume(number), 202)


@router.post(
    "/{number}/decisions",
    operation_id="decideScanFinding",
    summary="认定一条标注是误报",
    description="对这个网站的这篇文稿，在以后的扫描中同样有效。",
    status_code=201,
    response_model=ScanDecisionModel,
    responses=documented(400, 404, 409),
)
async def decide_finding(
    number: NumberPath,
    request: ScanDecisionRequest,
    scans: ScansOf,
    proofreader: ProofreaderOf,
    once: OnceOf,
) -> Response:
    """Decide about a finding."""
    layer = proofreader.layer
    return await once.run(lambda: scans.decide(number, request, layer), 201)


def _location(said: Mapping[str, Any]) -> Mapping[str, str]:
    return {"location": f"{router.prefix}/{said['number']}"}


async def _on_unknown(_: Request, error: Exception) -> Response:
    return problem_response(404, f"{error}。")


def install(app: FastAPI) -> None:
    """Answer what can go wrong with scans with problems."""
    app.add_exception_handler(UnknownScanError, _on_unknown)
