"""Links of pages: from the HTML to the finding, and back to the place in the source."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from app.cli import main
from app.documents import Document, read
from app.engine import Engine
from app.html_text import HtmlText
from app.places import LinePlace
from detectors.kernel.finding import Category, Finding, Severity

PAGE = """<html><head><title>通知</title></head><body>
<p>详见<a href="http://www.example.gov.cn/1.html">原文</a>。</p>
<p>友情链接：<a href="http://bet.example.com/?id=1"><b>某市</b>人民政府网</a></p></body></html>"""


def link_findings(engine: Engine, source: str) -> list[Finding]:
    document = Document("page.html", source, HtmlText(source))
    report = engine.check(document.text, categories={Category.LINK}, links=document.links)
    return list(report.findings)


def test_a_name_of_a_government_site_that_leads_elsewhere_is_a_warning_at_its_place(
    engine: Engine, tmp_path: Path
) -> None:
    path = tmp_path / "page.html"
    path.write_text(PAGE, encoding="utf-8")
    document = read(path)

    (finding,) = engine.check(document.text, links=document.links).findings

    assert (finding.rule.code, finding.rule.severity) == ("LK011", Severity.WARNING)
    assert finding.span.of(document.text) == "某市人民政府网"
    assert "bet.example.com" in finding.rule.why
    assert "id=1" not in finding.rule.why
    assert document.place(finding.span) == LinePlace(3, PAGE.split("\n")[2].index("某市") + 1)


@pytest.mark.parametrize(
    "address",
    [
        "https://WWW.EXAMPLE.GOV.CN/",
        "//www.example.gov.cn/a",
        "/zwgk/1.html",
        "#top",
        "mailto:office@example.com",
        "javascript:void(0)",
        "http://[",
    ],
)
def test_addresses_inside_government_and_none_at_all_are_left_alone(engine: Engine, address: str) -> None:
    assert link_findings(engine, f'<p>见<a href="{address}">某市人民政府</a></p>') == []


@pytest.mark.parametrize("host", ["gov.cn.example.com", "example-gov.cn", "www.example.org"])
def test_a_host_that_only_looks_like_government_is_outside(engine: Engine, host: str) -> None:
    (finding,) = link_findings(engine, f'<p>见<a href="http://{host}/">网页</a></p>')

    assert finding.rule.code == "LK010"


@pytest.mark.parametrize(
    ("address", "rule"),
    [
        ("FILE:///C:/tz/fj.doc", "LK012"),
        (r"\\server\tz\fj.doc", "LK012"),
        ("http://[::1]/a", "LK012"),
        ("//localhost/a", "LK012"),
        ("http://172.20.1.1/a", "LK013"),
        ("http://oa.local/a", "LK013"),
        ("http://1.2.3.4/a", "LK010"),
        ("https://local.example.com/a", "LK010"),
    ],
)
def test_where_nobody_else_can_go_is_told_apart_from_other_hosts(
    engine: Engine, address: str, rule: str
) -> None:
    (finding,) = link_findings(engine, f'<p>见<a href="{address}">附件</a>。</p>')

    assert finding.rule.code == rule
    assert address not in finding.rule.why


@pytest.mark.parametrize(
    "head",
    ['<base href="https://www.example.org/">', '<link rel="canonical" href="https://www.example.org/1"/>'],
)
def test_the_host_that_a_page_names_as_its_own_is_not_outside(engine: Engine, head: str) -> None:
    page = (
        f'<html><head>{head}</head><body><p><a href="https://www.example.org/2">第二页</a></p></body></html>'
    )

    assert link_findings(engine, page) == []


def test_a_link_that_shows_nothing_is_found_at_the_character_before_it(engine: Engine) -> None:
    (finding,) = link_findings(engine, '<p>通知<a href="http://www.example.com/"></a>全文</p>')

    assert finding.span.of(HtmlText('<p>通知<a href="http://www.example.com/"></a>全文</p>').text) == "知"


def test_a_link_that_is_never_closed_ends_where_the_next_begins() -> None:
    html = HtmlText('<p><a href="http://a.example.com">甲<a href="http://b.example.com">乙</p>')

    assert [(link.span.of(html.text), link.address) for link in html.links] == [
        ("甲", "http://a.example.com"),
        ("乙", "http://b.example.com"),
    ]


@pytest.mark.parametrize("command", ["check", "scan"])
def test_the_command_line_lists_the_links_of_a_page(tmp_path: Path, command: str) -> None:
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "page.html").write_text(PAGE, encoding="utf-8")
    out = tmp_path / "out"
    arguments = {
        "check": ["check", "--format", "jsonl", str(folder / "page.html")],
        "scan": ["scan", str(folder), "--out", str(out)],
    }[command]

    result = CliRunner().invoke(main, arguments)

    lines = result.stdout if command == "check" else (out / "findings.jsonl").read_text(encoding="utf-8")
    assert [json.loads(line)["rule"] for line in lines.splitlines() if line.startswith("{")] == ["LK011"]


def test_a_link_around_a_block_spans_its_words_only() -> None:
    html = HtmlText('<a href="http://a.example.com"><div> 平台 </div></a><p>全文</p>')

    assert [link.span.of(html.text) for link in html.links] == ["平台"]
