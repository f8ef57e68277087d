"""Files that are damaged, locked, or made to do harm: each is refused in Chinese, and nothing of it is quoted."""

from __future__ import annotations

import io
import os
import signal
import struct
import time
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest

from api_tests.formats_kit import UNTIL, only, refusal
from app.documents import UnreadableError
from app.files import known_formats, readings
from app.formats.kernel.isolation import Worker
from app.formats.kernel.limits import Allowance, Limits
from app.formats.kernel.reading import Failure, File, Options

SECRET = "赵小明的底稿"
ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "'
    + SECRET * 10
    + '">'
    + "".join(f'<!ENTITY {chr(97 + n)} "{f"&{chr(96 + n)};" * 10}">' for n in range(1, 10))
    + ']><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>'
    + "&j;</w:t></w:r></w:p></w:body></w:document>"
)
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\ntrailer<</Root 1 0 R>>\n"


def word(words: str = SECRET) -> bytes:
    document, content = docx.Document(), io.BytesIO()
    document.add_paragraph(words)
    document.save(content)
    return content.getvalue()


def workbook(cell: str = "A1") -> bytes:
    book, content = openpyxl.Workbook(), io.BytesIO()
    assert book.active is not None
    book.active[cell] = SECRET
    book.active["A1"] = SECRET
    book.save(content)
    return content.getvalue()


def archive(**members: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
        for name, member in members.items():
            package.writestr(name.replace("__", "."), member)
    return content.getvalue()


def with_document(part: bytes) -> bytes:
    """Exchange the body of a Word document."""
    content = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(word())) as old,
        zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, part if name == "word/document.xml" else old.read(name))
    return content.getvalue()


def declaring_less(content: bytes, name: str) -> bytes:
    """Have a package declare that a part is small."""
    changed = bytearray(content)
    at = 0
    while (at := content.find(b"PK\x01\x02", at)) >= 0:
        if content[at + 46 :].startswith(name.encode()):
            struct.pack_into("<I", changed, at + 24, 10)
        at += 4
    return bytes(changed)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "bad"


def refused(file: Path, suffix: str, content: bytes, options: Options | None = None) -> str:
    path = file.with_suffix(suffix)
    path.write_bytes(content)
    reason = refusal(path, options)
    assert SECRET not in reason
    assert reason.strip("…")
    assert any("一" <= char <= "鿿" for char in reason)
    return reason


@pytest.mark.parametrize("suffix", [".docx", ".xlsx", ".xls", ".pdf", ".png", ".zip"])
@pytest.mark.parametrize(
    "content", [b"", SECRET.encode(), b"PK\x03\x04" + bytes(60), b"\xd0\xcf\x11\xe0" + bytes(600)]
)
def test_what_is_no_such_file_at_all_is_refused(file: Path, suffix: str, content: bytes) -> None:
    refused(file, suffix, content)


