"""An archive on Ray gives what it gives on one machine, also when processes die; run in a venv of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from api_tests.gate_kit import CLEAN, DRAFT, ERROR
from api_tests.held_file import HeldFile
from app.store.database import Database
from app.store.scan_runs import ScanRuns

PYTHON = Path(__file__).parents[1] / ".venv" / "cluster" / "bin" / "python"
ARTICLES = 2_000
PATIENCE = 600.0
"""Seconds that a scan may take, with Ray to begin, on a busy machine."""
FOUND, FAILED = 1, 2
WRITE = """
import json, sys
import pyarrow
from pyarrow import parquet
rows = [json.loads(line) for line in sys.stdin]
parquet.write_table(pyarrow.Table.from_pylist(rows), sys.argv[1], row_group_size=300)
"""


@pytest.fixture(scope="module", autouse=True)
def ray() -> None:
    """Skip where Ray is not installed; in CI that is a failure."""
    if not PYTHON.exists():
        what = "没有 .venv/cluster，不能测试集群；请执行：make test-cluster"
        pytest.fail(what) if "CI" in os.environ else pytest.skip(what)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A dataset in Parquet, of several groups of rows, with errors in every third article and personal data in some."""
    rows = [
        {
            "网址": f"https://www.example.gov.cn/{number}.html",
            "标题": f"第{number}号通知",
            "单位": f"单位{number % 7}",
            "正文": f"{CLEAN}编号{number}。" + (DRAFT if number % 3 == 0 else "") + leak(number),
        }
        for number in range(ARTICLES)
    ]
    file = tmp_path / "archive.parquet"
    lines = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    subprocess.run([PYTHON, "-c", WRITE, file], input=lines.encode(), check=True)
    return file


def leak(number: int) -> str:
    return f"联系人王小明，电话138001{number:05}。" if number % 100 == 0 else ""


def scan(source: Path, out: Path, *options: str) -> subprocess.Popen[bytes]:
    """Begin a scan with a database beside its results."""
    out.mkdir()
    # Ray makes its workers yield to all others; beside the other tests they would come to nothing.
    environment = os.environ | {"SHENJIAO_DATABASE_URL": url(out), "RAY_worker_niceness": "0"}
    command: list[str | Path] = [
        PYTHON,
        "-m",
        "app.cli",
        "scan",
        source,
        "--site",
        "示例网",
        "--out",
        out / "result",
        *options,
    ]
    with (out / "log").open("wb") as log:
        return subprocess.Popen(command, stdout=log, stderr=log, env=environment, cwd=PYTHON.parents[3])


def url(out: Path) -> str:
    return f"sqlite:///{out / 'site.db'}"


def checking(out: Path) -> Iterator[int]:
    """Find the processes of Ray that check shards for a scan."""
    for folder in Path("/proc").iterdir():
        with suppress(OSError):
            command, environment = ((folder / name).read_bytes() for name in ("cmdline", "environ"))
            if command.startswith(b"ray::check") and url(out).encode() in environment:
                yield int(folder.name)


def kill_amid(process: subprocess.Popen[bytes], out: Path) -> int:
    """Kill one of the processes that check, once something is done and much is not; give which."""
    database, give_up = Database(url(out)), time.monotonic() + PATIENCE
    runs = ScanRuns(database)
    try:
        while process.poll() is None and time.monotonic() < give_up:
            time.sleep(0.1)
            begun = runs.listed()
            if (
                begun
                and 0 < runs.progress(1).checked < ARTICLES / 2
                and (victim := next(checking(out), None))
            ):
                os.kill(victim, signal.SIGKILL)
                return victim
    finally:
        database.close()
    pytest.fail(f"nothing to kill: {(out / 'log').read_text()}")


def results(out: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in (out / "result").iterdir()}


def test_ray_gives_the_same_files_as_one_machine_though_a_process_of_it_is_killed(
    archive: Path, tmp_path: Path
) -> None:
    alone, cluster = tmp_path / "alone", tmp_path / "cluster"

    assert scan(archive, alone).wait(PATIENCE) == FOUND, (alone / "log").read_text()
    process = scan(archive, cluster, "--cluster", "ray")
    kill_amid(process, cluster)

    assert process.wait(PATIENCE) == FOUND, (cluster / "log").read_text()
    assert results(cluster) == results(alone)
    findings = results(cluster)["findings.jsonl"].decode().splitlines()
    assert sum(json.loads(line)["text"] == ERROR for line in findings) == len(range(0, ARTICLES, 3))
    assert "138001" not in "".join(findings)
    # What lies on the disk besides: a log that quotes nothing.
    assert "王小明" not in (cluster / "log").read_text()


def test_a_document_that_kills_whoever_reads_it_is_a_failure_and_the_others_are_checked(
    tmp_path: Path,
) -> None:
    """Whoever opens a file that is held is killed, again and again, with those that wait beside it."""
    source, out = tmp_path / "source", tmp_path / "out"
    source.mkdir()
    (source / "a.txt").write_text(DRAFT, encoding="utf-8")
    (source / "c.txt").write_text(CLEAN, encoding="utf-8")
    (source / "list.csv").write_text("文件\na.txt\nb.txt\nc.txt\n", encoding="utf-8")
    opened = 0
    give_up = time.monotonic() + PATIENCE
    with HeldFile(source / "b.txt") as held:
        process = scan(source / "list.csv", out, "--cluster", "ray")
        while process.poll() is None and time.monotonic() < give_up:
            time.sleep(0.1)
            if held.is_awaited:
                for victim in checking(out):
                    os.kill(victim, signal.SIGKILL)
                held.hold()
                opened += 1
        ending = process.wait(PATIENCE)

    assert ending == FAILED, (out / "log").read_text()
    # The shard once and once more, then the document likewise.
    assert opened == 4
    rows = results(out)["summary.csv"].decode("utf-8-sig").splitlines()[1:]
    told = [(row.split(",")[0], row.split(",")[1], row.split(",")[-1]) for row in rows]
    assert told[0][0] == "a.txt"
    assert told[1] == ("b.txt", "未能检查", "检查这个文件时进程两次异常退出")
    assert told[2] == ("c.txt", "未发现须处理的问题", "")
