"""The report of a real scan: a manifest is scanned, half is mended, it is scanned again, the report is read back."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import docx
import openpyxl
import pytest
from click.testing import CliRunner

from app.cli import main
from app.report.files import NOTICE, WORKBOOK
from app.settings import settings
from app.working_days import today

WRONG, RIGHT = "截止目前，各单位已完成整改。", "截至目前，各单位已完成整改。"
LEAK = "受助人王小明，身份证号11010519491231002X。"
SITE = "甲县人民政府网"


@pytest.fixture
def own_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A database that commands use, and the processes that they start."""
    monkeypatch.setenv("SHENJIAO_DATABASE_URL", f"sqlite:///{tmp_path / 'site.db'}")
    settings.cache_clear()
    yield
    settings.cache_clear()


def shenjiao(*arguments: str) -> str:
    """Run a command; give what it says."""
    answer = CliRunner().invoke(main, arguments)
    assert answer.exit_code in {0, 1}, answer.output
    return answer.stdout


def manifest(path: Path, newest: date, *, mended: int) -> None:
    """Write a list of six articles with a mistake each, of which some are mended, and one of a stale account."""
    head = ("单位", "账号或网站", "类型", "备案单号", "栏目", "网址", "标题", "发布时间", "正文")
    rows = [
        (
            f"县第{number % 2 + 1}局",
            SITE,
            "政府网站",
            "",
            "工作动态",
            f"https://www.example.gov.cn/{number}.html",
            f"第{number}号通报",
            newest - timedelta(days=number),
            RIGHT if number <= mended else WRONG,
        )
        for number in range(1, 7)
    ]
    old = newest - timedelta(days=20)
    rows.append(
        ("县第一局", "甲县发布", "微信", "70743", "", "https://example.org/7", "第7号通报", old, LEAK)
    )
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *rows])


@pytest.mark.usefixtures("own_database")
def test_a_mended_half_is_in_the_report(tmp_path: Path) -> None:
    columns = tmp_path / "columns.csv"
    columns.write_text(
        f"账号或网站,栏目,级别\n{SITE},工作动态,一级\n{SITE},空着的栏目,其他\n", encoding="utf-8"
    )
    source = tmp_path / "articles.csv"
    for mended in (0, 3):
        manifest(source, today(), mended=mended)
        listed = ("--columns", str(columns)) if not mended else ()
        shenjiao(
            "scan", str(source), "--site", "甲县", "--workers", "1", "--out", str(tmp_path / "scan"), *listed
        )

    said = shenjiao("scan", "report", "2", "--out", str(tmp_path / "out"), "--issuer", "甲县政务公开办")

    assert "整改率 42.9%" in said
    text = "\n".join(paragraph.text for paragraph in docx.Document(str(tmp_path / "out" / NOTICE)).paragraphs)
    assert "上次检查查出的问题已修改3处、未修改4处，整改率42.9%" in text
    assert "错别字已修改3处、未修改3处，整改率50.0%" in text
    assert "空白栏目1个，分布在甲县人民政府网（1个）。" in text
    assert "超过期限没有更新的政务新媒体1个：甲县发布（期限2周）。" in text
    book = openpyxl.load_workbook(tmp_path / "out" / WORKBOOK)
    headings, *rows = book["问题清单"].iter_rows(values_only=True)
    found = [dict(zip(headings, row, strict=True)) for row in rows]
    assert Counter((row["错敏词"], row["整改状态"]) for row in found if row["问题级别"] != "可斟酌") == {
        ("截止目前", "已整改"): 3,
        ("截止目前", "待整改"): 3,
        ("11*************02X", "待整改"): 1,
    }
    assert "11010519491231002X" not in str(found)
