"""Scans as a site runs them: again and again, by several processes, which may die."""

from __future__ import annotations

import json
import os
import signal
import threading
import time
from pathlib import Path

from sqlalchemy import select, update

from api_tests.gate_kit import CLEAN, DRAFT, ERROR
from api_tests.held_file import HeldFile
from api_tests.scan_kit import begun, documents, exported, scanned, standings, statuses, worked_on
from api_tests.site_kit import SIGNED, forbid
from app.archive.comparison import Status
from app.archive.result import Outcome
from app.store.database import Database
from app.store.entry_store import EntryStore
from app.store.scan_decisions import ScanDecision, decide
from app.store.scan_runs import Run, RunState
from app.store.scan_shards import CRASHED, ScanShards, process_of
from app.store.scan_tables import DOCUMENTS, RUNS

LEAK = "受助人王小明，身份证号11010519491231002X。"
PATIENCE = 60.0


def write(folder: Path, **texts: str) -> Path:
    """Make an archive of texts."""
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def test_a_second_run_tells_what_is_mended_what_remains_and_what_is_new(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    """Half is mended, one fault of two side by side, one file is gone, one has become unreadable."""
    many = {f"many{number}": f"第{number}件。{DRAFT}" for number in range(10)}
    site = write(
        tmp_path / "site",
        twice=f"{ERROR}，{ERROR}，已完成。",
        gone=DRAFT,
        locked=DRAFT,
        same=DRAFT,
        clean=CLEAN,
        **many,
    )
    first = scanned(database, database_url, site)
    assert statuses(database, first) == {Status.NEW: 15}

    write(
        site,
        twice=f"截至目前，{ERROR}，已完成。",
        clean=DRAFT,
        **{f"many{number}": CLEAN for number in range(5)},
    )
    (site / "gone.txt").unlink()
    (site / "locked.txt").write_bytes(b"\xff\xff")
    second = scanned(database, database_url, site, workers=2)

    assert second.previous == first.number
    told = {(name, one.status, one.note) for name, one in standings(database, second)}
    assert statuses(database, second) == {
        Status.NEW: 1,
        Status.REMAINING: 7,
        Status.MENDED: 6,
        Status.UNVERIFIED: 2,
    }
    assert ("clean.txt", Status.NEW, "") in told
    assert {("twice.txt", Status.MENDED, ""), ("twice.txt", Status.REMAINING, "")} < told
    assert ("locked.txt", Status.UNVERIFIED, "本次未能读取") in told
    assert ("gone.txt", Status.UNVERIFIED, "本次来源中没有这篇") in told
    outcomes = {document.name: document.outcome for document in documents(database, second)}
    assert (outcomes["gone.txt"], outcomes["locked.txt"]) == (Outcome.GONE, Outcome.FAILED)

    (site / "locked.txt").write_text(CLEAN, encoding="utf-8")
    third = scanned(database, database_url, site)
    assert statuses(database, third) == {Status.REMAINING: 8, Status.MENDED: 1, Status.UNVERIFIED: 1}


def test_a_false_alarm_is_one_in_later_runs_until_it_is_taken_back(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    site = write(tmp_path / "site", a=DRAFT, b=DRAFT)
    first = scanned(database, database_url, site)
    (name, one), _ = standings(database, first)
    said = ScanDecision(name, one.finding.fingerprint, False, "赵小明", "引用原文。")

    decide(
        database, first.number, [ScanDecision(name, one.finding.fingerprint, True, "赵小明", "引用原文。")]
    )
    assert statuses(database, first) == {Status.FALSE_ALARM: 1, Status.NEW: 1}
    second = scanned(database, database_url, site)
    assert [(name, one.status) for name, one in standings(database, second)] == [
        ("a.txt", Status.FALSE_ALARM),
        ("b.txt", Status.REMAINING),
    ]

    decide(database, second.number, [said])
    third = scanned(database, database_url, site)
    assert statuses(database, third) == {Status.REMAINING: 2}


def test_a_run_gives_the_same_files_whoever_works_on_it(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    rows = tmp_path / "rows.jsonl"
    with rows.open("w", encoding="utf-8") as file:
        for number in range(120):
            row = {
                "网址": f"https://a.gov.cn/{number}",
                "标题": LEAK if number == 7 else "通知",
                "正文": f"{number}号。{DRAFT}",
            }
            file.write(f"{json.dumps(row, ensure_ascii=False)}\n")

    alone, together = (scanned(database, database_url, rows, workers=workers) for workers in (1, 2))

    findings, summary = exported(database, alone, tmp_path / "alone")
    assert len(findings.splitlines()) >= 120
    assert exported(database, together, tmp_path / "together") == (
        findings.replace(b'"status": "new"', b'"status": "remaining"'),
        exported(database, together, tmp_path / "again")[1],
    )
    assert b"19491231" not in findings + summary
    with database.reading() as connection:
        titles = list(connection.scalars(select(DOCUMENTS.c.title)))
    assert len(titles) == 240
    assert not any("19491231" in title for title in titles)


def test_a_document_that_kills_two_processes_is_a_failure_and_the_others_are_checked(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    """Whoever opens a file that is held is known to have it in hand, and is killed."""
    write(tmp_path, a=DRAFT, c=CLEAN)
    (tmp_path / "list.csv").write_text("文件\na.txt\nb.txt\nc.txt\n", encoding="utf-8")
    run = begun(database, tmp_path / "list.csv")
    killed: list[int] = []

    def kill_readers() -> None:
        give_up = time.monotonic() + PATIENCE
        while len(killed) < 2 and time.monotonic() < give_up:
            time.sleep(0.02)
            if held.is_awaited:
                fresh = [process_of(owner) or 0 for owner in ScanShards(database).owners(run.number)]
                for process in set(fresh) - set(killed):
                    os.kill(process, signal.SIGKILL)
                    killed.append(process)
                held.hold()

    with HeldFile(tmp_path / "b.txt") as held:
        killer = threading.Thread(target=kill_readers)
        killer.start()
        done = worked_on(database, database_url, run.number)
        killer.join()

    assert len(set(killed)) == 2
    assert done.state is RunState.DONE
    assert [(one.name, one.outcome, one.reason) for one in documents(database, run)] == [
        ("a.txt", Outcome.BLOCK, ""),
        ("b.txt", Outcome.FAILED, CRASHED),
        ("c.txt", Outcome.PASS, ""),
    ]


def test_a_table_that_is_gone_stops_the_run_with_a_note_and_it_goes_on_when_it_is_back(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    rows = tmp_path / "rows.csv"
    rows.write_text(f"网址,正文\nhttps://a.gov.cn/1,{DRAFT}\n", encoding="utf-8")
    run = begun(database, rows)
    rows.rename(tmp_path / "away.csv")

    stopped = worked_on(database, database_url, run.number)
    assert (stopped.state, "打不开来源文件" in stopped.note) == (RunState.STOPPED, True)

    (tmp_path / "away.csv").rename(rows)
    assert worked_on(database, database_url, run.number).state is RunState.DONE
    assert statuses(database, run) == {Status.NEW: 1}


def test_a_run_that_began_with_another_lexicon_is_not_mixed_with_this_one(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    run = begun(database, write(tmp_path / "site", a=DRAFT))
    with database.writing() as connection:
        connection.execute(update(RUNS).values(lexicon_version="2020.01.01-000000000000"))

    assert "词库在扫描期间改动过" in worked_on(database, database_url, run.number).note


def test_a_run_goes_by_the_site_lexicon_of_its_beginning_and_the_next_one_by_the_new_one(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    lexicon, archive = EntryStore(database), write(tmp_path / "site", a="本县红头样稿已下发，市政数局参加。")
    lexicon.add(forbid("红头样稿"), SIGNED)
    waiting = begun(database, archive)
    lexicon.retire(1, SIGNED, seen=1)
    lexicon.add(forbid("市政数局"), SIGNED)

    assert words(database, worked_on(database, database_url, waiting.number)) == ["红头样稿"]
    assert words(database, scanned(database, database_url, archive)) == ["市政数局"]


def test_a_run_whose_site_lexicon_is_not_to_be_had_stops_with_a_note(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    run = begun(database, write(tmp_path / "site", a=DRAFT))
    with database.writing() as connection:
        connection.execute(update(RUNS).values(site_lexicon_version="7"))

    assert "找不到扫描开始时的本站词库" in worked_on(database, database_url, run.number).note


def words(database: Database, run: Run) -> list[str]:
    """What a run has found for the first time; what a retired entry had found, it cannot verify."""
    return [one.finding.text for _, one in standings(database, run) if one.status is Status.NEW]
