"""Drafts from Word and back: what is read, what is written, and that rejecting all changes gives the draft back."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from fastapi.testclient import TestClient
from lxml import etree

from app.word.content import Font, Paragraph, Run, Table
from app.word.numbers import written
from app.word.reading import UnreadableDocumentError, read
from app.word.writing import write

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
NO_OFFICE = "没有 LibreOffice，不能试开 .docx；Debian 上可执行：apt-get install -y libreoffice-writer-nogui"


def packed(body: str, numbering: str = "", styles: str = "") -> bytes:
    """Make a .docx file of the bare XML that matters."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(
            "word/document.xml", f"<w:document {WORD}><w:body>{body}</w:body></w:document>".encode()
        )
        if numbering:
            package.writestr("word/numbering.xml", f"<w:numbering {WORD}>{numbering}</w:numbering>".encode())
        if styles:
            package.writestr("word/styles.xml", f"<w:styles {WORD}>{styles}</w:styles>".encode())
    return file.getvalue()


def line(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def paragraphs(content: bytes) -> list[Paragraph]:
    return [block for block in read(content).blocks if isinstance(block, Paragraph)]


def texts(content: bytes) -> list[str]:
    return [paragraph.text for paragraph in paragraphs(content)]


def tables(content: bytes) -> list[Table]:
    return [block for block in read(content).blocks if isinstance(block, Table)]


def rejected(content: bytes) -> list[str]:
    """Reject all changes as Word does; give the paragraphs."""
    body = docx.Document(io.BytesIO(content)).element.body
    for change in list(body.iter(qn("w:ins"))):
        change.getparent().remove(change)
    for text in body.iter(qn("w:delText")):
        text.tag = qn("w:t")
    return _lines(body)


def accepted(content: bytes) -> list[str]:
    """Accept all changes; give the paragraphs."""
    body = docx.Document(io.BytesIO(content)).element.body
    for change in list(body.iter(qn("w:del"))):
        change.getparent().remove(change)
    return _lines(body)


def _lines(body: Any) -> list[str]:
    signs = {qn("w:tab"): "\t", qn("w:br"): "\n"}
    return [
        "".join(part.text or "" if part.tag == qn("w:t") else signs.get(part.tag, "") for part in line.iter())
        for line in body.iter(qn("w:p"))
    ]


def test_what_was_inserted_is_read_and_what_was_deleted_is_not() -> None:
    body = (
        "<w:p><w:r><w:t>截</w:t></w:r><w:del><w:r><w:delText>止</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>至</w:t></w:r></w:ins><w:hyperlink><w:r><w:t>目前</w:t></w:r></w:hyperlink>"
        "<w:sdt><w:sdtContent><w:r><w:t>，完成</w:t></w:r></w:sdtContent></w:sdt></w:p>"
    )

    assert texts(packed(body)) == ["截至目前，完成"]


def test_numbers_that_word_makes_are_read_as_it_shows_them() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="7">'
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>'
        '<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>'
        '</w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>'
    )
    levels = [(0, "总则"), (1, "甲"), (1, "乙"), (2, "细目"), (0, "附则"), (1, "丙")]
    body = "".join(
        line(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="3"/></w:numPr>')
        for level, text in levels
    )

    assert texts(packed(body, numbering)) == [
        "一、总则",
        "（一）甲",
        "（二）乙",
        "1.细目",
        "二、附则",
        "（一）丙",
    ]


def test_bullets_stay_bullets() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="l"/></w:lvl>'
        '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    )
    body = line("一点", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
    [read_line] = paragraphs(packed(body, numbering))

    assert (read_line.text, read_line.bullet) == ("一点", 1)


@pytest.mark.parametrize(
    ("number", "number_format", "expected"),
    [
        (1, "chineseCounting", "一"),
        (10, "chineseCounting", "十"),
        (21, "chineseCountingThousand", "二十一"),
        (103, "chineseCounting", "一百零三"),
        (110, "chineseCounting", "一百一十"),
        (20, "ideographDigital", "二〇"),
        (14, "upperRoman", "XIV"),
        (28, "lowerLetter", "bb"),
        (3, "decimalEnclosedCircle", "③"),
        (2, "ideographTraditional", "乙"),
        (5, "noSuchFormat", "5"),
    ],
)
def test_a_number_is_written_in_the_formats_of_word(number: int, number_format: str, expected: str) -> None:
    assert written(number, number_format) == expected


def test_looks_are_read_through_the_styles_that_a_style_is_based_on() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="a" w:default="1"><w:name w:val="Normal"/>'
        '<w:rPr><w:rFonts w:eastAsia="仿宋_GB2312"/><w:sz w:val="32"/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="b"><w:name w:val="heading 2"/><w:basedOn w:val="a"/>'
        '<w:pPr><w:jc w:val="center"/></w:pPr><w:rPr><w:rFonts w:eastAsia="黑体"/><w:b/></w:rPr></w:style>'
    )
    body = line("标题", '<w:pStyle w:val="b"/>') + line("正文", '<w:ind w:firstLineChars="200"/>')
    heading, plain = paragraphs(packed(body, styles=styles))

    assert (heading.level, heading.align) == (2, "center")
    assert heading.runs == [Run(text="标题", bold=True, font=Font.HEITI, size=16)]
    assert (plain.level, plain.first) == (0, 2)
    assert plain.runs == [Run(text="正文", font=Font.FANGSONG, size=16)]


def test_styles_that_are_based_on_one_another_in_a_ring_are_survived() -> None:
    styles = "".join(
        f'<w:style w:styleId="{one}"><w:name w:val="{one}"/><w:basedOn w:val="{other}"/></w:style>'
        for one, other in ("ab", "ba")
    )

    assert texts(packed(line("正文", '<w:pStyle w:val="a"/>'), styles=styles)) == ["正文"]


def test_merged_cells_of_a_table_are_read_with_their_spans() -> None:
    body = (
        "<w:tbl>"
        f'<w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{line("名单")}</w:tc>'
        f'<w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>{line("备注")}</w:tc></w:tr>'
        f"<w:tr><w:tc>{line('甲')}</w:tc><w:tc>{line('乙')}</w:tc>"
        f"<w:tc><w:tcPr><w:vMerge/></w:tcPr>{line('')}</w:tc></w:tr></w:tbl>"
    )
    [table] = tables(packed(body))
    cells = [[(cell.paragraphs[0].text, cell.colspan, cell.rowspan) for cell in row] for row in table.rows]

    assert cells == [[("名单", 2, 1), ("备注", 1, 2)], [("甲", 1, 1), ("乙", 1, 1)]]


def test_pictures_are_counted_and_left_out() -> None:
    draft = read(packed("<w:p><w:r><w:drawing/></w:r><w:r><w:t>图</w:t></w:r></w:p>"))

    assert draft.pictures == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "另存为"),
        (b"PK\x03\x04broken", "不是完好的"),
        (b"", "不是完好的"),
        ("机密内容".encode(), "不是完好的"),
    ],
)
def test_what_is_no_word_document_is_refused_in_words(content: bytes, words: str) -> None:
    with pytest.raises(UnreadableDocumentError, match=words):
        read(content)


