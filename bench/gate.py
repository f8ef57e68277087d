"""The gate under load, and its records when the server is killed.

`python -m bench.gate`. Mixed traffic on loopback: reviews, decisions, verifications, proofreading, reads, each request
at the time when it is due. First the highest rate is looked for at which the 99th percentile stays within 200 ms,
then the highest that can be kept up for some minutes. Then the server is killed ten times amid writes: whatever was answered
must be there, and the chain of records must hold.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import tempfile
from pathlib import Path

from app.store.audit import Audit
from app.store.database import Database
from bench.gate_kills import keep_killing
from bench.gate_traffic import Measured, run
from bench.serving_speed import UVICORN, children_of, resident_megabytes, running
from bench.speed_texts import documents

MOST_MS = 200.0
STEPS = (5, 10, 15, 20, 25, 30, 40, 50, 60, 80, 100, 130, 160, 200)
"""Requests a second."""
DOCUMENTS = 200
LENGTHS = (300, 800, 2000)
"""Code points of the drafts, in turn: a notice, an article, a long article."""


def main() -> None:
    """Print the figures, from this run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, default=Path("corpora"), help="folder of clean_*.txt.xz")
    parser.add_argument("--minutes", type=float, default=5.0, help="length of the long run")
    parser.add_argument("--step", type=float, default=10.0, help="seconds of each step of the search")
    parser.add_argument("--workers", type=int, default=1, help="processes that serve the load")
    parser.add_argument("--kills", type=int, default=10, help="how often the server is killed")
    parser.add_argument("--database", help="its address; an SQLite file by default")
    options = parser.parse_args()
    kind, texts = documents(options.corpora, DOCUMENTS)
    drafts = [text[: LENGTHS[number % len(LENGTHS)]] for number, text in enumerate(texts)]
    with tempfile.TemporaryDirectory(prefix="shenjiao-bench-") as folder:
        os.environ["SHENJIAO_DATABASE_URL"] = url = options.database or f"sqlite:///{folder}/site.db"
        print(f"texts: {kind}, {LENGTHS} code points; {options.workers} worker(s)")
        _load(drafts, options.step, options.minutes, options.workers)
        _look_through(url)
        if options.kills:
            killed = keep_killing(url, drafts, options.kills)
            print(f"killed {killed.kills} times: {killed.answered} writes answered, {killed.lost} lost")
            print(f"  {killed.repeated} of unknown outcome sent again: {killed.twice} done twice")
            _look_through(url)


def _load(drafts: list[str], step: float, minutes: float, workers: int) -> None:
    server = (*UVICORN, "--workers", str(workers), "--factory", "app.main:create_app")
    with running(server) as (port, process, started):
        asyncio.run(run(port, drafts, STEPS[0], step))
        held: list[int] = []
        for rate in STEPS:
            measured = asyncio.run(run(port, drafts, rate, step))
            _show(f"{rate}/s for {step:g} s", measured)
            if measured.p99 > MOST_MS or measured.faults:
                break
            held.append(rate)
        # What holds for some seconds at the edge does not hold for minutes: a queue builds up.
        for rate in reversed(held):
            measured = asyncio.run(run(port, drafts, rate, minutes * 60))
            _show(f"{rate}/s for {minutes:g} min", measured)
            if measured.p99 <= MOST_MS and not measured.faults:
                for name, times in sorted(measured.by_kind().items()):
                    print(f"    {name:<10} {len(times):6} p50 {times[len(times) // 2]:6.1f} ms")
                break
        else:
            print("  no rate keeps the 99th percentile")
        resident = sum(map(resident_megabytes, (process, *children_of(process))))
        print(f"  start-up {started:.1f} s, resident {resident:.0f} MB")


def _show(name: str, measured: Measured) -> None:
    shares = "   ".join(f"p{share:g} {measured.share(share / 100):6.1f} ms" for share in (50, 95, 99))
    print(f"  {name:<18} {shares}   of {len(measured.times)}   faults {dict(measured.faults) or 'none'}")


def _look_through(url: str) -> None:
    database = Database(url)
    head, breaks = Audit(database).breaks({})
    database.close()
    print(f"  records: {head.number if head else 0}, breaks: {[str(one) for one in breaks] or 'none'}")


if __name__ == "__main__":
    main()
