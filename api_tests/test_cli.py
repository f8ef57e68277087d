"""The command line as it is used: real processes, real files, exit codes, and no draft in any error."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import time
import zipfile
from pathlib import Path

import docx
import pytest

from api_tests.cli_kit import CLEAN, LEAK, SHENJIAO, shenjiao
from app.store.database import Database
from app.store.scan_runs import RunState, ScanRuns


def test_check_says_where_what_and_why_and_masks_the_number() -> None:
    done = shenjiao("check", "-", given=LEAK)

    assert done.returncode == 1
    assert "-:1:9: 须改 PI001" in done.stdout
    assert "依据：《2018年政务公开工作要点" in done.stdout
    assert "不能发布" in done.stdout
    assert "19491231" not in done.stdout


def test_check_of_a_clean_text_ends_with_nothing_found() -> None:
    done = shenjiao("check", given=CLEAN)

    assert done.returncode == 0
    assert "未发现须处理的问题" in done.stdout


def test_check_answers_programs_in_json(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(LEAK, encoding="utf-8")
    (tmp_path / "b.txt").write_text(CLEAN, encoding="gb18030")

    done = shenjiao("check", "--format", "json", tmp_path / "a.txt", tmp_path / "b.txt")

    verdicts = [answer["verdict"] for answer in json.loads(done.stdout)]
    assert verdicts == ["block", "pass"]


def test_check_answers_in_json_lines_with_line_and_column(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(f"<p>{CLEAN}</p>\n<p>{LEAK}</p>", encoding="utf-8")

    done = shenjiao("check", "--format", "jsonl", path)

    (record,) = [json.loads(line) for line in done.stdout.splitlines()]
    assert (record["line"], record["column"], record["rule"]) == (3, 12, "PI001")
    assert "11*************02X" in record["excerpt"]


def test_check_goes_on_after_a_file_it_cannot_read(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text(LEAK, encoding="utf-8")

    done = shenjiao("check", tmp_path / "missing.txt", tmp_path / "b.txt")

    assert done.returncode == 2
    assert "读不到文件" in done.stderr
    assert "PI001" in done.stdout


def test_check_can_be_held_to_some_categories() -> None:
    done = shenjiao("check", "--category", "format", given=LEAK + "某政发[2024]3号")

    assert "FM001" in done.stdout
    assert "PI001" not in done.stdout


def test_a_wrong_date_is_told_how_dates_are_written() -> None:
    done = shenjiao("check", "--published-on", "2024年", given=CLEAN)

    assert done.returncode == 2
    assert "2024-01-31" in done.stderr


def test_redact_masks_to_standard_output_and_keeps_the_rest() -> None:
    done = shenjiao("redact", given=LEAK)

    assert done.returncode == 1
    assert done.stdout == "赵小明，身份证号11*************02X。\n"


def test_redact_keeps_what_the_style_says() -> None:
    shown = [
        shenjiao("redact", *options, given=LEAK).stdout
        for options in (["--style", "6+4"], ["--style", "custom", "--keep-tail", "2", "--short"])
    ]

    assert shown == ["赵小明，身份证号110105********002X。\n", "赵小明，身份证号***2X。\n"]


def test_redact_refuses_lengths_without_the_style_that_takes_them() -> None:
    done = shenjiao("redact", "--keep-tail", "2", given=LEAK)

    assert done.returncode == 2
    assert "--style custom" in done.stderr


def test_redact_keeps_the_encoding_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(f"<p>{LEAK}</p>\r\n".encode("gb18030"))

    done = subprocess.run([SHENJIAO, "redact", path], capture_output=True, check=False)

    assert done.stdout == "<p>赵小明，身份证号11*************02X。\n</p>\r\n".encode("gb18030")


def test_check_reads_the_columns_of_a_csv_file(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("姓名,手机号\n赵小明,13800138000.0\n", encoding="utf-8-sig")

    assert "list.csv:2:5: 须改 PI010" in shenjiao("check", path).stdout


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-16"])
def test_check_reads_and_redact_keeps_every_encoding_that_notepad_writes(
    tmp_path: Path, encoding: str
) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_bytes(LEAK.encode(encoding))

    checked = shenjiao("check", draft)
    redacted = subprocess.run([SHENJIAO, "redact", draft], capture_output=True, check=False).stdout

    assert (checked.returncode, checked.stdout[: len(f"{draft}:1:9: ")]) == (1, f"{draft}:1:9: ")
    assert redacted.decode(encoding) == LEAK.replace("11010519491231002X", "11*************02X")


def test_check_reads_a_long_list_in_utf16(tmp_path: Path) -> None:
    long = tmp_path / "list.txt"
    long.write_bytes((CLEAN * 40_000 + LEAK).encode("utf-16"))

    done = shenjiao("check", "--category", "privacy", long)

    assert done.returncode == 1
    assert f"{long}:40001:9: " in done.stdout


def test_check_of_a_folder_names_the_command_for_it(tmp_path: Path) -> None:
    done = shenjiao("check", tmp_path)

    assert done.returncode == 2
    assert done.stderr == f"{tmp_path}: 这是目录，不是文件；检查整个目录用 shenjiao scan\n"


def test_check_refuses_pipes_and_devices_and_goes_on_with_the_next_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "leak.txt").write_text(LEAK, encoding="utf-8")

    done = shenjiao("check", tmp_path / "pipe.txt", "/dev/zero", tmp_path / "leak.txt")

    assert done.returncode == 2
    assert done.stderr.count("不是普通文件；要检查别的程序的输出，文件名写 - ，从标准输入读") == 2
    assert "PI001" in done.stdout


def test_a_wrong_setting_is_named_in_one_line() -> None:
    done = subprocess.run(
        [SHENJIAO, "check"], env=os.environ | {"SHENJIAO_PORT": "abc"}, capture_output=True, check=False
    )

    assert done.returncode == 2
    assert done.stderr.decode() == "shenjiao: 环境变量 SHENJIAO_PORT 的值不合要求\n"


def test_redact_keeps_line_ends_as_they_are() -> None:
    assert shenjiao("redact", given="第一行\r\n第二行\n").stdout == "第一行\r\n第二行\n"


def test_rules_are_listed_shown_and_missed() -> None:
    assert "PI001\t隐私泄露\t须改\t居民身份证号码" in shenjiao("rules").stdout
    assert json.loads(shenjiao("rules", "--format", "json", "PI001").stdout)[0]["code"] == "PI001"
    assert shenjiao("rules", "XX0000").returncode == 2


def test_the_lexicons_as_shipped_are_without_fault() -> None:
    done = shenjiao("lexicon", "check")

    assert (done.returncode, done.stderr) == (0, "")


def test_a_faulty_lexicon_is_refused_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "sources.toml").write_text("", encoding="utf-8")

    done = shenjiao("lexicon", "check", tmp_path)

    assert done.returncode == 2
    assert done.stderr == "shenjiao: release.toml：读不到文件（没有这个文件或目录）\n"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    (folder / "2023").mkdir(parents=True)
    (folder / "leak.txt").write_text(LEAK, encoding="utf-8")
    (folder / "old.htm").write_bytes("<p>各单位要认真落实。</p>".encode("gb18030"))
    (folder / "2023" / "clean.md").write_text(CLEAN, encoding="utf-8")
    (folder / "broken.txt").write_bytes(b"\xff\xff\xff")
    (folder / "picture.png").write_bytes(b"\x89PNG")
    return folder


def summary_of(out: Path) -> dict[str, dict[str, str]]:
    with (out / "summary.csv").open(encoding="utf-8-sig", newline="") as rows:
        return {Path(row["文件"]).name: row for row in csv.DictReader(rows)}


def test_scan_lists_findings_and_every_file_and_ends_with_2_where_one_failed(
    archive: Path, tmp_path: Path
) -> None:
    done = shenjiao("scan", archive, "--out", tmp_path / "out")

    assert done.returncode == 2
    assert "共 4 个文件，发现 1 处，未能检查 1 个。" in done.stdout
    assert "另有 1 个文件没有检查：图片 1（.png 1）。" in done.stdout
    rows = summary_of(tmp_path / "out")
    assert set(rows) == {"leak.txt", "old.htm", "clean.md", "broken.txt"}
    assert rows["leak.txt"]["隐私泄露"] == "1"
    assert rows["broken.txt"]["结论"] == "未能检查"
    assert "UTF-8" in rows["broken.txt"]["未能检查的原因"]
    (record,) = (tmp_path / "out" / "findings.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(record)["rule"] == "PI001"
    assert "19491231" not in record


def test_check_reads_a_document_and_says_where_in_it_and_what_it_did_not_read(tmp_path: Path) -> None:
    draft = docx.Document()
    draft.add_paragraph(CLEAN.strip())
    draft.add_paragraph(LEAK.strip())
    draft.save(str(tmp_path / "draft.docx"))
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.4")

    done = shenjiao("check", "--format", "json", tmp_path / "draft.docx", tmp_path / "broken.pdf")

    ((finding,),) = (answer["findings"] for answer in json.loads(done.stdout))
    assert (finding["place"], finding["part"], finding["paragraph"]) == ("正文第2段", "正文", 2)
    assert done.returncode == 2
    assert done.stderr == f"{tmp_path / 'broken.pdf'}: 不是完好的 PDF 文件\n"


def test_scan_lists_every_member_of_an_archive_and_reads_the_main_text_of_pages(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    folder.mkdir()
    with zipfile.ZipFile(folder / "a.zip", "w") as package:
        package.writestr("leak.txt", LEAK)
        package.writestr("picture.png", b"PNG")
    body = "".join(f"<p>{CLEAN * 4}</p>" for _ in range(4))
    (folder / "page.html").write_text(
        f"<html><body><div class='footer'><p>{LEAK}</p></div><article>{body}</article></body></html>",
        encoding="utf-8",
    )

    done = shenjiao("scan", folder, "--out", tmp_path / "out")

    assert "共 2 个文件，发现 1 处，未能检查 0 个。" in done.stdout
    assert set(summary_of(tmp_path / "out")) == {"leak.txt", "page.html"}


def test_scan_of_sound_files_ends_with_0_or_1(archive: Path, tmp_path: Path) -> None:
    (archive / "broken.txt").unlink()
    assert shenjiao("scan", archive, "--out", tmp_path / "out").returncode == 1

    (archive / "leak.txt").unlink()
    assert shenjiao("scan", archive, "--out", tmp_path / "out").returncode == 0


def test_a_scan_that_was_interrupted_goes_on_and_a_second_one_looks_at_new_findings_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHENJIAO_DATABASE_URL", f"sqlite:///{tmp_path / 'scans.db'}")
    folder, out = tmp_path / "many", tmp_path / "out"
    folder.mkdir()
    for number in range(150):
        (folder / f"{number:04}.txt").write_text(LEAK * 4, encoding="utf-8")
    runs = ScanRuns(Database(f"sqlite:///{tmp_path / 'scans.db'}"))

    scan = subprocess.Popen(
        [SHENJIAO, "scan", folder, "--out", out, "--workers", "1"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    while not runs.listed() or runs.progress(1).checked == 0:
        assert scan.poll() is None
        time.sleep(0.05)
    scan.send_signal(signal.SIGINT)
    _, said = scan.communicate()
    stopped, checked = runs.get(1), runs.progress(1).checked
    runs.database.close()

    assert (scan.returncode, stopped.state) == (2, RunState.STOPPED)
    assert "shenjiao scan resume 1" in said
    assert 0 < checked < 150
    assert not (out / "findings.jsonl").exists()
    assert shenjiao("scan", "resume", "1", "--out", out).returncode == 1
    assert len((out / "findings.jsonl").read_text(encoding="utf-8").splitlines()) == 150 * 4
    again = shenjiao("scan", folder, "--baseline", "last", "--out", out)
    assert again.returncode == 0
    assert f"仍存在 {150 * 4}" in again.stdout
    assert "已完成" in shenjiao("scan", "list").stdout
    assert "与第 1 次比较" in shenjiao("scan", "show", "2").stdout
    record = json.loads((out / "findings.jsonl").read_text(encoding="utf-8").splitlines()[0])
    said_by = ("--actor", "赵小明", "--reason", f"引用原文，{LEAK.strip()}")
    decided = shenjiao("scan", "decide", "2", "--file", record["file"], "--finding", record["id"], *said_by)
    assert (decided.returncode, decided.stdout) == (0, "已记为误报。\n")
    assert "误报 1，" in shenjiao("scan", "show", "2").stdout
    assert not any(b"11010519491231002X" in kept.read_bytes() for kept in tmp_path.glob("scans.db*"))
