"""The wire models of scans, version 1: what is answered."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import Field

from app.archive.comparison import Status
from app.store.scan_runs import RunState
from app.store.scan_search import Found
from app.wire import WireModel
from detectors.kernel.finding import Category, Severity


class ScanModel(WireModel):
    """A run over an archive, as it is now."""

    number: int
    site: str
    source: Annotated[
        str | None, Field(description="SHENJIAO_ARCHIVES 之下的相对路径；随请求提交的、用命令扫描的为空。")
    ]
    state: Annotated[
        RunState,
        Field(description="planning 正在列出文稿，running 正在检查，done 已完成，stopped 已停止，可以继续。"),
    ]
    note: Annotated[str, Field(description="为什么停止。")]
    previous: Annotated[int | None, Field(description="与哪一次比较：同一网站已完成的上一次。")]
    lexicon_version: str
    site_lexicon_version: int
    created_at: Annotated[str, Field(description="UTC。")]
    created_by: Annotated[str, Field(description="用哪个密钥提交的；没有密钥的服务为空。")]
    finished_at: str | None


class ProgressModel(WireModel):
    """How far a run has come."""

    documents: Annotated[int, Field(description="已经列出的文稿数。")]
    checked: Annotated[int, Field(description="其中检查完的。")]
    all_listed: Annotated[bool, Field(description="是否已列出全部文稿。")]
    per_second: Annotated[float | None, Field(description="最近几分钟每秒检查的文稿数；没有进展的为空。")]
    seconds_left: Annotated[int | None, Field(description="估计还要多少秒；未列全的、没有进展的为空。")]


class ShownScan(ScanModel):
    """A run with its progress and what it has found so far."""

    progress: ProgressModel
    findings: Annotated[
        dict[Status, int],
        Field(
            description="各种状态的标注数：new 新增，remaining 仍存在，mended 已整改，false_alarm 误报，unverified 无法核实。"
        ),
    ]


class ScanFindingModel(WireModel):
    """A finding with its document. Personal data is masked throughout."""

    id: Annotated[str, Field(description="指纹：同一问题在历次扫描中相同。")]
    document: Annotated[str, Field(description="文稿的名称。")]
    unit: str
    account: str
    kind: str
    record_number: str
    column: str
    address: str
    title: str
    published_on: date | None
    status: Status
    first_found_on: Annotated[date, Field(description="首次查出的日期。")]
    rule: str
    category: Category
    severity: Severity
    start: Annotated[int, Field(description="码点，从所读文本的开头算起。")]
    end: int
    place: Annotated[str, Field(description="在原文件中的位置。")]
    place_fields: dict[str, Any]
    text: str
    excerpt: Annotated[str, Field(description="连同上下文。")]
    message: str
    replacements: list[str]
    note: Annotated[str, Field(description="为什么无法核实。")]

    @classmethod
    def of(cls, found: Found) -> ScanFindingModel:
        """Show a finding."""
        return cls.model_validate(found.fields)


class FindingsPage(WireModel):
    """Some findings, and where the next ones begin."""

    findings: list[ScanFindingModel]
    after: Annotated[str | None, Field(description="作为 after 提交，取下一页；为空的没有下一页。")]


class ScanDecisionModel(WireModel):
    """What was decided."""

    document: str
    finding: str
    false_alarm: bool
