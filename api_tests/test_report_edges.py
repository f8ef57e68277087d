"""The report of a scan at its edges: strange names, long lists, boundary days, runs without this or that, the command."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import docx
import openpyxl
import pytest
from click.testing import CliRunner
from lxml import html
from sqlalchemy import insert, update

from api_tests.report_kit import (
    COLUMN_LIST,
    DEADLINES,
    FIRST,
    FIRST_DAY,
    PLAIN,
    SECOND,
    SECOND_DAY,
    document_row,
    finding_row,
    planted,
    run_row,
    shard_row,
)
from app.archive.freshness import Thresholds
from app.archive.update_limit import Unit, UpdateLimit
from app.engine import Engine
from app.report import workbook
from app.report.counting import NoReportError
from app.report.figures import NO_UNIT, WEEKS, figures_of
from app.report.files import NOTICE, PAGE, WORKBOOK, write_files
from app.report.notice_text import Names
from app.report.wording import enumerated, named, percent
from app.report_commands import report
from app.settings import settings
from app.store.database import Database
from app.store.scan_tables import DOCUMENTS, FINDINGS, RUNS, SHARDS
from detectors.kernel.finding import Severity


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Database]:
    """A database with a run of one document."""
    opened = Database(f"sqlite:///{tmp_path / 'own.db'}")
    yield opened
    opened.close()


def one_run(
    database: Database,
    document: Mapping[str, object] | None = None,
    *findings: Mapping[str, object],
    **run: object,
) -> None:
    with database.writing() as connection:
        connection.execute(insert(RUNS), run_row(1, SECOND_DAY, **run))
        connection.execute(insert(SHARDS), shard_row(1, 1))
        connection.execute(insert(DOCUMENTS), document_row(1, 1, **document or {}))
        for ordinal, finding in enumerate(findings):
            connection.execute(insert(FINDINGS), finding_row(1, 1, 0, ordinal, 0, **finding))


def test_names_that_look_like_markup_or_formulas_do_nothing(own: Database, tmp_path: Path) -> None:
    evil = "</title><script>alert(1)</script>"
    formula = '=HYPERLINK("http://x.example","y")'
    place = {"unit": evil, "account": f"@{evil}", "kind": "微信", "title": formula, "column": "\x00\t=1+1"}
    one_run(own, place, {"text": "+1", "excerpt": "-1\x01", "replacements": ["@x", ""]})

    write_files(own, 1, tmp_path, replace(PLAIN, names=Names(title=f"{evil}\x02")))

    page = html.parse(str(tmp_path / PAGE)).getroot()
    assert page.xpath("//script") == []
    assert page.findtext("head/title") == evil
    assert any(cell.text_content() == evil for cell in page.iter("td"))
    book = openpyxl.load_workbook(tmp_path / WORKBOOK)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    texts = {cell.value for cell in cells if isinstance(cell.value, str)}
    assert {cell.data_type for cell in cells if isinstance(cell.value, str)} == {"s"}
    assert [text for text in texts if text.startswith(tuple("=+-@\t"))] == []
    assert {f"'{formula}", "'+1", "'-1", "'@x；（删去）", "'=1+1"} <= texts
    assert evil in "".join(paragraph.text for paragraph in docx.Document(str(tmp_path / NOTICE)).paragraphs)


def test_a_list_that_is_longer_than_a_sheet_goes_on_in_the_next(
    own: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 10)
    one_run(own, {}, *[{}] * 21)

    write_files(own, 1, tmp_path, PLAIN)

    book = openpyxl.load_workbook(tmp_path / WORKBOOK)
    sheets = [book[name] for name in ("问题清单", "问题清单2", "问题清单3")]
    assert [sheet.max_row for sheet in sheets] == [11, 11, 2]
    assert {sheet["A1"].value for sheet in sheets} == {"序号"}
    assert sheets[2]["A2"].value == 21


FRIDAY, MONDAY, TUESDAY = date(2026, 9, 11), date(2026, 9, 14), date(2026, 9, 15)


@pytest.mark.parametrize(
    ("severity", "day", "overdue"),
    [
        ("error", MONDAY, 0),
        ("error", TUESDAY, 1),
        ("warning", date(2026, 9, 16), 0),
        ("warning", date(2026, 9, 17), 1),
        ("info", date(2026, 12, 1), 0),
    ],
)
def test_a_finding_is_overdue_on_the_day_after_its_last_working_day(
    own: Database, severity: str, day: date, overdue: int
) -> None:
    one_run(own, {}, {"severity": severity, "first_found_on": FRIDAY})

    with own.reading() as connection:
        figures = figures_of(connection, 1, day=day, thresholds=Thresholds(), deadlines=DEADLINES)

    assert figures.whole.total.overdue == overdue


@pytest.mark.parametrize(
    ("published_on", "where"),
    [
        (SECOND_DAY, "2026-09-21"),
        (SECOND_DAY + timedelta(days=6), "2026-09-21"),
        (SECOND_DAY + timedelta(days=7), "undated"),
        (SECOND_DAY - timedelta(days=1), "2026-09-14"),
        (SECOND_DAY - timedelta(weeks=WEEKS - 1), "2026-03-30"),
        (SECOND_DAY - timedelta(weeks=WEEKS - 1, days=1), "before"),
        (None, "undated"),
    ],
)
def test_weeks_begin_on_monday_and_go_back_half_a_year(
    own: Database, published_on: date | None, where: str
) -> None:
    one_run(own, {"published_on": published_on}, {})

    with own.reading() as connection:
        figures = figures_of(connection, 1, day=None, thresholds=Thresholds(), deadlines=DEADLINES)

    counted = {week.isoformat(): count for week, count in figures.weeks if count}
    counted |= {"before": figures.before_weeks} if figures.before_weeks else {}
    counted |= {"undated": figures.undated} if figures.undated else {}
    assert counted == {where: 1}


def text_of(content: bytes) -> str:
    document = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


@pytest.mark.parametrize("which", ["first run", "second run", "nothing found", "no unit", "media only"])
def test_the_notice_itself_passes_the_check(
    engine: Engine, own: Database, tmp_path: Path, which: str
) -> None:
    run = 1
    if which.endswith("run"):
        planted(own)
        run = FIRST if which == "first run" else SECOND
    elif which == "media only":
        one_run(own, {"unit": "县教育局", "account": "甲县教育", "kind": "微信", "published_on": FIRST_DAY})
    else:
        one_run(own, {}, *[{}] * (which == "no unit"))
    write_files(own, run, tmp_path, PLAIN)

    text = text_of((tmp_path / NOTICE).read_bytes())

    found = [
        one
        for one in engine.check(text, published_on=SECOND_DAY).findings
        if one.rule.severity is not Severity.INFO
    ]
    assert [(one.rule.code, one.span.of(text)) for one in found] == []


def test_a_first_run_speaks_of_no_rate(own: Database, tmp_path: Path) -> None:
    planted(own)
    write_files(own, FIRST, tmp_path, PLAIN)

    text = text_of((tmp_path / NOTICE).read_bytes())

    assert "整改率" not in text
    assert "一、总体情况" in text


def test_the_notice_is_named_as_it_is_told(own: Database, tmp_path: Path) -> None:
    one_run(own)
    names = Names(issuer="甲县人民政府办公室", period="2026年上半年")

    write_files(own, 1, tmp_path, replace(PLAIN, names=names))

    text = text_of((tmp_path / NOTICE).read_bytes())
    assert text.startswith("关于2026年上半年政府网站检查情况的通报\n")
    assert "\n甲县人民政府办公室\n2026年9月21日" in text
    assert "没有须改正或者须核实的问题" in text
    assert "附件" not in text.replace("附件和表格", "")


def test_new_media_are_held_to_the_days_that_are_set(own: Database) -> None:
    newest = SECOND_DAY - timedelta(days=6)
    one_run(own, {"account": "甲县教育", "kind": "微信", "published_on": newest})

    def vetoes(days: int) -> tuple[str, ...]:
        thresholds = replace(Thresholds(), media=UpdateLimit(days, Unit.DAY))
        with own.reading() as connection:
            figures = figures_of(connection, 1, day=None, thresholds=thresholds, deadlines=DEADLINES)
        return figures.media[0].vetoes

    assert (vetoes(5), vetoes(10)) == (("账号超过5个自然日未更新",), ())


@pytest.mark.parametrize(
    ("state", "reason"), [("running", "第 1 次扫描还没有完成"), (None, "没有第 1 次扫描")]
)
def test_there_is_no_report_of_a_run_that_is_not_done(
    own: Database, tmp_path: Path, state: str | None, reason: str
) -> None:
    if state:
        one_run(own, state=state)

    with pytest.raises(NoReportError, match=reason):
        write_files(own, 1, tmp_path, PLAIN)


@pytest.fixture
def served(own: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """The database that commands use."""
    monkeypatch.setenv("SHENJIAO_DATABASE_URL", f"sqlite:///{tmp_path / 'own.db'}")
    settings.cache_clear()
    yield own
    settings.cache_clear()


def test_what_is_not_whole_is_not_said_to_be() -> None:
    assert percent(Fraction(1)) == "100.0%"
    assert percent(Fraction(99_999, 100_000)) == "99.9%"
    assert percent(Fraction(2, 3)) == "66.7%"
    assert percent(None) == "—"


def test_many_names_are_cut_short_and_counted() -> None:
    units = [(f"第{number}局", number) for number in range(1, 13)]

    assert named(units).startswith("第12局（12处）、第11局（11处）、")
    assert named(units).endswith("第3局（3处）等12家单位")
    assert named([("县教育局", 2), (NO_UNIT, 7), ("县民政局", 0)]) == "县教育局（2处）"
    assert enumerated(["甲网"] * 11, "个网站") == "、".join(["甲网"] * 10) + "等11个网站"


def test_the_command_writes_the_files_and_keeps_the_list_of_columns(served: Database, tmp_path: Path) -> None:
    planted(served)
    listed = "账号或网站,栏目,类型\n" + "".join(
        f"{one.account},{one.column},政府网站\n" for one in COLUMN_LIST[3:5]
    )
    (tmp_path / "columns.csv").write_text(listed, encoding="utf-8")
    out = tmp_path / "out"
    named = ("--issuer=甲县政务公开办", "--as-of=2026-09-30")

    answer = CliRunner().invoke(
        report,
        [str(SECOND), f"--out={out}", *named, f"--columns={tmp_path / 'columns.csv'}"],
    )

    assert (answer.exit_code, answer.stderr) == (0, "")
    assert "现有问题" in answer.stdout
    assert sorted(path.name for path in out.iterdir()) == sorted([NOTICE, WORKBOOK, PAGE])
    assert "甲县政务公开办\n2026年9月30日" in text_of((out / NOTICE).read_bytes())
    book = openpyxl.load_workbook(out / WORKBOOK)
    assert [row[7] for row in book["栏目更新"].iter_rows(values_only=True)].count("空白") == 2


def test_the_command_says_in_chinese_why_it_cannot(served: Database, tmp_path: Path) -> None:
    def refusal(*arguments: str) -> str:
        answer = CliRunner().invoke(report, [*arguments, "--out", str(tmp_path / "out")])
        assert answer.exit_code == 2
        return answer.stderr

    assert refusal("1") == "shenjiao: 还没有扫描过\n"
    planted(served)
    assert refusal("7") == "shenjiao: 没有第 7 次扫描\n"
    (tmp_path / "columns.csv").write_text("栏目\n动态\n", encoding="utf-8")
    columns = ("--columns", str(tmp_path / "columns.csv"))
    assert "“账号或网站”列：缺少这一列" in refusal("1", *columns)
    (tmp_path / "columns.csv").write_text("账号或网站,栏目\n甲,动态\n", encoding="utf-8")
    assert refusal("7", *columns) == "shenjiao: 没有第 7 次扫描\n"
    with served.writing() as connection:
        connection.execute(update(RUNS).where(RUNS.c.number == SECOND).values(state="running"))
    assert refusal("2") == "shenjiao: 第 2 次扫描还没有完成，不能出报告\n"
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / NOTICE).mkdir()
    assert "不能写入" in refusal("1")
