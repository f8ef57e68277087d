"""The report as an .xlsx workbook: all figures, and every finding under the names that platforms use.

Rows are written as they come out of the database; the memory that it takes does not grow with the archive.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from sqlalchemy import Connection

from app.archive.comparison import Status
from app.deadlines import Deadlines
from app.report.figures import Figures
from app.report.listing import Article, ListedFinding, listed_findings, unread_articles
from app.report.sheets import Cell, Sheet, figure_sheets
from app.report.tally import is_overdue
from app.site_files.columns import plain_cell
from app.word.content import UNWRITABLE

FINDINGS, UNREAD = "问题清单", "未能检查"
MOST_ROWS = 1_048_575
"""Of a sheet, without its headings; so the format has it."""
LONGEST = 32_000
"""Characters of a cell; the format allows 767 more."""
FINDING_COLUMNS = (
    ("序号", 8),
    ("责任单位", 18),
    ("账号或网站", 20),
    ("类型", 10),
    ("备案单号", 22),
    ("栏目", 14),
    ("所在文章", 36),
    ("网址", 36),
    ("发布时间", 12),
    ("内容类型", 10),
    ("错敏词", 22),
    ("推荐修改", 22),
    ("修改说明", 40),
    ("所在上下文", 50),
    ("所在位置", 16),
    ("问题类型", 16),
    ("问题级别", 10),
    ("首次发现时间", 14),
    ("整改期限", 12),
    ("是否逾期", 10),
    ("与上次相比", 12),
    ("整改状态", 10),
    ("复核状态", 10),
    ("复核结果", 14),
    ("规则编号", 12),
    ("备注", 24),
)
UNREAD_COLUMNS = (
    ("序号", 8),
    ("责任单位", 18),
    ("账号或网站", 20),
    ("栏目", 14),
    ("所在文章", 36),
    ("网址或路径", 50),
    ("发布时间", 12),
    ("原因", 50),
)
HANDLED = {
    Status.NEW: ("待整改", "未复核", ""),
    Status.REMAINING: ("待整改", "复核完成", "疑似未整改"),
    Status.MENDED: ("已整改", "复核完成", "复核已整改"),
    Status.FALSE_ALARM: ("忽略", "复核完成", "白名单"),
    Status.UNVERIFIED: ("待整改", "复核异常", "未知"),
}
"""整改状态, 复核状态 and 复核结果."""
UNREACHABLE = "不可访问"
DELETE = "（删去）"


def write(connection: Connection, figures: Figures, deadlines: Deadlines, path: Path) -> None:
    """Write the workbook of a run.

    Raises:
        OSError: the file cannot be written.
    """
    book = Workbook(write_only=True)
    for sheet in figure_sheets(figures):
        _add(book, sheet)
    number = figures.run.number
    findings = (
        (place, *_finding_row(one, figures.day, deadlines))
        for place, one in enumerate(listed_findings(connection, number), 1)
    )
    _add(book, Sheet(FINDINGS, FINDING_COLUMNS, findings))
    unread = ((place, *_unread_row(one)) for place, one in enumerate(unread_articles(connection, number), 1))
    _add(book, Sheet(UNREAD, UNREAD_COLUMNS, unread))
    book.save(path)


def _add(book: Workbook, sheet: Sheet) -> None:
    """Add a sheet; what does not go into one goes on in the next."""
    target = _begun(book, sheet.title, sheet.columns)
    for number, row in enumerate(sheet.rows):
        if number and number % MOST_ROWS == 0:
            target = _begun(book, f"{sheet.title}{number // MOST_ROWS + 1}", sheet.columns)
        target.append([harmless(cell) for cell in row])


def _begun(book: Workbook, title: str, columns: Sequence[tuple[str, int]]) -> Any:
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for place, (_, width) in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.append([heading for heading, _ in columns])
    return sheet


def harmless(cell: Cell) -> Cell:
    """Make a text one that no spreadsheet runs and the format can hold."""
    if not isinstance(cell, str):
        return cell
    return plain_cell(UNWRITABLE.sub("", cell).lstrip("\t\r\n")[:LONGEST]) or None


def _finding_row(finding: ListedFinding, day: date, deadlines: Deadlines) -> Iterable[Cell]:
    article, place = finding.article, finding.article.place
    category, severity, status = finding.category, finding.severity, finding.status
    due_on = deadlines.due_on(category, severity, finding.first_found_on)
    late = is_overdue(category, severity, status, finding.first_found_on, day, deadlines)
    mending, reviewing, result = HANDLED[status]
    return (
        *(place.unit, place.account, place.kind, place.record_number, article.column),
        article.title or article.name,
        article.address,
        article.published_on,
        _content_kind(article),
        finding.text,
        "；".join(text or DELETE for text in finding.replacements),
        finding.message,
        finding.excerpt,
        finding.position,
        category.label,
        severity.label,
        finding.first_found_on,
        due_on if status.is_open else None,
        "是" if late else "否",
        status.label,
        mending,
        reviewing,
        UNREACHABLE if status is Status.UNVERIFIED and article.is_unreadable else result,
        finding.rule,
        finding.note,
    )


def _unread_row(article: Article) -> Iterable[Cell]:
    place = article.place
    return (
        *(place.unit, place.account, article.column, article.title),
        article.name,
        article.published_on,
        article.reason,
    )


def _content_kind(article: Article) -> str:
    return "附件" if article.part else "正文"
