"""Files: encodings, HTML with the way back to its source, and what cannot be read."""

from __future__ import annotations

import os
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.documents import UnreadableError, as_document, decode, read
from app.html_text import HtmlText
from app.places import LinePlace
from detectors.kernel.finding import Span
from detectors.kernel.system_errors import reason_of


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk"])
def test_utf8_and_the_encodings_of_old_pages_are_read(encoding: str) -> None:
    assert decode("关于开展检查的通知".encode(encoding)) == "关于开展检查的通知"


@pytest.mark.parametrize(
    "content",
    [
        BOM_UTF16_LE + "关于开展检查的通知\r\n".encode("utf-16-le"),
        BOM_UTF16_BE + "关于开展检查的通知\r\n".encode("utf-16-be"),
    ],
)
def test_utf16_is_read_by_its_mark_and_written_as_it_was(content: bytes) -> None:
    document = as_document("通知.txt", content)

    assert document.text == "关于开展检查的通知\r\n"
    assert document.encoded() == content


def test_utf16_that_breaks_off_is_refused_as_such() -> None:
    with pytest.raises(UnreadableError, match="标明是 UTF-16"):
        decode("通知".encode("utf-16")[:-1])


@pytest.mark.parametrize("content", [b"\xff\xff\xff", b"PK\x03\x04\x00\x00", "通知".encode("utf-32")])
def test_what_is_not_text_is_refused_without_quoting_it(content: bytes) -> None:
    with pytest.raises(UnreadableError) as refusal:
        decode(content)

    assert "\\x" not in str(refusal.value)


def test_a_missing_file_is_refused_in_chinese(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="读不到文件"):
        read(tmp_path / "没有.txt")


def test_a_pipe_is_refused_at_once_though_nobody_writes_into_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管道.txt")

    with pytest.raises(UnreadableError, match="不是普通文件"):
        read(tmp_path / "管道.txt")


PAGE = """<html><head><title>标题</title><style>p{}</style></head>
<body><script>var a = "布署";</script><h1>通知</h1>
<p>各单位<b>要</b>认&#30495;落实&nbsp;&ldquo;四个意识&rdquo;。<br>第二行</p>
<table><tr><th>姓名</th><th>电话</th></tr><tr><td>赵小明</td><td>139&hellip;</td></tr></table>
<!-- 注释 --></body></html>"""


def test_a_page_becomes_paragraphs_and_table_rows() -> None:
    text = HtmlText(PAGE).text

    lines = [line.strip(" ") for line in text.split("\n") if line.strip()]
    assert lines == [
        "标题",
        "通知",
        "各单位要认真落实\xa0“四个意识”。",
        "第二行",
        "姓名\t电话\t",
        "赵小明\t139…\t",
    ]


@pytest.mark.parametrize(
    ("words", "source"),
    [
        ("四个意识", "四个意识"),
        ("真", "&#30495;"),
        ("“四个", "&ldquo;四个"),
        ("认真落实", "认&#30495;落实"),
        ("赵小明", "赵小明"),
        ("单位要认", "单位<b>要</b>认"),
    ],
)
def test_a_place_in_the_text_leads_back_to_the_source(words: str, source: str) -> None:
    html = HtmlText(PAGE)
    start = html.text.index(words)

    assert html.in_source(Span(start, start + len(words))).of(PAGE) == source


def test_a_page_that_leaves_out_end_tags_is_read_to_its_end() -> None:
    text = HtmlText("<html><head><title>标题</title><body><p>第一段<p>第二段").text

    assert text.split() == ["标题", "第一段", "第二段"]


@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<br/>",
                "<td>",
                "</td>",
                "&amp;",
                "&#x4e2d;",
                "&bad",
                "文",
                "😀",
                "\n",
                "<",
                "<b",
                "&",
            ]
        )
    )
)
def test_any_tag_soup_is_read_and_every_character_has_a_source(parts: list[str]) -> None:
    source = "".join(parts)

    html = HtmlText(source)

    for place in range(len(html.text)):
        span = html.in_source(Span(place, place + 1))
        assert 0 <= span.start < span.end <= len(source) + 1


def test_the_place_of_a_finding_counts_lines_and_columns_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text("<p>第一段</p>\n<p>第二<b>段布</b>署</p>", encoding="utf-8")
    document = read(path)
    start = document.text.index("布")

    assert document.place(Span(start, start + 2)) == LinePlace(2, 10)


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        ("<tr><td>甲</td><td></td><td>丙</td></tr>", ["甲\t\t丙\t"]),
        ("<tr><td><p>甲</p></td><td><p>乙一<br>乙二</p></td></tr>", ["甲 \t 乙一 乙二 \t"]),
        ("<tr><td colspan=2>甲</td><td>丙</td></tr>", ["甲\t\t丙\t"]),
        ("<tr><td rowspan=2>甲</td><td>乙</td></tr><tr><td>丁</td></tr>", ["甲\t乙\t", "\t丁\t"]),
        ("<tr><td>甲<td>乙<tr><td>丙<td>丁", ["甲\t乙\t", "丙\t丁\t"]),
        ("<tr><td>甲</td><td rowspan=x colspan=-1>乙</td></tr>", ["甲\t乙\t"]),
    ],
)
def test_every_column_of_a_page_is_a_column_of_the_text(rows: str, lines: list[str]) -> None:
    text = HtmlText(f"<table>{rows}</table>").text

    assert [line for line in text.split("\n") if line.strip()] == lines


def test_the_paragraphs_of_a_page_that_is_laid_out_in_a_table_stay_paragraphs() -> None:
    paragraph = "各单位要认真落实工作要求，" * 8

    text = HtmlText(f"<table><tr><td><p>{paragraph}</p><p>{paragraph}</p></td></tr></table>").text

    assert text.count("\n") >= 2


def test_what_the_system_refuses_is_told_in_chinese(tmp_path: Path) -> None:
    for path, told in ((tmp_path / "没有.txt", "没有这个文件或目录"), (tmp_path, "这是目录，不是文件")):
        with pytest.raises(OSError) as refused:  # noqa: PT011 - whatever the system says
            path.read_bytes()
        assert reason_of(refused.value) == told
    assert reason_of(OSError(9999, "in English")) == "系统错误 9999"