def test_a_document_that_unpacks_to_more_than_memory_is_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b" " * (65 * 1024 * 1024))

    with pytest.raises(UnreadableDocumentError, match="太大"):
        read(file.getvalue())


def test_entities_of_a_document_are_not_resolved(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("机密", encoding="utf-8")
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr(
            "word/document.xml",
            f'<!DOCTYPE x [<!ENTITY s SYSTEM "{secret.as_uri()}">]>'
            f"<w:document {WORD}><w:body><w:p><w:r><w:t>甲&s;乙</w:t></w:r></w:p></w:body></w:document>".encode(),
        )

    assert "机密" not in "".join(texts(file.getvalue()))


DRAFT: list[dict[str, Any]] = [
    {
        "kind": "paragraph",
        "level": 1,
        "align": "center",
        "runs": [{"text": "关于报送情况的通知", "font": "xiaobiaosong", "size": 22}],
    },
    {
        "kind": "paragraph",
        "first": 2,
        "runs": [
            {"text": "截止", "change": "deleted", "bold": True},
            {"text": "截至", "change": "inserted", "bold": True},
            {"text": "目前，"},
            {"text": "部", "comments": [0]},
            {"text": "份", "comments": [0, 1], "underline": True},
            {"text": "单位已完成"},
            {"text": "多余的", "change": "deleted"},
            {"text": "。"},
        ],
    },
    {"kind": "paragraph", "bullet": 1, "runs": [{"text": "一点"}]},
    {
        "kind": "table",
        "rows": [
            [
                {"paragraphs": [{"kind": "paragraph", "runs": [{"text": "名单"}]}], "colspan": 2},
                {"paragraphs": [{"kind": "paragraph", "runs": [{"text": "备注"}]}], "rowspan": 2},
            ],
            [
                {"paragraphs": [{"kind": "paragraph", "runs": [{"text": "甲\t乙\n丙"}]}]},
                {"paragraphs": []},
            ],
        ],
    },
]


@pytest.fixture(scope="module")
def marked(client: TestClient) -> bytes:
    """A document with two comments, two changes and a table."""
    body = {"blocks": DRAFT, "comments": ["须改\n“部份”应作“部分”。", "另一条"]}
    response = client.post("/v1/documents/marked", json=body)
    assert response.status_code == 200
    return response.content


def test_rejecting_all_changes_gives_the_draft_as_it_was(marked: bytes) -> None:
    assert rejected(marked)[:3] == ["关于报送情况的通知", "截止目前，部份单位已完成多余的。", "一点"]


def test_accepting_all_changes_gives_the_mended_draft(marked: bytes) -> None:
    assert accepted(marked)[:3] == ["关于报送情况的通知", "截至目前，部份单位已完成。", "一点"]


def test_a_document_whose_packed_data_is_damaged_is_refused() -> None:
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", "<w/>" * 500)
    broken = bytearray(package.getvalue())
    # Behind the header of the part, whose name is 17 bytes long.
    broken[30 + 17] ^= 0xFF

    with pytest.raises(UnreadableDocumentError, match="不是完好的"):
        read(bytes(broken))


def test_a_tracked_change_keeps_the_looks_of_its_characters(marked: bytes) -> None:
    body = docx.Document(io.BytesIO(marked)).element.body

    # Fails where there is no change at all.
    for change in (next(body.iter(qn("w:ins"))), next(body.iter(qn("w:del")))):
        assert change.find(f"{qn('w:r')}/{qn('w:rPr')}/{qn('w:b')}") is not None


def test_the_draft_says_that_it_is_chinese(marked: bytes) -> None:
    styles = docx.Document(io.BytesIO(marked)).styles.element

    assert {language.get(qn("w:eastAsia")) for language in styles.iter(qn("w:lang"))} == {"zh-CN"}


def test_comments_stand_at_their_findings(marked: bytes) -> None:
    document = docx.Document(io.BytesIO(marked))
    body = etree.tostring(document.element.body, encoding="unicode")

    assert [comment.text for comment in document.comments] == ["须改\n“部份”应作“部分”。", "另一条"]
    assert body.count("commentRangeStart") == body.count("commentRangeEnd") == 2
    first = body[body.index('commentRangeStart w:id="0"') : body.index('commentRangeEnd w:id="0"')]
    assert "".join(parse_texts(first)) == "部份"


def parse_texts(piece: str) -> list[str]:
    return [part.split("</w:t>")[0].split(">", 1)[1] for part in piece.split("<w:t ")[1:]]


def test_what_was_written_is_read_again_as_it_was(marked: bytes) -> None:
    draft = read(marked)
    title, body, bullet = draft.blocks[:3]
    [table] = tables(marked)

    assert isinstance(title, Paragraph)
    assert (title.level, title.align) == (1, "center")
    assert title.runs == [Run(text="关于报送情况的通知", font=Font.XIAOBIAOSONG, size=22)]
    assert isinstance(body, Paragraph)
    assert (body.text, body.first) == ("截至目前，部份单位已完成。", 2)
    assert isinstance(bullet, Paragraph)
    assert bullet.bullet == 1
    assert [[(cell.colspan, cell.rowspan) for cell in row] for row in table.rows] == [
        [(2, 1), (1, 2)],
        [(1, 1), (1, 1)],
    ]
    assert table.rows[1][0].paragraphs[0].text == "甲\t乙\n丙"


def test_an_uploaded_document_is_read(client: TestClient, marked: bytes) -> None:
    response = client.post("/v1/documents/open", content=marked, headers={"content-type": DOCX})

    assert response.status_code == 200
    assert response.json()["blocks"][0]["runs"][0]["text"] == "关于报送情况的通知"


def test_an_upload_that_is_no_document_is_a_problem_that_quotes_nothing(client: TestClient) -> None:
    response = client.post("/v1/documents/open", content="机密".encode(), headers={"content-type": DOCX})

    assert response.status_code == 422
    assert "机密" not in response.text
    assert client.post("/v1/documents/open", content=b"x").status_code == 415


def test_characters_that_no_document_can_hold_are_left_out(client: TestClient) -> None:
    body = {"blocks": [{"kind": "paragraph", "runs": [{"text": "甲\x00\x0b乙\uffff"}]}]}

    assert texts(client.post("/v1/documents/marked", json=body).content) == ["甲乙"]


SHEET = {
    "title": "关于报送情况的通知",
    "checked_at": "2026年11月22日 10:30",
    "verdict": "block",
    "letters": 412,
    "lexicon_version": "2026.11.22",
    "findings": [
        {
            "severity": "error",
            "category": "typo",
            "rule": "TY0001",
            "text": "截止目前",
            "message": "应作“截至目前”。",
            "source": "《现代汉语词典》",
            "replacement": "截至目前",
            "handling": "accepted",
        },
        {
            "severity": "warning",
            "category": "format",
            "rule": "FM010",
            "text": "XX",
            "message": "占位符。",
            "handling": "false_alarm",
            "reason": "是引述原文",
        },
    ],
}


def test_a_review_sheet_names_verdict_findings_and_decisions(client: TestClient) -> None:
    response = client.post("/v1/documents/review-sheet", json=SHEET)
    document = docx.Document(io.BytesIO(response.content))
    facts = "\n".join(paragraph.text for paragraph in document.paragraphs)
    [head, first, second] = [[cell.text for cell in row.cells] for row in document.tables[0].rows]

    for fact in ("审 校 单", "关于报送情况的通知", "不能发布", "共 2 处：已采纳 1 处，误报 1 处", "终审"):
        assert fact in facts
    assert head[3] == "原文"
    assert first[3:] == [
        "截止目前",
        "应作“截至目前”。\n依据：《现代汉语词典》（TY0001）",
        "截至目前",
        "已采纳",
    ]
    assert second[6] == "误报：是引述原文"


@pytest.fixture(scope="module")
def office() -> str:
    program = shutil.which("soffice")
    if program is None:
        if "CI" in os.environ:
            pytest.fail(NO_OFFICE)
        pytest.skip(NO_OFFICE)
    return program


def opened_by_office(office: str, content: bytes, folder: Path) -> str:
    """Have LibreOffice read a document and write its text."""
    (folder / "draft.docx").write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "txt:Text (encoded):UTF8", "draft.docx"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=180)
    return (folder / "draft.txt").read_text(encoding="utf-8-sig")


def test_libreoffice_opens_the_marked_draft(office: str, marked: bytes, tmp_path: Path) -> None:
    text = opened_by_office(office, marked, tmp_path)

    assert "关于报送情况的通知" in text
    assert "目前，部份单位已完成" in text
    assert "名单" in text


def test_libreoffice_opens_the_review_sheet(office: str, client: TestClient, tmp_path: Path) -> None:
    sheet = client.post("/v1/documents/review-sheet", json=SHEET).content

    assert "应作“截至目前”" in opened_by_office(office, sheet, tmp_path)


def test_an_empty_draft_is_a_document_too() -> None:
    assert texts(write([], [])) == [""]
