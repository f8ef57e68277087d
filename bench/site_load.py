"""The service under fifty requests a second while its site lexicon of 100,000 entries changes every second.

Two entries change together, and say in their reason which change they are of. So a report that mixed two
versions would hold two reasons, or another one than its version says.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from collections import Counter
from dataclasses import dataclass, field

from bench.load import answer, request_bytes
from bench.serving_speed import resident_megabytes, running

RATE = 50
"""Requests a second."""
CONNECTIONS = 10
CHANGE_EVERY = 1.0
CATEGORIES = ["expression", "sensitive", "privacy", "format"]
"""All but typing errors: with the language model one worker does not answer fifty a second."""
MARKS = ("测速专用词甲", "测速专用词乙")
AIM_LIVE, AIM_SLOWER = 2.0, 0.020
SERVER = (sys.executable, "-m", "uvicorn", "--no-access-log", "--log-level", "warning", "--factory")


@dataclass(slots=True)
class Record:
    """What happened."""

    times: list[float] = field(default_factory=list)
    """From when a request was due to its answer."""
    faults: Counter[str] = field(default_factory=Counter)
    changed: dict[int, float] = field(default_factory=dict)
    """For each version, when its change was answered."""
    live: dict[int, float] = field(default_factory=dict)
    """For each version, when a report first carried it."""
    texts: dict[int, str] = field(default_factory=dict)
    """For each version, the reason of the two entries."""


def import_bytes(reason: str) -> bytes:
    """Make the request that changes both entries at once."""
    rows = "".join(f"禁用,{mark},{reason},测速用\n" for mark in MARKS)
    body = f"类型,词语,理由,单位\n{rows}".encode()
    return (
        "POST /v1/site-lexicon/import?author=bench HTTP/1.1\r\nhost: 127.0.0.1\r\n"
        f"content-type: text/csv\r\ncontent-length: {len(body)}\r\n\r\n"
    ).encode() + body


async def _ask(port: int, requests: list[bytes], number: int, stop_at: float, record: Record) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    due = time.perf_counter() + number / RATE
    while due < stop_at:
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        try:
            writer.write(requests[number % len(requests)])
            report = json.loads(await answer(reader))
        except (RuntimeError, OSError, EOFError) as error:
            record.faults[f"error {type(error).__name__}"] += 1
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
        else:
            record.times.append(time.perf_counter() - due)
            _judge(report, record)
        number += CONNECTIONS
        due += CONNECTIONS / RATE
    writer.close()


def _judge(report: dict[str, object], record: Record) -> None:
    version = report["site_lexicon_version"]
    findings = report["findings"]
    assert isinstance(version, int)
    assert isinstance(findings, list)
    record.live.setdefault(version, time.perf_counter())
    said = {finding["message"] for finding in findings if finding["text"] in MARKS}
    if version and len(said) != 1:
        record.faults["mixed versions"] += 1
    for reason in said:
        if record.texts.setdefault(version, reason) != reason:
            record.faults["another reason than the version's"] += 1


async def _change(port: int, stop_at: float, record: Record) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    number = 0
    while time.perf_counter() < stop_at - AIM_LIVE:
        number += 1
        writer.write(import_bytes(f"第{number}次"))
        done = json.loads(await answer(reader))
        record.changed[done["site_lexicon_version"]] = time.perf_counter()
        await asyncio.sleep(CHANGE_EVERY)
    writer.close()


async def _run(port: int, requests: list[bytes], seconds: float, *, changing: bool) -> Record:
    record = Record()
    stop_at = time.perf_counter() + seconds
    asking = [_ask(port, requests, number, stop_at, record) for number in range(CONNECTIONS)]
    await asyncio.gather(*asking, *([_change(port, stop_at, record)] if changing else []))
    return record


def measure(url: str, texts: list[str], seconds: float) -> None:
    """Print the table, from this run."""
    drafts = [f"{MARKS[0]}。{text[:980]}\n{text[980:1960]}。{MARKS[1]}。" for text in texts]
    requests = [request_bytes(json.dumps({"text": one, "categories": CATEGORIES}).encode()) for one in drafts]
    os.environ["SHENJIAO_DATABASE_URL"] = url
    with running((*SERVER, "app.main:create_app")) as (port, process, started):
        asyncio.run(_begin(port))
        quiet = asyncio.run(_run(port, requests, seconds / 3, changing=False))
        busy = asyncio.run(_run(port, requests, seconds, changing=True))
        memory = resident_megabytes(process)
    print(
        f"service, one worker, {RATE} requests a second; start-up {started:.1f} s, resident {memory:.0f} MB"
    )
    for name, record in (("lexicon at rest", quiet), ("changing every second", busy)):
        times = sorted(record.times)
        p50, p99, most = (times[int(len(times) * share)] * 1000 for share in (0.5, 0.99, 1 - 1e-9))
        print(f"  {name:<24} p50 {p50:6.1f} ms   p99 {p99:6.1f} ms   most {most:6.1f} ms   of {len(times)}")
    late = [busy.live[version] - at for version, at in busy.changed.items() if version in busy.live]
    print(
        f"  {len(busy.changed)} changes, {len(late)} seen in reports, live after {max(late):.2f} s at most (aim ≤ {AIM_LIVE:g} s)"
    )
    slower = _share(busy, 0.99) - _share(quiet, 0.99)
    print(f"  p99 slower by {slower * 1000:.1f} ms (aim ≤ {AIM_SLOWER * 1000:g} ms)")
    faults = quiet.faults + busy.faults
    print(f"  errors and mixed versions: {dict(faults) or 'none'}")


async def _begin(port: int) -> None:
    """Put the two entries in, and wait until they are live."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(import_bytes("开始"))
    await answer(reader)
    writer.close()
    await asyncio.sleep(AIM_LIVE)


def _share(record: Record, share: float) -> float:
    return sorted(record.times)[int(len(record.times) * share)]
