"""Where the documents of an archive come from: folders, patterns, manifests, datasets, here and elsewhere."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import fsspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from openpyxl import Workbook

from api_tests.gate_kit import CLEAN, DRAFT, ERROR
from app.archive.document import Document
from app.archive.left_out import LeftOut, told
from app.archive.manifest import NO_DAY, NO_TEXT
from app.archive.rows import SourceError
from app.archive.shard_scan import scan_shard
from app.archive.source import Archive
from app.archive.table_source import CHANGED, TableSource
from app.engine import Engine
from app.formats.kernel.limits import Limits
from app.formats.kernel.reading import Options
from app.site.layer import NO_LAYER

DAY = date(2026, 11, 22)
HEADINGS = ("单位", "网址", "标题", "发布时间", "正文", "阅读量")
ROWS: Sequence[Sequence[Any]] = (
    (
        "市政数局",
        "https://a.gov.cn/1",
        "关于“两会”的通知",
        "2021年3月5日 10:00",
        "第一行。\n第二行，“引号”，逗号。",
        "7",
    ),
    ("市政数局", "https://a.gov.cn/2", "通知", "2024/1/31", DRAFT, "8"),
    ("市教育局", "", "公告", "20230607", CLEAN, ""),
)
Writer = Callable[[Path, Sequence[str], Sequence[Sequence[Any]]], None]


def as_csv(
    path: Path, headings: Sequence[str], rows: Sequence[Sequence[Any]], encoding: str = "utf-8-sig"
) -> None:
    quoted = [['"' + str(cell).replace('"', '""') + '"' for cell in row] for row in (headings, *rows)]
    path.write_text("".join(",".join(row) + "\r\n" for row in quoted), encoding=encoding, newline="")


def as_gbk(path: Path, headings: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    as_csv(path, headings, rows, "gb18030")


def as_jsonl(path: Path, headings: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    lines = (json.dumps(dict(zip(headings, row, strict=True)), ensure_ascii=False) for row in rows)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def as_parquet(path: Path, headings: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    columns = {heading: [row[place] for row in rows] for place, heading in enumerate(headings)}
    pq.write_table(pa.table(columns), path, row_group_size=2)


def as_workbook(path: Path, headings: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    book = Workbook()
    assert book.active is not None
    for row in (headings, *rows):
        book.active.append(list(row))
    book.save(path)


FORMS: dict[str, Writer] = {
    "a.csv": as_csv,
    "b.csv": as_gbk,
    "c.jsonl": as_jsonl,
    "d.parquet": as_parquet,
    "e.xlsx": as_workbook,
}


def archive_of(source: Path | str, **how: Any) -> Archive:
    return Archive.of(str(source), Options(main_text=True), DAY, **how)


def with_texts(archive: Archive, documents: Sequence[Document]) -> list[Document]:
    return list(archive.listed().with_texts(documents, archive.how.text_suffix))


@pytest.mark.parametrize("name", FORMS)
def test_a_table_says_of_each_article_whose_it_is_when_it_was_published_and_what_it_holds(
    tmp_path: Path, name: str
) -> None:
    FORMS[name](tmp_path / name, HEADINGS, ROWS)

    archive = archive_of(tmp_path / name)
    documents = list(archive.listed().documents())

    assert [(one.number, one.unit, one.title, one.published_on) for one in documents] == [
        (1, "市政数局", "关于“两会”的通知", date(2021, 3, 5)),
        (2, "市政数局", "通知", date(2024, 1, 31)),
        (3, "市教育局", "公告", date(2023, 6, 7)),
    ]
    assert [one.name for one in documents] == ["https://a.gov.cn/1", "https://a.gov.cn/2", f"{name}#3"]
    texts = [one.text for one in with_texts(archive, documents)]
    assert texts == [f"{row[2]}\n{row[4]}" for row in ROWS]
    # Some of the rows alone, as of a shard further on; and the list from there.
    assert [one.text for one in with_texts(archive, documents[1:])] == texts[1:]
    assert list(archive.listed().documents(documents[0])) == documents[1:]
    listed = archive.listed()
    assert isinstance(listed, TableSource)
    assert listed.manifest.unknown == ("阅读量",)


@pytest.mark.parametrize("name", FORMS)
def test_a_table_of_many_rows_gives_any_of_them_again(tmp_path: Path, name: str) -> None:
    rows = [
        ("局", f"https://a.gov.cn/{number}", "", "2024-01-31", f"第{number}篇。\n完。", "")
        for number in range(457)
    ]
    FORMS[name](tmp_path / name, HEADINGS, rows)
    archive = archive_of(tmp_path / name)

    documents = list(archive.listed().documents())

    for first in (0, 1, 100, 199, 450):
        some = documents[first : first + 7]
        assert [one.text for one in with_texts(archive, some)] == [row[4] for row in rows[first : first + 7]]
        assert next(archive.listed().documents(documents[first])).number == first + 2


def test_a_manifest_names_files_beside_it_and_columns_may_have_other_names(
    engine: Engine, tmp_path: Path
) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "1.txt").write_text(DRAFT, encoding="utf-8")
    as_csv(tmp_path / "list.csv", ("bt", "wj"), [("通知", "pages/1.txt"), ("公告", "pages/2.txt")])

    archive = archive_of(tmp_path / "list.csv", columns={"标题": "bt", "文件": "wj"})
    found, missing = scan_shard(engine, NO_LAYER, archive.listed().documents(), archive.how).documents

    assert [finding.text for finding in found.parts[0].findings] == [ERROR]
    assert (found.parts[0].name, missing.parts[0].reason) == (
        "pages/1.txt",
        "读不到文件（没有这个文件或目录）",
    )


@pytest.mark.parametrize(
    ("headings", "columns", "said"),
    [
        (("标题", "网址"), {}, "第 1 行缺少“文件”或“正文”列"),
        (("标题", "正文"), {"网址": "wz"}, "没有为“网址”指定的那一列"),
        (("标题", "正文"), {"网页": "标题"}, "没有“网页”这一列"),
    ],
)
def test_a_table_that_says_neither_of_files_nor_of_texts_is_refused(
    tmp_path: Path, headings: Sequence[str], columns: dict[str, str], said: str
) -> None:
    as_csv(tmp_path / "list.csv", headings, [])

    with pytest.raises(SourceError, match=said):
        archive_of(tmp_path / "list.csv", columns=columns)


def test_a_row_that_is_not_right_is_a_failure_and_the_others_are_read(tmp_path: Path) -> None:
    lines = [
        json.dumps({"网址": "1", "正文": CLEAN, "发布时间": "2024-13-41"}),
        json.dumps({"网址": "2", "正文": " "}),
        "{",
        "",
        "[1]",
        json.dumps({"网址": "3", "正文": CLEAN * 100}),
        json.dumps({"网址": "4\ud800\0", "正文": CLEAN}),
    ]
    (tmp_path / "rows.jsonl").write_text("\n".join(lines), encoding="utf-8")

    options = Options(Limits(file_bytes=1000))
    archive = Archive.of(str(tmp_path / "rows.jsonl"), options, DAY)
    documents = list(archive.listed().documents())

    assert [one.fault for one in documents[:5]] == [
        NO_DAY,
        NO_TEXT,
        "这一行不是 JSON 对象",
        "这一行不是 JSON 对象",
        "这一行超过 1,000 字节",
    ]
    assert (documents[5].name, documents[5].location.rpartition("#")[2]) == ("4?�", "7")
    assert [one.text for one in with_texts(archive, documents)] == [None] * 5 + [CLEAN]


def test_a_row_that_is_gone_since_the_table_was_listed_is_a_failure(tmp_path: Path) -> None:
    as_jsonl(tmp_path / "rows.jsonl", HEADINGS, ROWS)
    archive = archive_of(tmp_path / "rows.jsonl")
    documents = list(archive.listed().documents())

    as_jsonl(tmp_path / "rows.jsonl", HEADINGS, ROWS[:2])

    assert [one.fault for one in with_texts(archive, documents)] == ["", "", CHANGED]


def test_a_folder_is_listed_in_name_order_and_goes_on_behind_any_of_its_files(tmp_path: Path) -> None:
    names = ["a.txt", "a/b.txt", "a/c/d.html", "a b/x.md", "z/1.txt", "z/10.txt", "z/2.txt", "z.txt"]
    for name in (*names, "list.exe"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(CLEAN, encoding="utf-8")
    (tmp_path / "loop").symlink_to(tmp_path)

    archive = archive_of(tmp_path)
    documents = list(archive.listed().documents())

    assert sorted(one.name for one in documents) == sorted(names)
    for place, document in enumerate(documents):
        assert list(archive.listed().documents(document)) == documents[place + 1 :]
    # Files that have come or gone meanwhile change nothing of what lies behind.
    (tmp_path / "a" / "b.txt").unlink()
    (tmp_path / "0.txt").write_text(CLEAN, encoding="utf-8")
    last = next(one for one in documents if one.name == "a/b.txt")
    assert [one.name for one in archive.listed().documents(last)] == [
        one.name for one in documents[documents.index(last) + 1 :]
    ]


def test_files_that_are_left_out_are_counted_once_wherever_the_listing_is_broken_off(tmp_path: Path) -> None:
    for name in ("a.txt", "b/c.txt", "d.txt", "a.png", "b/logo.PNG", "b/x.css", "e.没有这种", "~$d.docx"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(CLEAN, encoding="utf-8")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "round.txt").symlink_to("round.txt")
    (tmp_path / "loop").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "pipe.txt")
    source = Archive.of(str(tmp_path), Options(pictures=False), DAY).listed()

    whole: Counter[LeftOut] = Counter()
    documents = list(source.documents(None, whole))

    assert [one.name for one in documents] == ["a.txt", "b/c.txt", "d.txt"]
    assert told(whole) == (
        "另有 9 个文件没有检查：图片 2（.png 2），读不了的类型 2（.css 1、其他 1），办公软件打开文件时的临时文件 1，"
        "断开的链接 2，指向目录的链接 1，管道、设备等 1。"
    )
    for place, document in enumerate(documents, 1):
        until: Counter[LeftOut] = Counter()
        behind: Counter[LeftOut] = Counter()
        list(islice(source.documents(None, until), place))
        list(source.documents(document, behind))
        assert until + behind == whole


def test_pictures_that_are_to_be_read_and_files_outside_of_a_pattern_are_not_left_out(tmp_path: Path) -> None:
    for name in ("a.txt", "a.png", "b.css"):
        (tmp_path / name).write_text(CLEAN, encoding="utf-8")

    for source in (f"{tmp_path}/a.*", f"{tmp_path}/*.txt"):
        left_out: Counter[LeftOut] = Counter()
        assert list(Archive.of(source, Options(pictures=True), DAY).listed().documents(None, left_out))
        assert not left_out


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("*.txt", {"a.txt", "b.txt"}),
        ("**/*.txt", {"a.txt", "b.txt", "x/a.txt", "x/y/a.txt"}),
        ("x/**", {"a.txt", "y/a.txt", "y/a.md"}),
        ("**/y/a.*", {"x/y/a.txt", "x/y/a.md"}),
        ("[b-z].txt", {"b.txt"}),
    ],
)
def test_a_pattern_chooses_files(tmp_path: Path, pattern: str, names: set[str]) -> None:
    for name in ("a.txt", "b.txt", "x/a.txt", "x/y/a.txt", "x/y/a.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(CLEAN, encoding="utf-8")

    documents = list(archive_of(f"{tmp_path}/{pattern}").listed().documents())

    assert {one.name for one in documents} == names
    assert all(Path(one.location).exists() for one in documents)


def test_a_source_elsewhere_is_read_like_one_here(engine: Engine) -> None:
    files = fsspec.filesystem("memory")
    files.pipe("/site/a.txt", DRAFT.encode())
    files.pipe("/site/sub/b.txt", CLEAN.encode())
    files.pipe("/list.jsonl", json.dumps({"文件": "site/a.txt"}).encode() + b"\n")

    folder, table = archive_of("memory://site"), archive_of("memory://list.jsonl")
    parts = [
        part
        for archive in (folder, table)
        for document in scan_shard(engine, NO_LAYER, archive.listed().documents(), archive.how).documents
        for part in document.parts
    ]

    assert [(part.name, part.outcome.value) for part in parts] == [
        ("a.txt", "block"),
        ("sub/b.txt", "pass"),
        ("site/a.txt", "block"),
    ]


def test_who_gives_a_single_draft_is_told_of_the_command_for_it(tmp_path: Path) -> None:
    (tmp_path / "draft.txt").write_text(DRAFT, encoding="utf-8")

    with pytest.raises(SourceError, match="shenjiao check"):
        archive_of(tmp_path / "draft.txt")


def test_a_table_in_utf16_is_refused_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "清单.csv").write_bytes("文件,标题\na.txt,通知\n".encode("utf-16"))

    with pytest.raises(SourceError, match="另存为 CSV UTF-8"):
        archive_of(str(tmp_path / "清单.csv"))


def test_a_source_elsewhere_without_its_driver_is_told_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "s3fs", None)

    with pytest.raises(SourceError, match="要 s3fs"):
        list(archive_of("s3://bucket/site").listed().documents())


def test_a_pipe_is_no_source(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "清单.csv")

    with pytest.raises(SourceError, match="不是普通文件"):
        archive_of(str(tmp_path / "清单.csv"))


def test_a_source_that_is_not_there_is_refused_in_chinese(tmp_path: Path) -> None:
    for source in (tmp_path / "no", tmp_path / "no.csv", "memory://no.jsonl", "nosuch://host/list.csv"):
        with pytest.raises(SourceError, match=r"[打没]"):
            archive_of(source)


def test_what_a_run_keeps_of_its_source_gives_the_same_source_again(tmp_path: Path) -> None:
    as_csv(tmp_path / "list.csv", ("正文", "bt"), [])
    archive = archive_of(tmp_path / "list.csv", columns={"标题": "bt"}, text_suffix=".html")

    assert Archive.from_json(archive.source, json.loads(json.dumps(archive.as_json()))) == archive
