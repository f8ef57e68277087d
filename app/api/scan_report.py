"""For administrators: the report of a scan that is done."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from anyio import to_thread
from fastapi import APIRouter, Depends, FastAPI, Query, Request, Response
from fastapi.responses import FileResponse
from starlette.background import BackgroundTask

from app.api.problems import documented, problem_response
from app.api.scans import TAG, NumberPath, ScansOf
from app.report.counting import NoReportError
from app.report.files import NOTICE, PAGE, WORKBOOK, Reporting
from app.report.notice_text import Names
from app.review_schemas import Line
from app.scan_reports import ScanReports

router = APIRouter(prefix="/v1/scans", tags=[TAG], responses=documented(422, 503))


class ReportFile(StrEnum):
    """The files of a report, by their names."""

    NOTICE = NOTICE
    WORKBOOK = WORKBOOK
    PAGE = PAGE


MEDIA_TYPES = {
    ReportFile.NOTICE: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ReportFile.WORKBOOK: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ReportFile.PAGE: "text/html",
}
FILES: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {kind: {"schema": {"type": "string", "format": "binary"}} for kind in MEDIA_TYPES.values()}
    }
}


async def _reports(request: Request) -> ScanReports:
    reports: ScanReports = request.app.state.scan_reports
    return reports


async def _how(request: Request) -> Reporting:
    how: Reporting = request.app.state.reporting
    return how


@router.get(
    "/{number}/report/{file}",
    operation_id="reportScan",
    summary="出一次扫描的报告",
    description="通报 notice.docx、问题清单 findings.xlsx、带图表的网页 report.html；各文件中的数字出自同一时刻的数据。"
    "扫描完成之后才有。",
    response_class=FileResponse,
    responses={**documented(404, 409), **FILES},
)
async def report_scan(  # noqa: PLR0913, PLR0917 each is one field of the query
    number: NumberPath,
    file: ReportFile,
    scans: ScansOf,
    reports: Annotated[ScanReports, Depends(_reports)],
    how: Annotated[Reporting, Depends(_how)],
    title: Annotated[Line | None, Query(description="通报的标题；默认按季度写。")] = None,
    issuer: Annotated[Line | None, Query(description="落款的单位。")] = None,
    quarter: Annotated[
        Line | None, Query(description="标题中的时间，如 2026年第三季度；默认按检查日期写。")
    ] = None,
    as_of: Annotated[date | None, Query(description="截至哪天，据以计算更新、逾期；默认是扫描那天。")] = None,
) -> Response:
    """Write the report of a run, and send one of its files."""
    await to_thread.run_sync(scans.known, number)
    chosen = replace(how, day=as_of, names=Names(title or "", issuer or "", quarter or ""))
    report = await reports.written(number, chosen)
    return FileResponse(
        report.folder / file,
        media_type=MEDIA_TYPES[file],
        filename=f"scan-{number}-{file}",
        background=BackgroundTask(report.remove),
    )


async def _on_no_report(_: Request, error: Exception) -> Response:
    return problem_response(409, f"{error}。")


def install(app: FastAPI) -> None:
    """Answer with a problem where there is nothing to report of yet."""
    app.add_exception_handler(NoReportError, _on_no_report)
