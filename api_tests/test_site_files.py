"""The site lexicon as a table: what comes in is distrusted, what is wrong is named by its place."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.cell.cell import Cell

from api_tests.site_kit import AUTHOR, KNOWN_RULES, allow, forbid, kept, replace_by, switch
from app.site.acceptance import accepted
from app.site.entry import Kind, Level, Match
from app.site_files import xlsx_table
from app.site_files.columns import HEADINGS, MOST_ROWS, FileRefusedError, Line
from app.site_files.csv_table import read_csv, write_csv
from app.site_files.xlsx_table import read_xlsx, write_xlsx
from detectors.kernel.finding import Category

HEAD = ("类型", "词语", "理由", "单位")
ROW = ("禁用", "红头样稿", "理由", "某办")
EVERY_KIND = (
    forbid("红头样稿", level=Level.WARNING),
    replace_by("市政数局", "市数据局", "数据管理局", match=Match.WORD),
    allow("-截止目前", "typo", "PI001", expires_on=date(2099, 1, 31)),
    switch("TY0001", level=Level.INFO),
    forbid("'红头样稿'"),
)


def csv_of(*rows: tuple[str, ...], encoding: str = "utf-8") -> bytes:
    return "".join(",".join(row) + "\r\n" for row in rows).encode(encoding)


def xlsx_of(*rows: tuple[Any, ...], title: str = "词库") -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    for row in rows:
        sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def faults(read: Callable[[bytes], list[Line]], content: bytes) -> list[str]:
    with pytest.raises(FileRefusedError) as refused:
        read(content)
    return list(map(str, refused.value.faults))


@pytest.mark.parametrize(("write", "read"), [(write_csv, read_csv), (write_xlsx, read_xlsx)])
def test_what_is_written_is_read_as_it_was(
    write: Callable[[Any], bytes], read: Callable[[bytes], list[Line]]
) -> None:
    lines = read(write([kept(number, entry) for number, entry in enumerate(EVERY_KIND, 1)]))

    assert [line.number for line in lines] == [1, 2, 3, 4, 5]
    assert tuple(accepted(line.entry, KNOWN_RULES) for line in lines) == EVERY_KIND


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_is_read_in_the_encodings_that_offices_write(encoding: str) -> None:
    (line,) = read_csv(csv_of(HEAD, ROW, ("", "", "", ""), encoding=encoding))

    assert (line.entry.kind, line.entry.text, line.entry.unit) == (Kind.FORBID, "红头样稿", "某办")


def test_columns_may_stand_in_any_order_and_rows_be_empty() -> None:
    head = ("单位", "词语", "类别", "理由", "类型")

    lines = read_xlsx(xlsx_of(head, (), ("某办", "红头样稿", "错别字", "理由", "禁用"), ()))

    assert [(line.row, line.entry.category) for line in lines] == [(3, Category.TYPO)]


def test_days_are_read_as_spreadsheets_keep_them() -> None:
    lines = read_xlsx(xlsx_of((*HEAD, "到期日"), (*ROW, date(2027, 1, 31)), (*ROW, "2027-02-01")))

    assert [line.entry.expires_on for line in lines] == [date(2027, 1, 31), date(2027, 2, 1)]


@pytest.mark.parametrize("begin", list("=+-@＝＋－＠"))
def test_what_looks_like_a_formula_is_refused_in_any_column(begin: str) -> None:
    said = faults(read_csv, csv_of(HEAD, ("禁用", "红头样稿", f"{begin}1+1", "某办")))

    assert said == ["工作表“CSV”第 2 行“理由”列：像是公式（以 = + - @ 开头）；确是文字，请在前面加半角单引号"]


def test_a_formula_in_a_workbook_is_refused_by_sheet_row_and_column() -> None:
    said = faults(read_xlsx, xlsx_of(HEAD, ROW, ("禁用", '=HYPERLINK("x")', "理由", "某办")))

    assert said == ["工作表“词库”第 3 行“B”列：是公式，不能导入"]


def test_a_number_that_a_spreadsheet_has_rounded_is_refused() -> None:
    said = faults(read_xlsx, xlsx_of(HEAD, ("禁用", 1.5, "理由", "某办")))

    assert said == ["工作表“词库”第 2 行“B”列：应是文字；数字请设为文本格式"]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([], "第 1 行“类型”列：缺少这一列"),
        ([("类型", "词语", "理由")], "第 1 行“单位”列：缺少这一列"),
        ([(*HEAD, "备注")], "第 1 行“第 5 列”列：不认识的列名"),
        ([(*HEAD, "词语")], "第 1 行“词语”列：这一列重复"),
        ([HEAD, ("", *ROW[1:])], "第 2 行“类型”列：不能为空"),
        ([HEAD, ("禁止", *ROW[1:])], "第 2 行“类型”列：应是禁用、改用、允许、调整之一"),
        ([(*HEAD, "到期日"), (*ROW, "明年")], "第 2 行“到期日”列：应是 2024-01-31 形式的日期"),
        ([(*HEAD, "编号"), (*ROW, "1")], "第 2 行“编号”列：编号应如 S00001；新条目留空"),
    ],
)
def test_what_cannot_be_read_is_named_by_row_and_column(rows: list[tuple[str, ...]], said: str) -> None:
    assert f"工作表“CSV”{said}" in faults(read_csv, csv_of(*rows))
    assert f"工作表“词库”{said}" in faults(read_xlsx, xlsx_of(*rows))


@pytest.mark.parametrize(
    "content",
    [b"\xff\xfe\x00", b"a\x00b", '类型,词语,理由,单位\n"禁用'.encode()],
    ids=["encoding", "control", "quote"],
)
def test_what_is_no_csv_is_refused(content: bytes) -> None:
    (said,) = faults(read_csv, content)

    assert said.startswith("工作表“CSV”")


def truncated() -> bytes:
    return xlsx_of(HEAD, ROW)[:-200]


def without_a_workbook() -> bytes:
    return packed({"a.txt": b"x"})


def packed(parts: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return content.getvalue()


@pytest.mark.parametrize("make", [truncated, without_a_workbook, lambda: b"PK\x03\x04", lambda: b""])
def test_what_is_no_workbook_is_refused(make: Callable[[], bytes]) -> None:
    assert faults(read_xlsx, make()) == ["工作表“xlsx”：不是有效的 xlsx 文件"]


def test_a_workbook_that_unpacks_to_too_much_is_refused_unopened() -> None:
    bomb = packed({f"xl/worksheets/sheet{n}.xml": bytes(64 * 1024 * 1024) for n in range(5)})

    assert len(bomb) < 1024 * 1024
    assert faults(read_xlsx, bomb) == ["工作表“xlsx”：文件展开后过大"]


def test_a_workbook_that_lies_about_its_size_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = xlsx_of(HEAD, *[ROW] * 2000)
    with zipfile.ZipFile(io.BytesIO(honest)) as package:
        declared = package.getinfo("xl/worksheets/sheet1.xml").file_size
    lying = honest.replace(struct.pack("<I", declared), struct.pack("<I", 100))
    monkeypatch.setattr(xlsx_table, "UNPACKED_LIMIT", declared)

    assert faults(read_xlsx, lying) == ["工作表“xlsx”：不是有效的 xlsx 文件"]


def test_a_workbook_cannot_blow_up_entities() -> None:
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    evil = f'<!DOCTYPE x [<!ENTITY a0 "ha">{levels}]>'
    parts = {}
    with zipfile.ZipFile(io.BytesIO(xlsx_of(HEAD, ROW))) as package:
        for name in package.namelist():
            parts[name] = package.read(name)
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    parts["xl/worksheets/sheet1.xml"] = (evil + sheet.replace("<v>0</v>", "<v>&a11;</v>", 1)).encode()

    assert faults(read_xlsx, packed(parts)) == ["工作表“xlsx”：不是有效的 xlsx 文件"]


def test_a_table_with_too_many_rows_is_refused() -> None:
    (said,) = faults(read_csv, csv_of(HEAD, *[ROW] * (MOST_ROWS + 1)))

    assert "至多 200,000 行" in said


def test_what_is_exported_runs_in_no_spreadsheet() -> None:
    entry = forbid("=cmd|'/c calc'!A1")

    rows = write_csv([kept(1, entry)]).decode("utf-8-sig").splitlines()
    cells: list[Cell] = []
    from openpyxl import load_workbook

    for row in load_workbook(io.BytesIO(write_xlsx([kept(1, entry)]))).worksheets[0].iter_rows():
        cells += row  # type: ignore[arg-type]

    assert rows[0] == ",".join(HEADINGS)
    assert ",'=cmd|" in rows[1]
    assert [cell.data_type for cell in cells if cell.value and "cmd" in str(cell.value)] == ["s"]
    assert AUTHOR not in rows[1]
