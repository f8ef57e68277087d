"""Scans that were begun and killed: what is told of them, and that going on needs nothing said again."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from api_tests.cli_kit import LEAK, PATIENCE, SHENJIAO, shenjiao
from api_tests.scan_kit import begun
from app.scan_life import QUIET, Life, is_alive, judged, life_of
from app.scan_wishes import Wishes
from app.store.database import Database, DatabaseError
from app.store.scan_runs import LEASE, ScanRuns
from app.store.scan_shards import owner_name
from app.store.scan_signs import Signs, signs_of

NOW = 1_800_000_000
GONE = 2**22 + 1
"""No process of Linux has so high a number."""


@pytest.fixture
def runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ScanRuns]:
    """The runs of a database that commands use."""
    monkeypatch.setenv("SHENJIAO_DATABASE_URL", f"sqlite:///{tmp_path / 'scans.db'}")
    database = Database(f"sqlite:///{tmp_path / 'scans.db'}")
    yield ScanRuns(database)
    database.close()


def killed_scan(runs: ScanRuns, folder: Path, *options: str) -> None:
    """Begin a scan in a folder, and kill all its processes at once in the midst of the work."""
    scan = subprocess.Popen(
        [SHENJIAO, "scan", "many", *options],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        deadline = time.monotonic() + PATIENCE
        while not runs.listed() or not runs.progress(1).checked:
            assert scan.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.05)
        # Held, so that nothing is finished between the look and the blow.
        os.killpg(scan.pid, signal.SIGSTOP)
        while not held_shards(runs):
            assert time.monotonic() < deadline
            os.killpg(scan.pid, signal.SIGCONT)
            time.sleep(0.05)
            os.killpg(scan.pid, signal.SIGSTOP)
        assert "正在检查\n最近一次活动：" in shenjiao("scan", "show", "1").stdout
    finally:
        os.killpg(scan.pid, signal.SIGKILL)
        scan.wait()


def held_shards(runs: ScanRuns) -> bool:
    """Tell whether somebody has shards; not while the database is held by who was stopped."""
    try:
        return bool(signs_of(runs.database, 1).owners)
    except DatabaseError:
        return False


def test_a_killed_scan_is_told_as_broken_off_and_goes_on_as_it_was_begun(
    tmp_path: Path, runs: ScanRuns
) -> None:
    (tmp_path / "many").mkdir()
    (tmp_path / "elsewhere").mkdir()
    for number in range(300):
        (tmp_path / "many" / f"{number:04}.txt").write_text(LEAK * 20, encoding="utf-8")

    killed_scan(runs, tmp_path, "--out", "out", "--workers", "1", "--fail-on", "error")
    shown, listed = shenjiao("scan", "show", "1").stdout, shenjiao("scan", "list").stdout
    done = shenjiao("scan", "resume", "1", folder=tmp_path / "elsewhere")

    assert "可能已中断\n最近一次活动：" in shown
    assert "接着做：shenjiao scan resume 1。" in shown
    assert "可能已中断" in listed
    assert "正在检查" not in shown + listed
    assert done.returncode == 1
    assert "第 1 次扫描，1 个进程" in done.stderr
    assert len((tmp_path / "out" / "findings.jsonl").read_text(encoding="utf-8").splitlines()) == 300 * 20
    assert not list((tmp_path / "elsewhere").iterdir())


def test_a_source_without_a_file_to_check_is_no_clean_one(tmp_path: Path, runs: ScanRuns) -> None:
    (tmp_path / "page.html").write_text(LEAK, encoding="utf-8")

    done = shenjiao("scan", f"{tmp_path}/*.htm", "--out", tmp_path / "out")

    assert done.returncode == 2
    assert "来源里没有可以检查的文件" in done.stderr
    assert "这个站点没有上一次可以比较。" in done.stdout
    assert runs.get(1).previous is None


def test_what_is_said_anew_counts_and_the_rest_stays_as_it_was() -> None:
    kept = Wishes(out="/a", fail_on="error", new_only=True, workers=3)

    assert Wishes().over(kept) == kept
    assert Wishes(out="/b", new_only=False).over(kept) == Wishes("/b", "error", new_only=False, workers=3)
    assert Wishes.of_run(kept.as_options()) == kept
    assert Wishes.of_run({"requested": True}) == Wishes()


def test_who_counts_processes_goes_on_without_the_cluster() -> None:
    kept = Wishes(cluster="ray", address="10.0.0.1:6379")

    assert Wishes().over(kept).crew.cluster == "ray"
    assert Wishes(workers=2).over(kept).crew.cluster is None


def test_a_folder_for_the_results_that_cannot_be_made_is_refused_before_the_work(
    tmp_path: Path, runs: ScanRuns
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    (tmp_path / "many").mkdir()

    done = shenjiao("scan", tmp_path / "many", "--out", tmp_path / "file" / "out")

    assert done.returncode == 2
    assert "结果写不进" in done.stderr
    assert not runs.listed()


def test_whoever_goes_on_shows_a_sign_of_life_before_the_lexicons_are_loaded(
    tmp_path: Path, runs: ScanRuns
) -> None:
    run = begun(runs.database, tmp_path)
    before = life_of(runs.database, run)

    runs.resume(run.number)

    assert before == Life(None, is_working=False)
    after = life_of(runs.database, run)
    assert after is not None
    assert after.is_working


def test_a_process_that_has_ended_is_not_alive_though_nobody_asked_after_it() -> None:
    with subprocess.Popen(["true"]) as ended:
        os.waitid(os.P_PID, ended.pid, os.WEXITED | os.WNOWAIT)

        assert not is_alive(ended.pid)
        assert is_alive(os.getpid())


def owner(process: int, host: str | None = None) -> str:
    return owner_name(process, "x") if host is None else f"{host}:{process}:x"


@pytest.mark.parametrize(
    ("signs", "life"),
    [
        (Signs(None, {}), Life(None, is_working=False)),
        (Signs(NOW - 5, {owner(os.getpid()): NOW - 5}), Life(NOW - 5, is_working=True)),
        (Signs(NOW - 5, {owner(GONE): NOW - 5}), Life(NOW - 5, is_working=False)),
        # A process that was stopped, or whose number another one has now.
        (Signs(NOW - 50, {owner(os.getpid()): NOW - 50}), Life(NOW - 50, is_working=False)),
        (Signs(NOW - 5, {owner(1, "other"): NOW - 5}), Life(NOW - 5, is_working=True)),
        (
            Signs(NOW - 50, {owner(1, "other"): NOW - 50, owner(GONE): NOW - 55}),
            Life(NOW - 50, is_working=False, free_at=NOW - 50 + LEASE),
        ),
        (Signs(NOW - 90, {owner(1, "other"): NOW - 90}), Life(NOW - 90, is_working=False)),
        (Signs(NOW - 5, {}), Life(NOW - 5, is_working=True)),
        (Signs(NOW - QUIET - 1, {}), Life(NOW - QUIET - 1, is_working=False)),
    ],
)
def test_a_run_is_worked_on_while_somebody_shows_signs_of_life(signs: Signs, life: Life) -> None:
    assert socket.gethostname() != "other"
    assert judged(signs, NOW) == life
