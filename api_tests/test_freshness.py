"""应更新未更新: boundary days, lines of the inspections, lists of columns, and the counts that the tables give."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook
from sqlalchemy import insert

from api_tests.report_kit import document_row, run_row, shard_row
from app.archive.column_list import read_column_list
from app.archive.columns import Expected, Level, Seen, is_website
from app.archive.freshness import AccountFreshness, State, Thresholds, first_days, judge, usual_limit
from app.archive.update_limit import Unit, UpdateLimit
from app.report.counting import published
from app.site_files.columns import FileRefusedError
from app.store.database import Database
from app.store.scan_columns import columns_for, keep_columns
from app.store.scan_tables import DOCUMENTS, RUNS, SHARDS

DAY = date(2026, 8, 31)
SITE, MEDIA = "甲县人民政府网", "甲县发布"
USUAL = Thresholds()


def ago(days: int) -> date:
    return DAY - timedelta(days=days)


def limit(written: str) -> UpdateLimit:
    read = UpdateLimit.read(written)
    assert read is not None
    return read


def freshness(
    articles: Iterable[tuple[str, str, date | None]],
    expected: tuple[Expected, ...] = (),
    thresholds: Thresholds = USUAL,
    kind: str = "",
) -> AccountFreshness:
    """Judge the one account of some articles: account, column, day of publication."""
    firsts = first_days(expected, thresholds, DAY)
    columns: dict[tuple[str, str], list[date | None]] = {}
    for account, column, day in articles:
        columns.setdefault((account, column), []).append(day)
    seen = []
    for (account, column), days in columns.items():
        dated = [day for day in days if day]
        within = {first: sum(day >= first for day in dated) for first in firsts}
        newest = max(dated, default=None)
        seen.append(Seen("县政府办", account, kind, "", column, len(days), len(dated), newest, within))
    (account_freshness,) = judge(expected, seen, thresholds, DAY)
    return account_freshness


def states(judged: AccountFreshness) -> dict[str, State]:
    return {one.column: one.state for one in judged.columns}


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2周", UpdateLimit(14, Unit.DAY)),
        ("两 周", UpdateLimit(14, Unit.DAY)),
        ("10天", UpdateLimit(10, Unit.DAY)),
        ("5个自然日", UpdateLimit(5, Unit.DAY)),
        ("6个月", UpdateLimit(6, Unit.MONTH)),
        ("半年", UpdateLimit(6, Unit.MONTH)),
        ("1年", UpdateLimit(12, Unit.MONTH)),
        ("季度", UpdateLimit(3, Unit.MONTH)),
        ("1条/季度", UpdateLimit(3, Unit.MONTH)),
        ("1条/2周", UpdateLimit(14, Unit.DAY)),
        ("三篇/月", UpdateLimit(1, Unit.MONTH, 3)),
    ],
)
def test_a_limit_is_read_as_tables_write_it(written: str, read: UpdateLimit) -> None:
    assert UpdateLimit.read(written) == read
    assert UpdateLimit.read(read.label) == read


@pytest.mark.parametrize("written", ["", "实时更新", "0周", "0条/月", "5个工作日", "9999天", "2周以内"])
def test_what_is_no_limit_is_not_read(written: str) -> None:
    assert UpdateLimit.read(written) is None


def test_six_months_before_the_last_of_august_is_the_last_of_february() -> None:
    assert limit("6个月").since(date(2026, 8, 31)) == date(2026, 2, 28)
    assert limit("6个月").since(date(2028, 8, 31)) == date(2028, 2, 29)
    assert limit("1年").since(date(2026, 1, 15)) == date(2025, 1, 15)
    assert limit("1条/月").since(date(2026, 1, 31)) == date(2025, 12, 31)


@pytest.mark.parametrize(
    ("days", "state"),
    [(0, State.FRESH), (9, State.FRESH), (10, State.DUE), (14, State.DUE), (15, State.STALE)],
)
def test_a_home_page_is_told_of_from_the_tenth_day_and_stale_after_two_weeks(days: int, state: State) -> None:
    judged = freshness([(SITE, "机构职能", ago(days))])

    assert judged.whole.state is state
    assert judged.vetoes == (("首页超过2周未更新",) if state is State.STALE else ())
    assert judged.warnings == (("首页临近2周的更新期限",) if state is State.DUE else ())


@pytest.mark.parametrize(
    ("written", "last_fresh", "last_due"), [("5个自然日", 3, 5), ("10个自然日", 7, 10), ("2周", 9, 14)]
)
def test_an_account_of_new_media_goes_by_the_days_that_are_set(
    written: str, last_fresh: int, last_due: int
) -> None:
    set_so = Thresholds(media=limit(written))

    found = [
        freshness([(MEDIA, "", ago(days))], (), set_so, "微信").whole.state
        for days in (last_fresh, last_fresh + 1, last_due, last_due + 1)
    ]

    assert found == [State.FRESH, State.DUE, State.DUE, State.STALE]


@pytest.mark.parametrize(
    ("column", "newest", "state"),
    [
        ("工作动态", ago(14), State.DUE),
        ("工作动态", ago(15), State.STALE),
        ("时政要闻", ago(15), State.STALE),
        ("通知公告", date(2026, 2, 28), State.DUE),
        ("通知公告", date(2026, 2, 27), State.STALE),
        ("政策文件", date(2026, 2, 27), State.STALE),
        ("历史文件", date(2020, 1, 1), State.UNKNOWN),
        ("新闻发布会", date(2020, 1, 1), State.UNKNOWN),
        ("机构职能", date(2020, 1, 1), State.UNKNOWN),
    ],
)
def test_the_name_of_a_column_decides_where_no_list_does(column: str, newest: date, state: State) -> None:
    assert states(freshness([(SITE, column, newest)])) == {column: state}


def test_a_list_goes_before_the_name() -> None:
    listed = Expected("县教育局", SITE, "工作动态", Level.FIRST, limit("1条/季度"))

    judged = freshness([(SITE, "工作动态", ago(60)), (SITE, "首页", DAY)], (listed,))

    assert states(judged) == {"工作动态": State.FRESH}
    assert judged.columns[0].unit == "县教育局"


def test_so_many_items_are_asked_for_as_the_list_says() -> None:
    listed = (Expected("", SITE, "养老服务", Level.OTHER, limit("2条/月")),)

    assert states(freshness([(SITE, "养老服务", ago(3))], listed)) == {"养老服务": State.STALE}
    assert states(freshness([(SITE, "养老服务", ago(3))] * 2, listed)) == {"养老服务": State.FRESH}


def test_articles_without_a_day_leave_it_open_whether_a_column_is_stale() -> None:
    judged = freshness([(SITE, "工作动态", ago(99)), (SITE, "工作动态", None)])

    assert states(judged) == {"工作动态": State.UNKNOWN}
    assert judged.whole.state is State.UNKNOWN
    assert judged.vetoes == ()


@pytest.mark.parametrize(("stale", "vetoed"), [(4, False), (5, True)])
def test_five_stale_columns_of_the_first_level_fail_a_website(stale: int, *, vetoed: bool) -> None:
    names = [f"{number}号动态" for number in range(stale)]
    listed = tuple(Expected("", SITE, name, Level.FIRST) for name in names)

    judged = freshness([(SITE, "首页", DAY), *((SITE, name, ago(15)) for name in names)], listed)

    assert judged.vetoes == ((f"{stale}个一级栏目应更新未更新",) if vetoed else ())


@pytest.mark.parametrize(("stale", "vetoed"), [(9, False), (10, True)])
def test_ten_stale_columns_of_any_level_fail_a_website(stale: int, *, vetoed: bool) -> None:
    judged = freshness(
        [(SITE, "首页", DAY), *((SITE, f"{number}号动态", ago(15)) for number in range(stale))]
    )

    assert judged.vetoes == ((f"{stale}个栏目应更新未更新",) if vetoed else ())


@pytest.mark.parametrize(
    ("empty", "vetoes", "warnings"),
    [(1, (), ()), (2, (), ("2个空白栏目",)), (4, (), ("4个空白栏目",)), (5, ("5个空白栏目",), ())],
)
def test_empty_columns_are_told_of_from_two_and_fail_a_website_from_five(
    empty: int, vetoes: tuple[str, ...], warnings: tuple[str, ...]
) -> None:
    listed = tuple(Expected("", SITE, f"{number}号栏目") for number in range(empty))

    judged = freshness([(SITE, "首页", DAY)], listed)

    assert judged.count(State.EMPTY) == empty
    assert judged.count(State.STALE) == 0
    assert (judged.vetoes, judged.warnings) == (vetoes, warnings)


def test_an_account_of_which_there_is_nothing_but_its_place_in_the_list_is_stale() -> None:
    listed = (Expected("县教育局", MEDIA, "", Level.OTHER, limit("5个自然日"), "微信", "70743"),)

    judged = freshness([], listed)

    assert (judged.unit, judged.record_number) == ("县教育局", "70743")
    assert judged.vetoes == ("账号超过5个自然日未更新",)
    assert judged.columns == ()


def test_accounts_of_one_name_are_apart_by_their_kinds() -> None:
    within = dict.fromkeys(first_days((), USUAL, DAY), 0)
    seen = [Seen("", MEDIA, kind, "", "", 1, 1, ago(99), within) for kind in ("微信", "微博")]

    assert [(one.account, one.kind) for one in judge((), seen, USUAL, DAY)] == [
        (MEDIA, "微信"),
        (MEDIA, "微博"),
    ]


def test_a_website_that_the_list_calls_otherwise_is_the_same() -> None:
    listed = (Expected("", SITE, "机构职能", Level.FIRST, None, "政府网站"), Expected("", SITE, "要闻"))

    judged = freshness([(SITE, "要闻", DAY)], listed, kind="门户网站")

    assert (judged.kind, judged.vetoes) == ("门户网站", ())
    assert states(judged) == {"机构职能": State.EMPTY, "要闻": State.FRESH}


def test_a_home_page_may_have_another_name() -> None:
    listed = (Expected("", SITE, "门户主页", Level.HOME),)

    judged = freshness([(SITE, "门户主页", ago(20)), (SITE, "要闻", DAY)], listed)

    assert judged.vetoes == ("首页超过2周未更新",)
    assert states(judged) == {"要闻": State.FRESH}


def test_kinds_of_websites_are_told_from_new_media() -> None:
    assert [is_website(kind) for kind in ("", "政府网站", "门户", "微信", "移动客户端")] == [True] * 3 + [
        False
    ] * 2
    assert usual_limit("往届要闻", USUAL) is None


HEADINGS = "单位,账号或网站,栏目,级别,更新期限\n"


def test_a_list_of_columns_is_read_from_csv_and_from_a_workbook(tmp_path: Path) -> None:
    rows = [
        ["单位", "账号或网站", "栏目", "级别", "更新期限", "备注"],
        ["县教育局", SITE, "工作动态", "一级", "2周", "x"],
        ["", SITE, "首页", "首页", "", ""],
    ]
    (tmp_path / "list.csv").write_text("\n".join(map(",".join, rows)), encoding="gb18030")
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(tmp_path / "list.xlsx")

    assert read_column_list(tmp_path / "list.csv") == read_column_list(tmp_path / "list.xlsx")
    assert read_column_list(tmp_path / "list.csv") == (
        Expected("县教育局", SITE, "工作动态", Level.FIRST, limit("2周")),
        Expected("", SITE, "首页", Level.HOME),
    )


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("单位,栏目\n", "工作表“CSV”第 1 行“账号或网站”列：缺少这一列"),
        (f"{HEADINGS}甲,,动态,,\n", "工作表“CSV”第 2 行“账号或网站”列：不能为空"),
        (f"{HEADINGS}甲,乙,动态,二级,\n", "工作表“CSV”第 2 行“级别”列：应是首页、一级、其他之一"),
        (
            f"{HEADINGS}甲,乙,动态,,经常\n",
            "工作表“CSV”第 2 行“更新期限”列：应写作 2周、6个月、5个自然日、1条/季度 等",
        ),
        (
            f"{HEADINGS}甲,乙,动态,,\n丙,乙,动态,,\n",
            "工作表“CSV”第 3 行“栏目”列：这个账号或网站的同一栏目写了两次",
        ),
    ],
)
def test_a_list_that_cannot_be_read_is_refused_with_row_and_column(
    tmp_path: Path, content: str, fault: str
) -> None:
    (tmp_path / "list.csv").write_text(content, encoding="utf-8")

    with pytest.raises(FileRefusedError) as refused:
        read_column_list(tmp_path / "list.csv")

    assert list(map(str, refused.value.faults)) == [fault]


def test_the_database_counts_what_was_published_by_the_day(database: Database) -> None:
    place = {"account": SITE, "unit": "县政府办", "column": "动态"}
    days = [ago(20), ago(14), ago(1), DAY + timedelta(days=1), None]
    with database.writing() as connection:
        connection.execute(insert(RUNS), run_row(1, DAY))
        connection.execute(insert(SHARDS), shard_row(1, len(days)))
        for number, day in enumerate(days, 1):
            row = document_row(1, number, published_on=day, **place)
            # What belongs to an article is no article of its own.
            connection.execute(insert(DOCUMENTS), [row, row | {"part": 1}])
        (seen,) = published(connection, 1, (ago(14), ago(5)), DAY)

    assert (seen.articles, seen.dated, seen.newest) == (4, 3, ago(1))
    assert seen.within == {ago(14): 2, ago(5): 1}


def test_a_later_run_of_the_site_goes_by_the_last_list_there_is(database: Database) -> None:
    listed = (Expected("县教育局", SITE, "工作动态", Level.FIRST, limit("1条/季度"), "政府网站", "1"),)
    with database.writing() as connection:
        for number, site in ((1, "甲县"), (2, "乙县"), (3, "甲县"), (4, "甲县")):
            connection.execute(insert(RUNS), run_row(number, DAY, site=site, previous=None))
        keep_columns(connection, 1, listed * 2)
        keep_columns(connection, 1, listed)
        keep_columns(connection, 4, ())

        assert [columns_for(connection, number) for number in (1, 2, 3, 4)] == [listed, (), listed, listed]
