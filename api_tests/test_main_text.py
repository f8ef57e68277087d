"""Pages: the main text alone, placed in the source; and what a page links to."""

from __future__ import annotations

from pathlib import Path

import pytest

from api_tests.formats_kit import DEPLOYED, IDENTITY, UNTIL, only, places
from app.engine import Engine
from app.files import attachments
from app.formats.kernel.reading import Options
from app.places import LinePlace

MAIN = Options(main_text=True)
NAVIGATION = "".join(f'<li><a href="/c{number}/">栏目{number}</a></li>' for number in range(12))
PARAGRAPHS = [
    "为认真贯彻落实上级关于安全生产工作的要求，市政府决定在全市范围内开展安全生产大检查，现将有关事项通知如下。",
    f"一、提高思想认识。{UNTIL}，各县区、各部门已完成动员和自查自纠工作，要把各项工作落到实处。",
    "二、加强组织领导。各级各部门要把各项工作<b>布</b>署到位，主要负责人亲自抓，分管负责人具体抓。",
]
SITE = f"""<html><head><meta charset="utf-8"><title>关于开展安全生产检查的通知_某市人民政府</title></head><body>
<div class="header"><ul>{NAVIGATION}</ul><p>{UNTIL}，本站访问量</p></div>
<div class="article"><h1>关于开展安全生产检查的通知</h1>
<p>{PARAGRAPHS[0]}</p>
<p>{PARAGRAPHS[1]}</p>
<p>{PARAGRAPHS[2]}</p>
<table><tr><td>姓名</td><td>身份证号</td></tr><tr><td>赵小明</td><td>{IDENTITY}</td></tr></table>
<p>附件：<a href="files/%E5%90%8D%E5%8D%95.xlsx">名单</a> <a href="../secret.docx">外面</a> <a href="next.html">下一篇</a>
<a href="https://www.example.gov.cn/a.pdf">别处</a> <a href="没有.pdf">没有</a></p></div>
<div class="footer"><ul>{NAVIGATION}</ul><p>版权所有 工作{DEPLOYED}栏目</p></div></body></html>
"""


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "site" / "page.html"
    path.parent.mkdir()
    path.write_text(SITE, encoding="utf-8")
    return path


def in_source(place: object) -> str:
    """Read on in the source from a place."""
    assert isinstance(place, LinePlace)
    return SITE.split("\n")[place.line - 1][place.column - 1 :]


def test_the_whole_page_is_read_unless_the_main_text_is_wanted(engine: Engine, page: Path) -> None:
    assert len(places(engine, only(page), UNTIL)) == 2
    assert len(places(engine, only(page, MAIN), UNTIL)) == 1


def test_findings_of_the_main_text_stand_at_their_place_in_the_source(engine: Engine, page: Path) -> None:
    reading = only(page, MAIN)

    (until,) = places(engine, reading, UNTIL)
    (deployed,) = places(engine, reading, DEPLOYED)
    (number,) = places(engine, reading, IDENTITY)
    assert in_source(until).startswith(UNTIL)
    assert in_source(deployed).startswith("布</b>署到位")
    assert in_source(number).startswith(IDENTITY)


def test_the_main_text_begins_with_the_headline_and_keeps_the_columns_of_tables(page: Path) -> None:
    text = only(page, MAIN).text

    assert text.startswith("关于开展安全生产检查的通知\n")
    assert f"赵小明\t{IDENTITY}\t" in text
    assert "栏目3" not in text
    assert "版权所有" not in text


def test_links_of_the_main_text_stand_in_it(page: Path) -> None:
    reading = only(page, MAIN)

    assert [link.span.of(reading.text) for link in reading.links][-1] == "没有"


def test_a_page_without_a_main_text_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "list.html"
    path.write_text(f"<ul>{NAVIGATION}</ul>", encoding="utf-8")

    assert only(path, MAIN).text == only(path).text


def test_a_page_nested_beyond_reason_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "deep.html"
    path.write_text("<div>" * 20_000 + f"<p>{PARAGRAPHS[0]}</p>", encoding="utf-8")

    assert only(path, MAIN).text.strip() == PARAGRAPHS[0]


def test_the_attachments_of_a_page_are_the_files_beside_it(page: Path) -> None:
    folder = page.parent / "files"
    folder.mkdir()
    for path in (folder / "名单.xlsx", page.parent.parent / "secret.docx", page.parent / "next.html"):
        path.write_bytes(b"PK")

    assert attachments(page, MAIN) == [folder.resolve() / "名单.xlsx"]


def test_the_encoding_that_a_page_declares_is_believed_of_big5_alone(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(
        '<meta http-equiv="Content-Type" content="text/html; charset=big5"><p>臺北市政府公告</p>'.encode(
            "big5"
        )
    )
    assert "臺北市政府公告" in only(path).text

    path.write_bytes('<meta charset="iso-8859-1"><p>关于开展检查的通知</p>'.encode("gb18030"))
    assert "关于开展检查的通知" in only(path).text
