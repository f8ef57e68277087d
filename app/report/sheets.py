"""The sheets of figures of the workbook: in all, by kind, unit, account, column and week."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from app.archive.freshness import AccountFreshness, Judged
from app.report.figures import AccountFigures, Figures, Share
from app.report.tally import Tally
from app.report.wording import KINDS, account_problems, chinese_day, percent, unit_problems
from detectors.kernel.finding import Category

Cell = str | int | date | None
TALLY = (
    ("现有问题", 10),
    ("须改", 8),
    ("须核实", 8),
    ("严重表述错误", 14),
    ("新增", 8),
    ("未修改", 8),
    ("已修改", 8),
    ("整改率", 10),
    ("逾期未改", 10),
    ("误报", 8),
    ("无法核实", 10),
)
KIND_COLUMNS = tuple((KINDS[category], 16) for category in Category)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: headings with widths in characters, and rows, which are read once."""

    title: str
    columns: tuple[tuple[str, int], ...]
    rows: Iterable[Iterable[Cell]]


def figure_sheets(figures: Figures) -> Iterator[Sheet]:
    """Give the sheets of figures of a report."""
    yield Sheet("统计", (("项目", 28), ("数值", 24)), _summary(figures))
    kinds = ((KINDS[category], *_tally(tally)) for category, tally in figures.whole.categories.items())
    yield Sheet("问题类型", (("问题类型", 20), *TALLY), (*kinds, ("合计", *_tally(figures.whole.total))))
    units = (
        (unit.name, *_share(unit.share), unit.stale, unit.empty, "、".join(unit_problems(unit)))
        for unit in figures.units
    )
    stale = (("应更新未更新", 14), ("空白栏目", 10), ("存在的突出问题", 60))
    yield Sheet("责任单位", (("责任单位", 24), *SHARE, *stale), units)
    of_account = (("账号或网站", 24), ("类型", 12), ("备案单号", 22), ("所属组织", 24))
    verdict = (("触及单项否决", 40), ("临近", 30), ("存在的突出问题", 60))
    accounts = (_account(one) for one in (*figures.websites, *figures.media))
    yield Sheet("网站和账号", (*of_account, *SHARE, *verdict), accounts)
    columns = (
        _column(one.freshness, judged)
        for one in (*figures.websites, *figures.media)
        for judged in (one.freshness.whole, *one.freshness.columns)
    )
    judged = (("栏目", 24), ("级别", 8), ("责任单位", 24), ("更新期限", 14), ("最近发布", 12), ("状态", 14))
    yield Sheet("栏目更新", (("账号或网站", 24), ("类型", 12), *judged), columns)
    weeks = ((week, count) for week, count in figures.weeks)
    rest = (("更早", figures.before_weeks), ("未注明日期", figures.undated))
    yield Sheet("发布周", (("周（星期一）", 14), ("现有问题", 10)), (*weeks, *rest))


SHARE = (("文章", 8), ("附件", 8), ("未能检查", 10), *TALLY, *KIND_COLUMNS)


def _summary(figures: Figures) -> Iterator[tuple[Cell, ...]]:
    documents, tally = figures.whole.documents, figures.whole.total
    yield "站点", figures.run.site
    yield "扫描", figures.run.number
    yield "检查日期", chinese_day(figures.day)
    yield "词库版本", figures.run.lexicon_version
    yield "责任单位", len(figures.units)
    yield "政府网站", len(figures.websites)
    yield "政务新媒体", len(figures.media)
    yield "文章", documents.articles
    yield "附件", documents.parts
    yield "字数", documents.characters
    yield "未能检查", documents.failed
    yield "未纳入检查的文件", sum(figures.run.left_out.values())
    yield "未注明发布日期的文章", documents.undated
    for (name, _), count in zip(TALLY, _tally(tally), strict=True):
        yield name, count
    yield "可斟酌（不计入以上各数）", figures.hints


def _tally(tally: Tally) -> tuple[Cell, ...]:
    return (
        tally.standing,
        tally.errors,
        tally.warnings,
        tally.severe,
        tally.new,
        tally.remaining,
        tally.mended,
        percent(tally.rate),
        tally.overdue,
        tally.false_alarms,
        tally.unverified,
    )


def _share(share: Share) -> tuple[Cell, ...]:
    documents = share.documents
    kinds = (tally.standing for tally in share.categories.values())
    return (documents.articles, documents.parts, documents.failed, *_tally(share.total), *kinds)


def _account(account: AccountFigures) -> tuple[Cell, ...]:
    place = account.place
    return (
        *(place.account, place.kind, place.record_number, place.unit),
        *_share(account.share),
        "、".join(account.vetoes),
        "、".join(account.freshness.warnings),
        "、".join(account_problems(account)),
    )


def _column(account: AccountFreshness, judged: Judged) -> tuple[Cell, ...]:
    limit = judged.limit.label if judged.limit else ""
    named = judged.column, judged.level.value, judged.unit
    return account.account, account.kind, *named, limit, judged.newest, judged.state.value
