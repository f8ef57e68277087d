"""Speed of the personal data alone: on a long list, and on clean prose beside presidio-analyzer in the same run."""

from __future__ import annotations

import json
import random
import resource
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from app.engine import Engine
from bench.privacy_numbers import Numbers
from bench.privacy_texts import SEED
from bench.speed_texts import DOCUMENT, documents
from detectors.kernel.finding import Category

PRIVACY = frozenset({Category.PRIVACY})
DOCUMENTS = 500
ROUNDS = 7
PEER = Path(__file__).parent / "peers" / "presidio_speed.py"
AIM_RATIO = 3.0
MEGABYTE = 1e6


def long_list(rows: int) -> str:
    """Make a list of persons, a row about fifty characters."""
    numbers = Numbers(random.Random(SEED))
    lines = (
        f"{row}\t{numbers.name()}\t{numbers.identity()}\t{numbers.mobile()}\t{numbers.digits(4)}"
        for row in range(1, rows + 1)
    )
    return "\n".join(("清河县惠民补贴发放名单", "序号\t姓名\t身份证号\t手机号码\t金额", *lines))


def most_memory() -> int:
    """The most memory that the process ever had, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def on_a_list(engine: Engine, rows: int) -> Iterator[str]:
    """Scan one long list in one piece."""
    text = long_list(rows)
    before = most_memory()
    begun = time.thread_time()
    found = engine.check(text, categories=PRIVACY).findings
    spent = time.thread_time() - begun
    yield (
        f"list of {rows:,} rows, {len(text.encode()) / MEGABYTE:.1f} MB: {len(found):,} findings, {spent:.1f} s, "
        f"{len(text) / spent / 1e6:.2f} Mch/s, most memory {before} → {most_memory()} MB"
    )


def beside_peer(engine: Engine, corpora: Path, peer: Path | None) -> Iterator[str]:
    """Read clean prose, in rounds that change with those of the peer, if its interpreter is named."""
    kind, texts = documents(corpora, DOCUMENTS)
    characters = sum(map(len, texts))
    rounds: dict[str, list[float]] = {"personal data": [], "presidio": []}

    def own() -> float:
        begun = time.thread_time()
        for text in texts:
            engine.check(text, categories=PRIVACY)
        return time.thread_time() - begun

    own()
    if peer is None:
        rounds["personal data"] = [own() for _ in range(ROUNDS)]
    else:
        with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
            json.dump(texts, file)
            file.flush()
            with subprocess.Popen(
                [peer, PEER, file.name], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
            ) as other:
                assert other.stdin
                assert other.stdout
                other.stdout.readline()
                for _ in range(ROUNDS):
                    rounds["personal data"].append(own())
                    print("go", file=other.stdin, flush=True)
                    rounds["presidio"].append(float(other.stdout.readline()))
                other.stdin.close()
    yield f"clean prose: {len(texts)} of {DOCUMENT:,} characters, {kind}; medians of {ROUNDS} interleaved rounds"
    speeds = {name: characters / statistics.median(times) / 1e6 for name, times in rounds.items() if times}
    for name, speed in speeds.items():
        yield f"  {name:<16} {speed:7.2f} Mch/s"
    if peer is not None:
        yield f"  ratio {speeds['personal data'] / speeds['presidio']:.2f}   (aim ≥ {AIM_RATIO:g})"