@pytest.mark.parametrize(
    ("suffix", "content"), [(".docx", word()), (".xlsx", workbook()), (".zip", archive(a__txt=b"a"))]
)
def test_a_file_that_breaks_off_is_refused(file: Path, suffix: str, content: bytes) -> None:
    refused(file, suffix, content[: len(content) // 2])


@pytest.mark.parametrize("suffix", [".docx", ".xlsx", ".pdf"])
def test_a_file_with_flipped_bytes_is_read_or_refused(file: Path, suffix: str) -> None:
    whole = {".docx": word(), ".xlsx": workbook(), ".pdf": PDF}[suffix]
    path = file.with_suffix(suffix)
    for place in range(0, len(whole), max(1, len(whole) // 12)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        (outcome,) = readings(path, Options())
        assert not isinstance(outcome, Failure) or SECRET not in outcome.reason


def test_entities_are_refused(file: Path) -> None:
    assert refused(file, ".docx", with_document(ENTITIES.encode())) == "不是完好的 .docx 文件"


def test_a_document_that_unpacks_to_too_much_is_refused_whatever_it_declares(file: Path) -> None:
    limits = Options(Limits(unpacked_bytes=1_000_000))
    bomb = with_document(b" " * 5_000_000)

    assert refused(file, ".docx", bomb, limits) == "文件展开后过大"
    assert refused(file, ".docx", declaring_less(bomb, "word/document.xml"), limits) == "文件展开后过大"


def test_a_workbook_that_unpacks_to_too_much_is_refused(file: Path) -> None:
    content = declaring_less(archive(xl=b" " * 5_000_000), "xl")

    assert refused(file, ".xlsx", content, Options(Limits(unpacked_bytes=1_000_000))) == "文件展开后过大"


def test_a_cell_at_the_far_corner_ends_the_reader_and_nothing_else(file: Path) -> None:
    refused(file, ".xlsx", workbook("XFD1048576"))

    path = file.with_suffix(".xlsx")
    path.write_bytes(workbook())
    assert SECRET in only(path).text


@pytest.mark.parametrize(
    ("suffix", "content", "limits", "reason"),
    [
        (".txt", b"a" * 2_000_000, Limits(file_bytes=1024 * 1024), "文件超过 1 MB"),
        (".xlsx", workbook(), Limits(cells=0), "单元格超过 0 个"),
        (".pdf", PDF, Limits(pages=0), "超过 0 页"),
        (".docx", word(), Limits(seconds=1e-9), "读取超过 1e-09 秒"),
        (".docx", word(), Limits(members=2), "压缩包中的文件过多"),
    ],
)
def test_every_limit_is_kept(file: Path, suffix: str, content: bytes, limits: Limits, reason: str) -> None:
    assert refused(file, suffix, content, Options(limits)) == reason


def test_libreoffice_is_ended_with_its_children_when_the_time_is_up(file: Path) -> None:
    from api_tests.formats_kit import program

    program("soffice")
    began = time.monotonic()

    assert "转换超过" in refused(file, ".rtf", b"{\\rtf1 a}", Options(Limits(seconds=0.2)))
    assert time.monotonic() - began < 60
    assert not [path for path in Path("/proc").glob("[0-9]*/cmdline") if str(file.parent) in _words(path)]


def _words(path: Path) -> str:
    try:
        return path.read_bytes().decode(errors="replace")
    except OSError:
        return ""


def test_a_reader_that_is_killed_is_started_again() -> None:
    worker = Worker()
    options = Options()
    module = known_formats()[".xlsx"].module
    good = File("list.xlsx", workbook(), ".xlsx", Allowance(options.limits))

    assert SECRET in worker.read(module, good, options).text
    assert worker._process is not None  # noqa: SLF001
    os.kill(worker._process.pid, signal.SIGKILL)  # noqa: SLF001
    with pytest.raises(UnreadableError):
        worker.read(module, good, options)
    assert SECRET in worker.read(module, good, options).text
    worker.stop()


def test_a_locked_pdf_says_so(file: Path) -> None:
    # The key of a password that nobody knows: what follows from it need not be right to be refused.
    locked = PDF.replace(
        b"trailer<<",
        b"trailer<</ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<"
        + b"41" * 32
        + b">/U<"
        + b"42" * 32
        + b">>>",
    )

    assert refused(file, ".pdf", locked) == "PDF 文件加了密码"


def zipped(*members: tuple[str, bytes], flags: int = 0) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
        for name, member in members:
            package.writestr(name, member)
    changed = bytearray(content.getvalue())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while flags and (at := changed.find(mark, at + 1)) >= 0:
            changed[at + place] |= flags
    return bytes(changed)


def outcomes(path: Path, content: bytes, options: Options | None = None) -> dict[str, str]:
    """Read an archive: the name of each member below it, and its text or the reason."""
    path.write_bytes(content)
    return {
        one.name.removeprefix(f"{path}/"): one.reason if isinstance(one, Failure) else one.text
        for one in readings(path, options or Options())
    }


def test_the_members_of_an_archive_are_read_and_other_files_passed_over(tmp_path: Path) -> None:
    inner = zipped(("通知.txt", UNTIL.encode()))

    found = outcomes(
        tmp_path / "a.zip",
        zipped(("a.docx", word(UNTIL)), ("x.exe", b"MZ"), ("in.zip", inner), ("b.txt", b"\xff\xff")),
    )

    assert found == {
        "a.docx": f"{UNTIL}\n",
        "in.zip/通知.txt": UNTIL,
        "b.txt": "编码不是 UTF-8、GB18030，也不是带标记的 UTF-16；请用记事本或 WPS 另存为 UTF-8",
    }


def test_names_in_gbk_are_read(tmp_path: Path) -> None:
    assert list(outcomes(tmp_path / "a.zip", _in_gbk("通知.txt"))) == ["通知.txt"]


def _in_gbk(name: str) -> bytes:
    """Write an archive as Chinese Windows does: the name in GBK, and no word of it."""
    placeholder = "x" * (len(name.encode("gbk")) - 4) + ".txt"
    return zipped((placeholder, b"a")).replace(placeholder.encode(), name.encode("gbk"))


def test_a_name_that_climbs_out_writes_nothing(tmp_path: Path) -> None:
    archive = tmp_path / "two" / "below" / "a.zip"
    archive.parent.mkdir(parents=True)

    found = outcomes(archive, zipped(("../../evil.txt", b"a"), ("/etc/evil.txt", b"a")))

    assert list(found.values()) == ["a", "a"]
    assert sorted(tmp_path.rglob("*")) == [tmp_path / "two", archive.parent, archive]
    assert not Path("/etc/evil.txt").exists()


def test_locked_members_and_bombs_are_failures_and_the_rest_is_read(tmp_path: Path) -> None:
    assert outcomes(tmp_path / "a.zip", zipped(("a.txt", b"a"), flags=1)) == {"a.txt": "压缩包加了密码"}

    bomb = zipped(("bomb.txt", b" " * 40_000_000), ("b.txt", b"b"))
    assert outcomes(tmp_path / "b.zip", bomb) == {"bomb.txt": "压缩比异常", "b.txt": "b"}


def test_archives_within_archives_share_one_allowance_and_end_somewhere(tmp_path: Path) -> None:
    three = zipped(("c.zip", zipped(("b.zip", zipped(("a.txt", b"a"))))))
    assert outcomes(tmp_path / "a.zip", three) == {"c.zip/b.zip": "压缩包套了 2 层以上"}

    members = [(f"{number}.zip", zipped(*((f"{n}.txt", b"a") for n in range(4)))) for number in range(4)]
    found = outcomes(tmp_path / "b.zip", zipped(*members), Options(Limits(members=12)))
    assert [name for name, text in found.items() if text == "压缩包中的文件过多"] == ["2.zip", "3.zip"]


def test_a_file_under_a_wrong_name_is_read_as_what_it_is(tmp_path: Path) -> None:
    for name, content in (
        ("a.doc", word(UNTIL)),
        ("b.xls", f"<html><table><tr><td>{UNTIL}</table>".encode()),
    ):
        (tmp_path / name).write_bytes(content)
        assert UNTIL in only(tmp_path / name).text


def test_every_format_is_known_by_the_end_of_a_name() -> None:
    assert {
        ".txt",
        ".md",
        ".csv",
        ".html",
        ".docx",
        ".xlsx",
        ".xls",
        ".pdf",
        ".doc",
        ".wps",
        ".zip",
        ".png",
    } <= set(known_formats())
