"""Speed of the personal data alone: on a long list, and on clean prose beside presidio-analyzer in the same run."""

from __future__ import annotations

import gc
import json
import random
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from app.engine import Engine
from app.formats.kernel.limits import Limits
from app.long_check import PRIVACY, LongCheck
from app.long_texts import LongText
from app.site.layer import NO_LAYER
from bench.privacy_numbers import Numbers
from bench.privacy_texts import SEED
from bench.speed_texts import DOCUMENT, documents

DOCUMENTS = 500
ROUNDS = 7
PEER = Path(__file__).parent / "peers" / "presidio_speed.py"
AIM_RATIO = 3.0
MEGABYTE = 1e6
FORGET_MOST = "5"
"""Written to clear_refs it lets VmHWM begin anew (proc(5))."""


def long_list(rows: int) -> str:
    """Make a list of persons, a row about fifty characters."""
    numbers = Numbers(random.Random(SEED))
    lines = (
        f"{row}\t{numbers.name()}\t{numbers.identity()}\t{numbers.mobile()}\t{numbers.digits(4)}"
        for row in range(1, rows + 1)
    )
    return "\n".join(("清河县惠民补贴发放名单", "序号\t姓名\t身份证号\t手机号码\t金额", *lines))


def memory(kind: str) -> int:
    """Memory of the process in megabytes: VmRSS what it has, VmHWM the most since it was last forgotten."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition(f"{kind}:")[2].split()[0]) // 1024


def measured(work: Callable[[], int], what: str, characters: int) -> str:
    """Do some work on a text, and tell its time and the most memory it took."""
    gc.collect()
    Path("/proc/self/clear_refs").write_text(FORGET_MOST, encoding="ascii")
    before = memory("VmRSS")
    begun = time.thread_time()
    found = work()
    spent = time.thread_time() - begun
    return (
        f"  {what}: {found:,} lines or findings, {spent:.1f} s, {characters / spent / 1e6:.2f} Mch/s, "
        f"memory {before} MB and at most {memory('VmHWM') - before} more"
    )


def on_a_list(engine: Engine, rows: int) -> Iterator[str]:
    """Scan a list in pieces as the command does, one ten times as long, and that in one piece as the service does."""
    for number in (rows // 10, rows):
        text = long_list(number)
        yield f"list of {number:,} rows, {len(text.encode()) / MEGABYTE:.1f} MB"
        with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            yield measured(partial(_lines_in_pieces, engine, Path(file.name)), "in pieces", len(text))
    yield measured(lambda: len(engine.check(text, categories=PRIVACY).findings), "in one piece", len(text))


def _lines_in_pieces(engine: Engine, path: Path) -> int:
    check = LongCheck(engine, NO_LAYER, None, hints=False)
    return sum(1 for _ in check.lines(LongText.of(path, Limits()), "text"))


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
