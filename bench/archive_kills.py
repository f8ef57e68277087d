"""Killing what scans an archive at random moments: after all of it the results are those of a scan in peace.

`python -m bench.archive_kills --corpora FOLDER`. Workers, the supervisor and the PostgreSQL server are killed, and the disk is full
for a while; what was killed is started again, and the scan resumed.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from api_tests.postgresql import Server, serving
from app.command_options import FOUND, NOTHING_FOUND
from app.engine import Engine
from app.scan_export import FINDINGS_FILE, SUMMARY_FILE
from app.store.database import Database, DatabaseError
from app.store.scan_runs import RunState, ScanRuns
from app.store.scan_shards import ScanShards, process_of
from bench.archive_texts import articles
from bench.serving_speed import descendants_of

SHENJIAO = str(Path(sys.executable).with_name("shenjiao"))
SEED = 20261122
LONGEST_PAUSE = 1.5
"""Seconds between the progress that is waited for and the kill, at most."""
FULL_SECONDS = 2.0
"""For which the disk is full."""
PATIENCE = 300.0
RUN = 1
FOUND_ON = re.compile(rb'"first_found_on": "[-0-9]+"')
"""A scan that goes on past midnight finds on the day on which it began."""


class Blow(StrEnum):
    """What is done to a scan."""

    WORKER = "worker"
    SUPERVISOR = "supervisor"
    SERVER = "PostgreSQL server"
    DISK = "disk full"


@dataclass(slots=True)
class Disturbed:
    """A scan that is disturbed."""

    folder: Path
    url: str
    server: Server | None = None
    blows: Counter[Blow] = field(default_factory=Counter)
    chance: random.Random = field(default_factory=lambda: random.Random(SEED))
    _scan: subprocess.Popen[bytes] | None = None

    def scan(self, rows: Path, due: list[Blow]) -> bytes:
        """Scan a dataset amid blows; give the files of results."""
        database = Database(self.url)
        runs = ScanRuns(database)
        self._start(str(rows), "--site", "示例网")
        checked = 0
        for blow in due:
            checked = self._await_progress(runs, checked)
            time.sleep(self.chance.uniform(0, LONGEST_PAUSE))
            if self._is_done():
                break
            self._strike(blow, ScanShards(database))
            self.blows[blow] += 1
        self._await_end()
        for _ in range(self.blows[Blow.DISK]):
            if self._has_ended_well():
                break
            # A command that met a full disk at its very beginning or end says so, and is given again.
            self._start("resume", str(RUN))
            self._await_end()
        state = runs.get(RUN).state
        database.close()
        if state is not RunState.DONE or not self._has_ended_well():
            raise RuntimeError(f"the scan is {state.value}")
        return results(self.folder)

    def _await_end(self) -> None:
        give_up = time.monotonic() + PATIENCE
        while not self._is_done() and time.monotonic() < give_up:
            time.sleep(0.1)

    def _has_ended_well(self) -> bool:
        assert self._scan is not None
        return self._scan.poll() in {NOTHING_FOUND, FOUND}

    def _start(self, *what: str) -> None:
        environment = os.environ | {"SHENJIAO_DATABASE_URL": self.url}
        command = [SHENJIAO, "scan", *what, "--workers", "2", "--out", str(self.folder)]
        # The errors say why where it stops.
        self._scan = subprocess.Popen(
            command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def _is_done(self) -> bool:
        assert self._scan is not None
        return self._scan.poll() is not None

    def _await_progress(self, runs: ScanRuns, before: int) -> int:
        """Wait until more is checked than before, so that no two blows meet the same shard at its beginning."""
        give_up = time.monotonic() + PATIENCE
        while time.monotonic() < give_up and not self._is_done():
            with suppress(DatabaseError):
                if runs.listed() and (checked := runs.progress(RUN).checked) > before:
                    return checked
            time.sleep(0.05)
        return before

    def _strike(self, blow: Blow, shards: ScanShards) -> None:
        strikes: dict[Blow, Callable[[], None]] = {
            Blow.WORKER: lambda: self._kill_worker(shards),
            Blow.SUPERVISOR: self._kill_supervisor,
            Blow.SERVER: self._kill_server,
            Blow.DISK: self._fill_disk,
        }
        strikes[blow]()

    def _kill_worker(self, shards: ScanShards) -> None:
        owners = [process for owner in shards.owners(RUN) if (process := process_of(owner))]
        if owners:
            with suppress(ProcessLookupError):
                os.kill(self.chance.choice(owners), signal.SIGKILL)

    def _kill_supervisor(self) -> None:
        assert self._scan is not None
        self._scan.kill()
        self._scan.wait()
        self._start("resume", str(RUN))

    def _kill_server(self) -> None:
        assert self.server is not None
        self.server.kill()
        time.sleep(self.chance.uniform(0, LONGEST_PAUSE))
        self.server.start()

    def _fill_disk(self) -> None:
        """Let no process of the scan make a file any longer, as on a full disk; then lift it."""
        assert self._scan is not None
        processes = [self._scan.pid, *descendants_of(self._scan.pid)]
        self._limit(processes, 4096)
        time.sleep(FULL_SECONDS)
        self._limit(processes, resource.RLIM_INFINITY)

    def _limit(self, processes: list[int], size: int) -> None:
        for process in processes:
            with suppress(ProcessLookupError):
                resource.prlimit(process, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def results(folder: Path) -> bytes:
    """Give the files of results as one, without the day on which something was found."""
    return FOUND_ON.sub(b"", (folder / FINDINGS_FILE).read_bytes()) + (folder / SUMMARY_FILE).read_bytes()


def main() -> None:
    """Print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, default=Path("corpora"), help="folder of clean_*.txt.xz")
    parser.add_argument("--articles", type=int, default=6_000, help="size of the archive")
    parser.add_argument("--kills", type=int, default=20, help="half of them on each kind of database")
    chosen = parser.parse_args()
    half = chosen.kills // 2
    with tempfile.TemporaryDirectory(prefix="shenjiao-kills-") as made, serving() as server:
        folder, rows = Path(made), Path(made) / "articles.jsonl"
        drawn = articles(Engine.load(), chosen.corpora, chosen.articles, 300)
        rows.write_text("".join(f"{article.row}\n" for article in drawn), encoding="utf-8")
        peace = Disturbed(folder / "peace", f"sqlite:///{folder / 'peace.db'}").scan(rows, [])
        print(f"{chosen.articles:,} articles, {len(peace):,} bytes of results", flush=True)
        for url, which, kinds in (
            (f"sqlite:///{folder / 'scan.db'}", None, (Blow.WORKER, Blow.SUPERVISOR, Blow.DISK)),
            (server.new_database(), server, (Blow.WORKER, Blow.SUPERVISOR, Blow.SERVER)),
        ):
            disturbed = Disturbed(folder / url.partition(":")[0], url, which)
            due = [kinds[number % len(kinds)] for number in range(half)]
            disturbed.chance.shuffle(due)
            same = disturbed.scan(rows, due) == peace
            done = ", ".join(f"{blow.value} {number}" for blow, number in disturbed.blows.items())
            print(
                f"{url.partition(':')[0]}: {done}: {'the same results' if same else 'OTHER RESULTS'}",
                flush=True,
            )


if __name__ == "__main__":
    main()
