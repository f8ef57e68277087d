"""The report as one HTML page with charts: everything is in the file, nothing is fetched, no script runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from app.report.chart import Bar, Piece, legend, lying, standing
from app.report.figures import Figures, UnitFigures
from app.report.markup import Element, element, written
from app.report.page_style import STYLE
from app.report.wording import KINDS, MEDIA, WEBSITES, account_problems, chinese_day, percent, unit_problems

MOST_BARS = 20
"""Units in a chart; those beyond are one bar. The tables have all."""
POLICY = "default-src 'none'; style-src 'unsafe-inline'"
ERRORS, WARNINGS = Piece("须改", "error", 0), Piece("须核实", "warning", 0)
MENDED, REMAINING = Piece("已修改", "mended", 0), Piece("未修改", "error", 0)
NOTHING = "没有。"
NUMBER = {"class_": "number"}
Rows = Iterable[Sequence[object]]


def write(figures: Figures, title: str) -> bytes:
    """Write the page."""
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=POLICY),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("title", title),
        element("style", STYLE),
    )
    body = element(
        "body", element("main", element("h1", title), _facts(figures), _cards(figures), *_sections(figures))
    )
    page = element("html", head, body, lang="zh-CN")
    return written(page)


def _facts(figures: Figures) -> Element:
    documents, run = figures.whole.documents, figures.run
    files = sum(run.left_out.values())
    left_out = f"另有文件{files}个未纳入检查。" if files else ""
    said = (
        f"{run.site}，截至{chinese_day(figures.day)}，第{run.number}次扫描，词库{run.lexicon_version}。"
        f"文章{documents.articles}篇、附件{documents.parts}件，共{documents.characters}字。{left_out}"
    )
    return element("p", said, class_="facts")


def _cards(figures: Figures) -> Element:
    tally = figures.whole.total
    cards = (
        ("现有问题", str(tally.standing)),
        ("其中须改", str(tally.errors)),
        ("严重表述错误", str(tally.severe)),
        ("整改率", percent(tally.rate)),
        ("逾期未改", str(tally.overdue)),
        ("未能检查", str(figures.whole.documents.failed)),
    )
    return element(
        "dl",
        *(element("div", element("dt", name), element("dd", said)) for name, said in cards),
        class_="cards",
    )


def _sections(figures: Figures) -> Iterator[Element]:
    grave = (ERRORS, WARNINGS)
    units = _of_units(figures, lambda unit: _graveness(unit.share.total.errors, unit.share.total.warnings))
    yield _section("各单位现有问题", legend(grave), _chart("各单位现有问题", units))
    categories = [
        _bar(KINDS[category], _graveness(tally.errors, tally.warnings))
        for category, tally in figures.whole.categories.items()
    ]
    yield _section("各类现有问题", legend(grave), _chart("各类现有问题", categories))
    weeks = [
        _bar(f"{week.month}月{week.day}日", (Piece("现有问题", "plain", count),))
        for week, count in figures.weeks
    ]
    rest = f"此前发布的{figures.before_weeks}处，未注明日期的{figures.undated}处。"
    about = element("p", f"按文章发布的那一周（星期一）计。{rest}")
    yield _section("各周发布的文章现有问题", about, standing("各周发布的文章现有问题", weeks))
    mending = [
        Bar(
            KINDS[category],
            (Piece("已修改", "mended", tally.mended), Piece("未修改", "error", tally.remaining)),
            percent(tally.rate),
        )
        for category, tally in figures.whole.categories.items()
        if tally.followed_up
    ]
    yield _section("整改率", legend((MENDED, REMAINING)), _chart("整改率", mending))
    late = _of_units(figures, lambda unit: (Piece("逾期未改", "error", unit.share.total.overdue),))
    yield _section("逾期未改", _chart("逾期未改", late))
    yield _section("责任单位", _table(("责任单位", *TALLIES, "存在的突出问题"), _unit_rows(figures.units)))
    named = ("名称", "类型", "备案单号", "所属组织", "现有问题", "更新", "触及单项否决", "存在的突出问题")
    for name, accounts in ((WEBSITES, figures.websites), (MEDIA, figures.media)):
        rows = [
            (
                *(one.place.account, one.place.kind, one.place.record_number, one.place.unit),
                one.share.total.standing,
                one.freshness.whole.state.value,
                "、".join(one.vetoes),
                "、".join((*account_problems(one), *one.freshness.warnings)),
            )
            for one in accounts
        ]
        yield _section(name, _table(named, rows))


TALLIES = ("文章", "现有问题", "须改", "新增", "未修改", "已修改", "整改率", "逾期未改", "未能检查")


def _unit_rows(units: Iterable[UnitFigures]) -> Iterator[Sequence[object]]:
    for unit in units:
        tally, documents = unit.share.total, unit.share.documents
        yield (
            *(unit.name, documents.articles, tally.standing, tally.errors, tally.new, tally.remaining),
            *(tally.mended, percent(tally.rate), tally.overdue, documents.failed),
            "、".join(unit_problems(unit)),
        )


def _graveness(errors: int, warnings: int) -> tuple[Piece, ...]:
    return Piece("须改", "error", errors), Piece("须核实", "warning", warnings)


def _bar(label: str, pieces: tuple[Piece, ...]) -> Bar:
    return Bar(label, pieces, str(sum(piece.count for piece in pieces)))


def _of_units(figures: Figures, pieces: Callable[[UnitFigures], tuple[Piece, ...]]) -> list[Bar]:
    bars = sorted(
        (_bar(unit.name, pieces(unit)) for unit in figures.units), key=lambda bar: (-bar.count, bar.label)
    )
    bars = [bar for bar in bars if bar.count]
    rest = bars[MOST_BARS:]
    if not rest:
        return bars
    added = tuple(
        Piece(same[0].name, same[0].look, sum(piece.count for piece in same))
        for same in zip(*(bar.pieces for bar in rest), strict=True)
    )
    return [*bars[:MOST_BARS], _bar(f"其余{len(rest)}家", added)]


def _chart(title: str, bars: Sequence[Bar]) -> Element:
    if any(bar.count for bar in bars):
        return lying(title, bars)
    return element("p", NOTHING)


def _section(title: str, *contents: Element) -> Element:
    return element("section", element("h2", title), *contents)


def _table(headings: Sequence[str], rows: Rows) -> Element:
    listed = list(rows)
    if not listed:
        return element("p", NOTHING)
    counts = [isinstance(cell, int) for cell in listed[0]]
    names = (
        element("th", name, scope="col", **(NUMBER if count else {}))
        for name, count in zip(headings, counts, strict=True)
    )
    head = element("thead", element("tr", *names))
    return element("table", head, element("tbody", *(element("tr", *map(_cell, row)) for row in listed)))


def _cell(said: object) -> Element:
    return element("td", str(said), **(NUMBER if isinstance(said, int) else {}))
