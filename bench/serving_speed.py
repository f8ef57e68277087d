"""The service beside the same engine behind a bare ASGI callable; start-up and memory."""

from __future__ import annotations

import json
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.engine import Engine
from bench.load import load, request_bytes
from bench.speed_texts import DOCUMENT, documents

CONNECTIONS = 8
SECONDS = 4.0
ROUNDS = 3
REQUESTS = 200
FINDINGS = 7
AIM_P50_RATIO = 1.5
UVICORN = (sys.executable, "-m", "uvicorn", "--no-access-log", "--log-level", "warning")
SERVERS = {
    "service": (*UVICORN, "--factory", "app.main:create_app"),
    "bare ASGI": (*UVICORN, "bench.bare_asgi:app"),
}


@contextmanager
def running(command: tuple[str, ...]) -> Iterator[tuple[int, int, float]]:
    """Start a server; give its port, its process and the seconds until it answered."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    begun = time.perf_counter()
    server = subprocess.Popen([*command, "--port", str(port)])
    try:
        while True:
            try:
                urllib.request.urlopen(
                    urllib.request.Request(f"http://127.0.0.1:{port}/v1/proofread", b'{"text":""}', JSON)
                )
                break
            except (urllib.error.URLError, ConnectionError):
                if server.poll() is not None or time.perf_counter() - begun > 60:
                    raise
                time.sleep(0.01)
        yield port, server.pid, time.perf_counter() - begun
    finally:
        server.terminate()
        server.wait()


JSON = {"content-type": "application/json"}


def drafts(corpora: Path) -> list[str]:
    """Make drafts of 2,000 characters with seven findings, written into them from the rules' examples."""
    engine = Engine.load()
    hits = [
        rule.hits[0].replace("⟦", "").replace("⟧", "") + "\n"
        for rule in engine.rules.values()
        if rule.valid_from is None and rule.valid_to is None
    ]
    _, texts = documents(corpora, REQUESTS)
    made = []
    for number, text in enumerate(texts):
        faults = [hits[(number * FINDINGS + n) % len(hits)] for n in range(FINDINGS)]
        made.append(("".join(faults) + text)[:DOCUMENT])
    return made


def resident_megabytes(process: int | str) -> float:
    """Read the resident memory of a process."""
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("no VmRSS")


def children_of(process: int) -> list[int]:
    """Name the processes that one has started."""
    return list(map(int, Path(f"/proc/{process}/task/{process}/children").read_text().split()))


def descendants_of(process: int) -> list[int]:
    """Name the processes that one has started, and those that they have; none of one that has ended."""
    try:
        below = children_of(process)
    except OSError:
        return []
    return [*below, *(further for one in below for further in descendants_of(one))]


def measure(corpora: Path) -> None:
    """Print the table, from this run."""
    texts = drafts(corpora)
    engine = Engine.load()
    found = statistics.mean(len(engine.check(text).findings) for text in texts)
    requests = [request_bytes(json.dumps({"text": text}).encode()) for text in texts]
    rounds: dict[str, list[tuple[float, float, float]]] = {name: [] for name in SERVERS}
    starts, memory = [], 0.0
    for _ in range(ROUNDS):
        for name, command in SERVERS.items():
            with running(command) as (port, process, started):
                load(port, requests, CONNECTIONS, 0.5)
                times = sorted(load(port, requests, CONNECTIONS, SECONDS))
                rounds[name].append(
                    (times[len(times) // 2], times[int(len(times) * 0.99)], len(times) / SECONDS)
                )
                if name == "service":
                    starts.append(started)
                    memory = resident_megabytes(process)

    print(f"serving drafts of {DOCUMENT:,} characters with {found:.1f} findings, {CONNECTIONS} connections,")
    print(f"  one worker, medians of {ROUNDS} interleaved rounds of {SECONDS:g} s")
    medians = {
        name: [statistics.median(column) for column in zip(*runs, strict=True)]
        for name, runs in rounds.items()
    }
    for name, (p50, p99, rate) in medians.items():
        print(f"  {name:<10} p50 {p50 * 1000:6.2f} ms   p99 {p99 * 1000:6.2f} ms   {rate:7.0f} req/s")
    ratios = [a / b for a, b in zip(medians["service"], medians["bare ASGI"], strict=True)]
    print(
        f"  service / bare: p50 {ratios[0]:.2f} (aim ≤ {AIM_P50_RATIO:g})   p99 {ratios[1]:.2f}   "
        f"req/s {ratios[2]:.2f}"
    )
    print(f"start-up to first answer {statistics.median(starts):.2f} s, resident {memory:.0f} MB")
