"""A synthetic archive scanned by the real command: what is found, how fast, and how much memory that takes.

`python -m bench.archive --corpora FOLDER`. Every planted fault that a single check of the article finds must be in
the results of the scan, once; so must everything else that the single check finds in these articles.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from app.engine import Engine
from app.fingerprint import fingerprints
from app.store.database import Database
from app.store.scan_reading import ScanReading
from app.store.scan_runs import ScanRuns
from bench.archive_texts import articles
from bench.serving_speed import descendants_of

SHENJIAO = str(Path(sys.executable).with_name("shenjiao"))
SAMPLE_SECONDS = 0.5
Expected = dict[str, Counter[str]]
"""Of each article with a planted fault, how often each fingerprint is found by a single check."""


@dataclass(slots=True)
class Memory:
    """The most that was in use, in megabytes; what processes share is counted once (PSS)."""

    supervisor: float = 0.0
    worker: float = 0.0
    """Of the process that had the most of its own."""
    together: float = 0.0


def main() -> None:
    """Print the figures, from this run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, default=Path("corpora"), help="folder of clean_*.txt.xz")
    parser.add_argument("--articles", type=int, nargs="+", default=[20_000], help="sizes of the archive")
    parser.add_argument("--length", type=int, default=300, help="code points of an article, about")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2], help="numbers of processes")
    parser.add_argument("--database", help="its address; an SQLite file by default")
    chosen = parser.parse_args()
    engine = Engine.load()
    print(
        f"{'articles':>9} {'workers':>7} {'plan s':>7} {'scan s':>7} {'a second':>9} {'MB: supervisor':>15} {'worker':>7} {'all':>5}"
    )
    for number in chosen.articles:
        with tempfile.TemporaryDirectory(prefix="shenjiao-archive-") as made:
            folder = Path(made)
            expected = write(engine, chosen.corpora, folder / "articles.jsonl", number, chosen.length)
            for workers in chosen.workers:
                url = chosen.database or f"sqlite:///{folder / f'{workers}.db'}"
                measure(folder, url, number, workers, expected)


def write(engine: Engine, corpora: Path, path: Path, number: int, length: int) -> Expected:
    """Write the archive, and check the articles with a planted fault one by one."""
    expected: Expected = {}
    with path.open("w", encoding="utf-8") as rows:
        for article in articles(engine, corpora, number, length):
            rows.write(f"{article.row}\n")
            if article.planted:
                text = f"{article.title}\n{article.text}"
                report = engine.check(text, published_on=article.published_on)
                expected[article.address] = Counter(fingerprints(report))
    return expected


def measure(folder: Path, url: str, number: int, workers: int, expected: Expected) -> None:
    """Scan the archive, and compare."""
    command = [
        SHENJIAO,
        "scan",
        str(folder / "articles.jsonl"),
        "--site",
        f"{workers}",
        "--workers",
        f"{workers}",
    ]
    environment = os.environ | {"SHENJIAO_DATABASE_URL": url}
    database = Database(url)
    begun = time.monotonic()
    scan = subprocess.Popen(
        [*command, "--out", str(folder / "out")],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    memory = Memory()
    watching = threading.Thread(target=_watch, args=(scan, memory))
    watching.start()
    planned, checked_from, checked_to = _follow(database, scan)
    watching.join()
    runs = ScanRuns(database)
    run = runs.listed(f"{workers}")[0]
    progress = runs.progress(run.number)
    missing, twice, other = compare(database, run.number, expected)
    database.close()
    seconds = checked_to - checked_from
    print(
        f"{number:>9,} {workers:>7} {planned - begun:>7.1f} {seconds:>7.1f} {number / seconds:>9.1f}"
        f" {memory.supervisor:>15.0f} {memory.worker:>7.0f} {memory.together:>5.0f}"
    )
    found = sum(map(Counter.total, expected.values()))
    print(
        f"  state {run.state.value}, {progress.checked:,} checked; {len(expected):,} articles with a planted fault,"
        f" {found:,} findings by single checks: {missing} missing, {twice} twice, {other} other",
        flush=True,
    )


def compare(database: Database, run: int, expected: Expected) -> tuple[int, int, int]:
    """Count what a single check finds and the scan does not, what is there twice, and what only the scan has found."""
    missing = twice = other = 0
    left = dict(expected)
    for document, standings in ScanReading(database).findings(run):
        if (due := left.pop(document.name, None)) is not None:
            there = Counter(one.finding.fingerprint for one in standings)
            missing += (due - there).total()
            twice += sum(number > due[name] > 0 for name, number in there.items())
            other += len(there.keys() - due.keys())
    return missing + sum(map(Counter.total, left.values())), twice, other


def _follow(database: Database, scan: subprocess.Popen[bytes]) -> tuple[float, float, float]:
    """Look when the plan was whole, and from when to when documents were checked."""
    runs, planned, begun = ScanRuns(database), 0.0, 0.0
    while scan.poll() is None:
        time.sleep(SAMPLE_SECONDS)
        if not database.exists or not (listed := runs.listed(limit=1)):
            continue
        progress = runs.progress(listed[0].number)
        now = time.monotonic()
        if progress.plan_is_whole and not planned:
            planned = now
        if progress.checked and not begun:
            begun = now - SAMPLE_SECONDS
        if not progress.shards_left:
            scan.wait()
            return planned, begun, now
    return planned, begun, time.monotonic()


def _watch(scan: subprocess.Popen[bytes], memory: Memory) -> None:
    """Remember the most memory that the processes of a scan had."""
    while scan.poll() is None:
        below = descendants_of(scan.pid)
        shares = {process: _megabytes(process, "Pss") for process in (scan.pid, *below)}
        memory.supervisor = max(memory.supervisor, shares[scan.pid])
        memory.worker = max([memory.worker, *(_megabytes(process, "Private_Dirty") for process in below[2:])])
        memory.together = max(memory.together, sum(shares.values()))
        time.sleep(SAMPLE_SECONDS)


def _megabytes(process: int, kind: str) -> float:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith(f"{kind}:")), 0.0)


if __name__ == "__main__":
    main()
