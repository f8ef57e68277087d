"""Files of other programs: what was planted in them is found, and stands at the place that is named."""

from __future__ import annotations

import csv
import subprocess
import sys
import zipfile
from pathlib import Path

import docx
import openpyxl
import pypdfium2
import pytest
from lxml import etree

from api_tests.formats_kit import (
    DEPLOYED,
    IDENTITY,
    SPOILT,
    UNTIL,
    converted_by_office,
    made_by,
    only,
    places,
    printed_by_chromium,
    program,
    refusal,
)
from app.engine import Engine
from app.formats.kernel.reading import Options
from app.places import CellPlace, LinePlace, PagePlace, ParagraphPlace, TablePlace
from detectors.kernel.finding import Category

DRAFT = Path(__file__).parent / "drafts" / "every_part.fodt"
MARKDOWN = f"""# 关于开展安全生产检查的通知

为认真贯彻落实上级要求，{UNTIL}，各单位已完成自查。[^1]

| 姓名   | 身份证号             |
|--------|----------------------|
| 赵小明 | {IDENTITY} |

[^1]: 脚注里的工作{DEPLOYED}。
"""
LONG = "为认真贯彻落实上级要求，进一步加强全市安全生产工作，市政府决定在全市范围内开展安全生产大检查，各县区要把各项工作"
PAGE = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><style>
p {{ font: 16pt "Noto Serif CJK SC"; line-height: 28pt; text-indent: 2em; margin: 0 }} td {{ width: 5cm }} .next {{ break-before: page }}
</style></head><body><h1>关于开展检查的通知</h1><p>{LONG}{DEPLOYED}到位，{LONG}落到实处。</p>
<table><tr><td>姓名</td><td>身份证号</td></tr><tr><td>赵小明</td><td>{IDENTITY}</td></tr></table>
<p class="next">{UNTIL}，各单位已完成自查。</p></body></html>"""
FILLER = "市政府决定在全市范围内开展安全生产大检查和自查自纠" * 10
BROKEN = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><style>@page {{ size: 400pt 400pt; margin: 40pt }}
body {{ margin: 0; orphans: 1; widows: 1; font: 16pt "Noto Serif CJK SC"; line-height: 32pt; word-break: break-all }}
p {{ margin: 0; width: 320pt; text-indent: 32pt }} </style></head><body>
<p>{FILLER[:17]}{DEPLOYED}{FILLER[:179]}</p><p>{FILLER[:197]}{DEPLOYED}到位。</p></body></html>"""
"""Lines of 20 characters, the first of each paragraph of 18; 10 lines a page. The first word stands at the end of a
line, the last one at the end of a page."""
SCANNED = f"""<!DOCTYPE html><html><head><meta charset="utf-8"></head><body style="margin:0;background:white">
<div style="position:absolute;left:40px;top:60px;font:36px 'Noto Sans CJK SC'">{UNTIL},各单位已完成自查。</div></body></html>"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("formats")


@pytest.fixture(scope="module")
def word(folder: Path) -> Path:
    (folder / "every_part.fodt").write_bytes(DRAFT.read_bytes())
    converted_by_office(folder, "docx", "every_part.fodt")
    return folder / "every_part.docx"


@pytest.fixture(scope="module")
def old_word(folder: Path, word: Path) -> Path:
    converted_by_office(folder, "doc", "every_part.fodt")
    return word.with_suffix(".doc")


@pytest.fixture(scope="module")
def workbook(folder: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "名单"
    sheet["B2"], sheet["C2"], sheet["D2"] = "姓名", "身份证号", "备注"
    sheet["B3"], sheet["C3"], sheet["D3"] = "赵小明", IDENTITY, f"{UNTIL}无"
    sheet["B5"], sheet["C5"] = "钱小红", float(IDENTITY[:-1] + "0")
    book.create_sheet("空表")
    hidden = book.create_sheet("台账")
    hidden.sheet_state = "hidden"
    hidden["A1"] = f"工作{DEPLOYED}\n情况"
    book.save(folder / "list.xlsx")
    return folder / "list.xlsx"


@pytest.fixture(scope="module")
def printed(folder: Path) -> Path:
    (folder / "page.html").write_text(PAGE, encoding="utf-8")
    printed_by_chromium(folder, "page.html", "print-to-pdf=page.pdf", "--no-pdf-header-footer")
    return folder / "page.pdf"


@pytest.fixture(scope="module")
def picture(folder: Path) -> Path:
    (folder / "scan.html").write_text(SCANNED, encoding="utf-8")
    printed_by_chromium(folder, "scan.html", "screenshot=scan.png", "--window-size=640,160")
    return folder / "scan.png"


def words_at(path: Path, place: object) -> str:
    """Read the words within the boxes of a place, by another way than the service does."""
    assert isinstance(place, PagePlace)
    with pypdfium2.PdfDocument(path) as document:
        page = document[place.page - 1]
        height = page.get_height()
        words = page.get_textpage()
        found = [
            words.get_text_bounded(left + 0.5, height - bottom + 0.5, right - 0.5, height - top - 0.5)
            for left, top, right, bottom in place.boxes
        ]
        words.close()
    return "".join(found).strip()


def words_of_word(path: Path, place: object) -> str:
    """Read a paragraph or cell of a document with python-docx, and notes with lxml, as they do not know them."""
    assert isinstance(place, ParagraphPlace)
    document = docx.Document(str(path))
    if place.part == "正文":
        if place.table:
            return document.tables[place.table - 1].cell(place.row - 1, place.column - 1).text
        # Its text leaves out what was inserted as a tracked change.
        return "".join(map(str, document.paragraphs[place.paragraph - 1]._p.itertext("{*}t")))  # noqa: SLF001
    if place.part == "页眉1":
        return str(document.sections[0].header.paragraphs[place.paragraph - 1].text)
    if place.part == "页脚1":
        return str(document.sections[0].footer.paragraphs[place.paragraph - 1].text)
    name, tag = (
        ("word/footnotes.xml", "footnote") if place.part == "脚注1" else ("word/document.xml", "txbxContent")
    )
    with zipfile.ZipFile(path) as package:
        root = etree.fromstring(package.read(name))
    parts = [
        "".join(map(str, part.itertext("{*}t")))
        for part in root.iter(f"{{*}}{tag}")
        if "separator" not in str(part.attrib).lower()
    ]
    return parts[0]


def test_every_part_of_a_word_document_is_read_and_named(engine: Engine, word: Path) -> None:
    found = places(engine, only(word), DEPLOYED)

    assert [str(place) for place in found] == [
        "正文第3段",
        "文本框1第1段",
        "脚注1第1段",
        "页眉1第1段",
        "页脚1第1段",
    ]
    assert all(DEPLOYED in words_of_word(word, place) for place in found)


def test_deleted_words_are_not_read_and_cells_are_named(engine: Engine, word: Path) -> None:
    reading = only(word)

    (until,) = places(engine, reading, UNTIL)
    (number,) = places(engine, reading, IDENTITY)
    assert UNTIL in words_of_word(word, until)
    assert number == ParagraphPlace("正文", table=1, row=2, column=2)
    assert words_of_word(word, number) == IDENTITY


def test_a_document_of_pandoc_is_read(engine: Engine, folder: Path) -> None:
    (folder / "draft.md").write_text(MARKDOWN, encoding="utf-8")
    made_by(folder, program("pandoc"), "draft.md", "-o", "pandoc.docx")
    path = folder / "pandoc.docx"
    reading = only(path)

    (until,) = places(engine, reading, UNTIL)
    (deployed,) = places(engine, reading, DEPLOYED)
    (number,) = places(engine, reading, IDENTITY)
    assert UNTIL in words_of_word(path, until)
    assert DEPLOYED in words_of_word(path, deployed)
    assert words_of_word(path, number) == IDENTITY


@pytest.mark.parametrize("suffix", [".doc", ".wps"])
def test_old_documents_are_read_through_libreoffice(engine: Engine, old_word: Path, suffix: str) -> None:
    path = old_word.rename(old_word.with_suffix(suffix)) if suffix != ".doc" else old_word
    reading = only(path)
    path.rename(old_word)

    assert reading.name == str(path)
    assert [str(place) for place in places(engine, reading, UNTIL)] == ["正文第4段"]


def test_an_old_document_says_what_it_needs_where_libreoffice_is_missing(
    old_word: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")

    assert "LibreOffice" in refusal(old_word)


def test_the_cells_of_a_workbook_are_named_hidden_sheets_too(engine: Engine, workbook: Path) -> None:
    reading = only(workbook)
    book = openpyxl.load_workbook(workbook)

    for words in (UNTIL, DEPLOYED, IDENTITY):
        (place,) = places(engine, reading, words)
        assert isinstance(place, CellPlace)
        assert words in str(book[place.sheet].cell(place.row, place.column).value)


def test_a_number_that_a_spreadsheet_spoilt_is_found_under_its_head(engine: Engine, workbook: Path) -> None:
    reading = only(workbook)

    spoilt = SPOILT.replace("0E", "E")
    assert places(engine, reading, spoilt) == [CellPlace("名单", 5, 3)]


def test_an_old_workbook_of_libreoffice_is_read(engine: Engine, folder: Path, workbook: Path) -> None:
    converted_by_office(folder, "xls", workbook.name)

    assert places(engine, only(folder / "list.xls"), IDENTITY) == [CellPlace("名单", 3, 3)]


def test_a_table_of_text_has_lines_and_cells(engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    with path.open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows([["姓名", "身份证号"], ["赵,\n小明", IDENTITY], ["钱小红", "无"]])

    (place,) = places(engine, only(path), IDENTITY)
    assert place == TablePlace(LinePlace(3, 5), 2, 2)
    assert place.fields()["cell"] == "B2"


def test_the_boxes_on_a_page_of_chromium_hold_the_words(engine: Engine, printed: Path) -> None:
    reading = only(printed)

    for words in (UNTIL, DEPLOYED, IDENTITY):
        (place,) = places(engine, reading, words)
        assert words_at(printed, place) == words
    assert places(engine, reading, UNTIL)[0].fields()["page"] == 2


def test_a_word_that_is_broken_by_the_end_of_a_line_has_two_boxes(engine: Engine, folder: Path) -> None:
    (folder / "broken.html").write_text(BROKEN, encoding="utf-8")
    printed_by_chromium(folder, "broken.html", "print-to-pdf=broken.pdf", "--no-pdf-header-footer")
    path = folder / "broken.pdf"

    first, last = places(engine, only(path), DEPLOYED)
    assert isinstance(first, PagePlace)
    assert isinstance(last, PagePlace)
    assert (len(first.boxes), words_at(path, first)) == (2, DEPLOYED)
    assert (last.page, words_at(path, last)) == (2, "布")


def test_the_boxes_on_a_page_of_libreoffice_hold_the_words(engine: Engine, folder: Path, word: Path) -> None:
    converted_by_office(folder, "pdf", word.name)
    path = word.with_suffix(".pdf")
    reading = only(path)

    assert [words_at(path, place) for place in places(engine, reading, IDENTITY)] == [IDENTITY]
    deployed = places(engine, reading, DEPLOYED)
    assert [words_at(path, place) for place in deployed] == [DEPLOYED] * 5


def test_a_picture_is_recognised_with_the_box_of_its_words(engine: Engine, picture: Path) -> None:
    reading = only(picture)

    (place,) = places(engine, reading, UNTIL)
    assert isinstance(place, PagePlace)
    ((left, top, right, bottom),) = place.boxes
    # Four characters of 36 dots, 40 from the left; a line of 36 dots is some 52 high.
    assert (left, right) == pytest.approx((40, 40 + 4 * 36), abs=18)
    assert 60 - 12 < top < bottom < 60 + 52 + 12


def test_a_scanned_page_is_recognised_and_no_marks_are_judged(
    engine: Engine, picture: Path, folder: Path
) -> None:
    from PIL import Image

    with Image.open(picture) as image:
        image.convert("RGB").save(folder / "scan.pdf", resolution=144)
    reading = only(folder / "scan.pdf")

    (place,) = places(engine, reading, UNTIL)
    assert isinstance(place, PagePlace)
    # 144 dots an inch: two a point.
    assert place.boxes[0][0] == pytest.approx(20, abs=9)
    assert reading.unreliable == {Category.FORMAT}
    assert "第 1 页" in reading.notes[0]


def test_without_the_extra_a_picture_says_how_to_get_it(
    picture: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.documents import UnreadableError
    from app.formats.kernel import recognition
    from app.formats.kernel.limits import Allowance
    from app.formats.kernel.reading import File
    from app.formats.picture import FORMAT

    options = Options()
    monkeypatch.setattr(recognition, "find_spec", lambda _: None)
    monkeypatch.setattr(recognition.Recognition, "_one", None)

    with pytest.raises(UnreadableError, match=r"shenjiao\[ocr\]"):
        FORMAT.read(File("scan.png", picture.read_bytes(), ".png", Allowance(options.limits)), options)


def test_the_libraries_are_imported_when_a_file_needs_them() -> None:
    heavy = "{'pypdfium2', 'python_calamine', 'trafilatura', 'rapidocr'}"
    program = (
        f"import sys, app.cli, app.files; app.files.known_formats(); print({heavy} & sys.modules.keys())"
    )

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True)

    assert done.stdout == "set()\n"
