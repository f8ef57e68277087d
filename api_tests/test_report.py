"""The report of a scan: every figure in notice, workbook and page is counted again from the rows of the tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pypdfium2
import pytest
import regex
from lxml import html
from sqlalchemy import select

from api_tests.formats_kit import converted_by_office
from api_tests.report_kit import DEADLINES, PLAIN, SECOND, SECOND_DAY, planted
from app.archive.comparison import Status
from app.archive.freshness import Thresholds
from app.report.figures import Figures, figures_of
from app.report.files import NOTICE, PAGE, WORKBOOK, write_files
from app.report.listing import listed_findings, unread_articles
from app.store.database import Database
from app.store.scan_tables import DOCUMENTS, FINDINGS
from app.working_days import working_days_after
from detectors.kernel.finding import Severity

COUNT = regex.compile(r"(\p{Han}+?)([0-9]+)处")
SEVERE = "严重表述错误"
NAMES = {
    "sensitive": "敏感和禁慎用词",
    "typo": "错别字",
    "privacy": "隐私泄露",
    "format": "标点数字格式问题",
    "link": "链接问题",
}
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Written:
    """A report, and the rows of which it tells."""

    rows: Sequence[Row]
    documents: Sequence[Row]
    figures: Figures
    notice: Any
    workbook: Any
    page: Any
    folder: Path


def rows_of(database: Database, run: int) -> tuple[list[Row], list[Row]]:
    """Read findings, each with its document, and documents, all that there are."""
    with database.reading() as connection:
        documents: list[Row] = [
            dict(row)
            for row in connection.execute(select(DOCUMENTS).where(DOCUMENTS.c.run == run)).mappings()
        ]
        found: list[Row] = [
            dict(row) for row in connection.execute(select(FINDINGS).where(FINDINGS.c.run == run)).mappings()
        ]
    by_key = {(one["number"], one["part"]): one for one in documents}
    counted = [one for one in documents if one["verdict"] == "failed" or one["characters"] is not None]
    return [{**by_key[one["document"], one["part"]], **one} for one in found], counted


def grave(rows: Sequence[Row], *statuses: str) -> list[Row]:
    return [row for row in rows if row["severity"] != "info" and row["status"] in statuses]


def standing(rows: Sequence[Row]) -> list[Row]:
    return grave(rows, "new", "remaining")


def kind_of(row: Row) -> str:
    """Name the kind of a finding as the notice does."""
    if row["category"] != "expression":
        return NAMES[row["category"]]
    return SEVERE if row["severity"] == "error" else "其他错误表述"


def is_late(row: Row, day: date) -> bool:
    days = 1 if kind_of(row) == SEVERE else 3
    return working_days_after(row["first_found_on"], days) < day


def on_website(row: Row) -> bool:
    return row["kind"] not in {"微信", "微博"}


def rate(rows: Sequence[Row]) -> str:
    mended, remaining = len(grave(rows, "mended")), len(grave(rows, "remaining"))
    return f"{mended / (mended + remaining):.1%}" if mended + remaining else "—"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Written]:
    """The report of the second run."""
    folder = tmp_path_factory.mktemp("report")
    database = Database(f"sqlite:///{folder / 'site.db'}")
    planted(database)
    figures = write_files(database, SECOND, folder, PLAIN)
    yield Written(
        *rows_of(database, SECOND),
        figures,
        docx.Document(str(folder / NOTICE)),
        openpyxl.load_workbook(folder / WORKBOOK),
        html.parse(str(folder / PAGE)).getroot(),
        folder,
    )
    database.close()


def sheet(written: Written, title: str) -> list[dict[str, Any]]:
    """Read a sheet by its headings."""
    headings, *rows = written.workbook[title].iter_rows(values_only=True)
    return [dict(zip(headings, row, strict=True)) for row in rows]


def table_of(written: Written, heading: str) -> list[dict[str, str]]:
    """Read a table of the page by its headings."""
    (table,) = written.page.xpath(f"//section[h2='{heading}']//table")
    headings = [cell.text_content() for cell in table.iter("th")]
    rows = [[cell.text_content() for cell in row.iter("td")] for row in table.find("tbody")]
    return [dict(zip(headings, row, strict=True)) for row in rows]


def drawn(written: Written, heading: str) -> Counter[str]:
    """Add up the bars of a chart by what stands before the colon of their titles."""
    titles = written.page.xpath(f"//section[h2='{heading}']//rect/title")
    counts: Counter[str] = Counter()
    for title in titles:
        name, _, count = title.text_content().partition("：")
        counts[name] += int(regex.sub(r"\D", "", count))
    return counts


def test_figures_are_the_same_counted_again_on_either_database(database: Database) -> None:
    planted(database)
    rows, documents = rows_of(database, SECOND)
    with database.reading() as connection:
        figures = figures_of(connection, SECOND, day=None, thresholds=Thresholds(), deadlines=DEADLINES)
        listed = list(listed_findings(connection, SECOND))
        unread = list(unread_articles(connection, SECOND))

    assert (len(listed), len(unread)) == (len(rows), figures.whole.documents.failed)
    tally = figures.whole.total
    assert figures.day == SECOND_DAY
    assert tally.new == len(grave(rows, "new")) > 0
    assert tally.remaining == len(grave(rows, "remaining")) > 0
    assert tally.mended == len(grave(rows, "mended")) > 0
    assert tally.false_alarms == len(grave(rows, "false_alarm")) > 0
    assert tally.unverified == len(grave(rows, "unverified")) > 0
    assert tally.errors == sum(row["severity"] == "error" for row in standing(rows)) > 0
    assert tally.severe == sum(kind_of(row) == SEVERE for row in standing(rows)) > 0
    assert tally.overdue == sum(is_late(row, SECOND_DAY) for row in standing(rows)) > 0
    hints = [row for row in rows if row["severity"] == "info" and row["status"] in {"new", "remaining"}]
    assert figures.hints == len(hints) > 0
    counted = figures.whole.documents
    assert counted.articles == sum(one["part"] == 0 for one in documents) == 60
    assert counted.parts == sum(one["part"] > 0 for one in documents) == 6
    assert counted.failed == sum(one["verdict"] == "failed" for one in documents) == 2
    assert counted.characters == sum(one["characters"] or 0 for one in documents)
    assert counted.undated == sum(one["part"] == 0 and one["published_on"] is None for one in documents) > 0
    by_week = sum(count for _, count in figures.weeks)
    assert by_week + figures.before_weeks + figures.undated == tally.standing


def test_parts_add_up_to_the_whole(written: Written) -> None:
    figures = written.figures
    standing_in_all = figures.whole.total.standing

    assert sum(unit.share.total.standing for unit in figures.units) == standing_in_all
    on_websites = sum(unit.share.total.standing for unit in figures.website_units)
    assert on_websites + sum(one.share.total.standing for one in figures.media) == standing_in_all
    assert sum(tally.standing for tally in figures.whole.categories.values()) == standing_in_all


def test_the_tables_of_the_notice_name_every_problem_that_stands(written: Written) -> None:
    media, units = written.notice.tables
    by_account = {
        tuple(cell.text for cell in row.cells[:4]): dict(COUNT.findall(row.cells[4].text))
        for row in media.rows[1:]
    }
    by_unit = {row.cells[1].text: dict(COUNT.findall(row.cells[2].text)) for row in units.rows[1:]}

    expected_accounts: dict[tuple[str, ...], Counter[str]] = {}
    expected_units: dict[str, Counter[str]] = {}
    for row in standing(written.rows):
        if on_website(row):
            expected_units.setdefault(row["unit"], Counter())[kind_of(row)] += 1
        else:
            key = row["record_number"], row["account"], row["kind"], row["unit"]
            expected_accounts.setdefault(key, Counter())[kind_of(row)] += 1
    assert {
        key: {k: int(n) for k, n in said.items()} for key, said in by_account.items()
    } == expected_accounts
    found = {name: {k: int(n) for k, n in said.items()} for name, said in by_unit.items() if said}
    assert found == expected_units
    assert [row.cells[0].text for row in units.rows[1:]] == ["1", "2", "3"]
    assert next(row.cells[2].text for row in units.rows if row.cells[1].text == "县审计局") == "空白栏目5个"


def test_the_text_of_the_notice_says_what_the_rows_say(written: Written) -> None:
    text = "\n".join(paragraph.text for paragraph in written.notice.paragraphs)
    rows = written.rows

    kinds = Counter(kind_of(row) for row in standing(rows))
    errors = sum(row["severity"] == "error" for row in standing(rows))
    warnings = len(standing(rows)) - errors
    assert f"现有问题{len(standing(rows))}处，其中须改正{errors}处、须由人工核实{warnings}处" in text
    assert all(f"{name}{count}处" in text for name, count in kinds.items())
    mended, remaining = len(grave(rows, "mended")), len(grave(rows, "remaining"))
    assert f"上次检查查出的问题已修改{mended}处、未修改{remaining}处，整改率{rate(rows)}" in text
    for category, name in {"typo": "错别字", "expression": "错误表述"}.items():
        of_kind = [row for row in rows if row["category"] == category]
        mended, remaining = len(grave(of_kind, "mended")), len(grave(of_kind, "remaining"))
        assert f"{name}已修改{mended}处、未修改{remaining}处，整改率{rate(of_kind)}" in text
    late = sum(is_late(row, SECOND_DAY) for row in standing(rows))
    assert f"超过期限没有改正的问题{late}处" in text
    assert "读取文章60篇、附件6件" in text
    assert "其中2件未能读取" in text
    severe = Counter(row["unit"] for row in standing(rows) if kind_of(row) == SEVERE)
    assert all(f"{unit}（{count}处）" in text for unit, count in severe.items())


def test_what_was_left_out_is_said_alike_in_all_three_files(written: Written) -> None:
    text = "\n".join(paragraph.text for paragraph in written.notice.paragraphs)
    (facts,) = written.page.xpath("//p[@class='facts']")

    assert "另有文件6个未纳入检查（图片5个、断开的链接1个）。" in text
    assert {row["项目"]: row["数值"] for row in sheet(written, "统计")}["未纳入检查的文件"] == 6
    assert "另有文件6个未纳入检查。" in facts.text_content()


def test_the_notice_has_the_parts_of_a_notice_in_their_order(written: Written) -> None:
    said = [paragraph.text for paragraph in written.notice.paragraphs]
    parts = (
        "关于2026年第三季度政府网站与政务新媒体检查情况的通报",
        "各有关单位：",
        "一、总体情况",
        "二、存在的主要问题",
        "三、工作要求",
        "附件：1．政务新媒体检查发现的问题清单",
        "　　　2．政府网站检查发现的问题清单",
        "政务公开主管部门",
        "2026年9月21日",
        "附件1",
        "政务新媒体检查发现的问题清单",
        "附件2",
        "政府网站检查发现的问题清单",
    )
    assert [said.index(part) for part in parts] == sorted(said.index(part) for part in parts)
    headings = [[cell.text for cell in table.rows[0].cells] for table in written.notice.tables]
    assert headings == [
        ["备案单号", "政务新媒体名称", "类型", "所属组织", "存在的突出问题"],
        ["序号", "责任单位", "存在的突出问题"],
    ]


def test_the_workbook_has_every_finding_once(written: Written) -> None:
    listed = sheet(written, "问题清单")

    assert [row["序号"] for row in listed] == list(range(1, len(written.rows) + 1))
    expected = Counter(
        (row["unit"], row["title"], row["rule"], Severity(row["severity"]).label, Status(row["status"]).label)
        for row in written.rows
    )
    assert expected == Counter(
        (row["责任单位"], row["所在文章"], row["规则编号"], row["问题级别"], row["与上次相比"])
        for row in listed
    )
    late = sum(is_late(row, SECOND_DAY) for row in standing(written.rows))
    assert sum(row["是否逾期"] == "是" for row in listed) == late
    assert {row["错敏词"] for row in listed if row["规则编号"] == "TY0001"} == {"截止目前"}
    assert {row["推荐修改"] for row in listed if row["规则编号"] == "TY0001"} == {"截至目前"}


def test_the_workbook_speaks_of_handling_as_platforms_do(written: Written) -> None:
    handled = {
        (row["与上次相比"], row["整改状态"], row["复核状态"], row["复核结果"])
        for row in sheet(written, "问题清单")
    }

    assert handled == {
        ("新增", "待整改", "未复核", None),
        ("仍存在", "待整改", "复核完成", "疑似未整改"),
        ("已整改", "已整改", "复核完成", "复核已整改"),
        ("误报", "忽略", "复核完成", "白名单"),
        ("无法核实", "待整改", "复核异常", "未知"),
        ("无法核实", "待整改", "复核异常", "不可访问"),
    }


def test_the_sheets_of_figures_agree_with_the_list(written: Written) -> None:
    listed = [
        row
        for row in sheet(written, "问题清单")
        if row["问题级别"] != "可斟酌" and row["与上次相比"] in {"新增", "仍存在"}
    ]
    summary = {row["项目"]: row["数值"] for row in sheet(written, "统计")}

    assert summary["现有问题"] == len(listed)
    assert summary["整改率"] == rate(written.rows)
    units = {row["责任单位"]: row["现有问题"] for row in sheet(written, "责任单位") if row["现有问题"]}
    assert units == Counter(row["责任单位"] for row in listed)
    accounts = {(row["账号或网站"], row["类型"]): row["现有问题"] for row in sheet(written, "网站和账号")}
    assert accounts == Counter((row["账号或网站"], row["类型"]) for row in listed)
    *kinds, whole = sheet(written, "问题类型")
    assert sum(row["现有问题"] for row in kinds) == whole["现有问题"] == len(listed)
    assert sum(row["现有问题"] for row in sheet(written, "发布周")) == len(listed)
    assert [row["原因"] for row in sheet(written, "未能检查")] == ["文件已损坏"] * summary["未能检查"]
    assert sum(row["状态"] == "空白" for row in sheet(written, "栏目更新")) == 5


def test_the_page_shows_the_same_figures(written: Written) -> None:
    cards = {
        card.findtext("dt"): card.findtext("dd") for card in written.page.xpath("//dl[@class='cards']/div")
    }
    stands = standing(written.rows)
    late = [row for row in stands if is_late(row, SECOND_DAY)]

    assert cards == {
        "现有问题": str(len(stands)),
        "其中须改": str(sum(row["severity"] == "error" for row in stands)),
        SEVERE: str(sum(kind_of(row) == SEVERE for row in stands)),
        "整改率": rate(written.rows),
        "逾期未改": str(len(late)),
        "未能检查": "2",
    }
    by_unit = Counter(row["unit"] for row in stands)
    assert drawn(written, "各单位现有问题") == by_unit
    assert drawn(written, "逾期未改") == Counter(row["unit"] for row in late)
    assert drawn(written, "各类现有问题").total() == len(stands)
    assert drawn(written, "整改率").total() == len(grave(written.rows, "mended", "remaining"))
    (about,) = written.page.xpath("//section[h2='各周发布的文章现有问题']/p")
    rest = sum(map(int, regex.findall(r"[0-9]+", about.text_content())))
    assert drawn(written, "各周发布的文章现有问题").total() + rest == len(stands)
    rows = {row["责任单位"]: row for row in table_of(written, "责任单位")}
    assert {name: int(row["现有问题"]) for name, row in rows.items() if row["现有问题"] != "0"} == by_unit
    accounts = [*table_of(written, "政府网站"), *table_of(written, "政务新媒体")]
    assert sum(int(row["现有问题"]) for row in accounts) == len(stands)


def test_the_page_needs_nothing_but_itself(written: Written) -> None:
    raw = (written.folder / PAGE).read_text(encoding="utf-8")

    assert written.page.xpath("//script | //link | //img | //iframe | //@href | //@src | //@onclick") == []
    assert "default-src 'none'" in raw
    assert "url(" not in raw


def test_an_account_that_is_not_kept_up_to_date_is_named_everywhere(written: Written) -> None:
    text = "\n".join(paragraph.text for paragraph in written.notice.paragraphs)
    (row,) = [row for row in table_of(written, "政务新媒体") if row["名称"] == "甲县交通"]

    assert "超过期限没有更新的政务新媒体1个：甲县交通（期限2周）。" in text
    assert "账号超过2周未更新" in row["触及单项否决"]
    assert "账号超过2周未更新" in written.notice.tables[0].rows[1].cells[4].text
    (listed,) = [row for row in sheet(written, "网站和账号") if row["账号或网站"] == "甲县交通"]
    assert "账号超过2周未更新" in listed["触及单项否决"]


def test_libreoffice_prints_the_notice(written: Written, tmp_path: Path) -> None:
    (tmp_path / NOTICE).write_bytes((written.folder / NOTICE).read_bytes())
    converted_by_office(tmp_path, "pdf", NOTICE)

    printed = pypdfium2.PdfDocument(tmp_path / "notice.pdf")
    try:
        pages = [page.get_textpage().get_text_bounded() for page in printed]
        picture = printed[0].render(scale=0.5).to_numpy()
    finally:
        printed.close()
    assert len(pages) == 6
    assert "检查情况的通报" in "".join(pages[0].split())
    # The issuer signs below something, and each table has a page of its own.
    assert ["2026年9月21日" in "".join(page.split()) for page in pages] == [
        True,
        False,
        False,
        True,
        False,
        False,
    ]
    assert "".join(pages[3].split()).index("做好日常巡查") < "".join(pages[3].split()).index(
        "政务公开主管部门"
    )
    assert [page.startswith("附件") for page in pages] == [False] * 4 + [True] * 2
    assert picture.min() < 100 < picture.mean()
