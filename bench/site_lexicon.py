"""The site lexicon at 100,000 entries: import, load, change, memory, speed and service: `python -m bench.site_lexicon`."""

from __future__ import annotations

import argparse
import gc
import statistics
import tempfile
import threading
import time
from pathlib import Path
from typing import Self

from app.engine import Engine
from app.live_layer import LiveLayer
from app.site.entry import Kind, Level, Signature, SiteEntry
from app.site.layer import NO_LAYER
from app.store.database import Database
from app.store.entry_store import EntryStore
from app.store.writing import Step
from bench import site_load
from bench.engine_speed import speed
from bench.serving_speed import resident_megabytes
from bench.speed_texts import DOCUMENT, documents, lexicon_words
from detectors.kernel.finding import Category
from detectors.typos.in_context import InContext

ENTRIES = 100_000
DOCUMENTS = 500
ROUNDS = 5
AIM_SLOWER = 0.30
TICK = 0.001


def main() -> None:
    """Measure the layer, then the service."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, default=Path("corpora"), help="folder of clean_*.txt.xz")
    parser.add_argument("--seconds", type=float, default=30.0, help="length of the load test")
    options = parser.parse_args()
    kind, texts = documents(options.corpora, DOCUMENTS)
    words = lexicon_words(ENTRIES, texts)
    with tempfile.TemporaryDirectory(prefix="shenjiao-bench-") as folder:
        url = f"sqlite:///{folder}/site.db"
        _measure_layer(url, kind, texts, words)
        site_load.measure(url, texts, options.seconds)


def entry(text: str, reason: str = "测速用") -> SiteEntry:
    """Forbid a word."""
    return SiteEntry(Kind.FORBID, text, reason, "测速用", category=Category.SENSITIVE, level=Level.WARNING)


def _measure_layer(url: str, kind: str, texts: list[str], words: list[str]) -> None:
    shipped = Engine.load()
    # The language model takes so long that beside it a layer would cost nothing.
    patterns = [one for one in shipped.pattern_detectors if not isinstance(one, InContext)]
    engine = Engine(patterns, shipped.term_detectors, shipped.lexicon_version)
    store = EntryStore(Database(url))
    begun = time.perf_counter()
    store.rewrite(lambda _: [Step(None, entry(word)) for word in words], Signature("测速"))
    print(f"site lexicon, {len(words):,} entries in SQLite")
    print(f"  written in one transaction   {time.perf_counter() - begun:7.2f} s")

    before = resident_megabytes_here()
    live = LiveLayer(store)
    # The default: how long a thread may keep the interpreter to itself while others wait.
    with LongestStall() as stall:
        begun = time.perf_counter()
        layer = live.refresh()
        print(f"  read and built               {time.perf_counter() - begun:7.2f} s, longest stall {stall()}")
    print(f"  memory of the layer          {resident_megabytes_here() - before:7.0f} MB")
    times = []
    with LongestStall() as stall:
        for number in range(1, 21):
            store.change(number, entry(words[number - 1], f"第{number}改"), Signature("测速"), seen=1)
            begun = time.perf_counter()
            layer = live.refresh()
            times.append(time.perf_counter() - begun)
        print(
            f"  one change taken in          {statistics.median(times) * 1000:7.1f} ms, longest stall {stall()}"
        )

    gc.collect()
    gc.freeze()
    contenders = {"one layer": NO_LAYER, "two layers": layer}
    rounds: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(ROUNDS):
        for name, chosen in contenders.items():
            rounds[name].append(speed(lambda text, chosen=chosen: engine.check(text, layer=chosen), texts))  # type: ignore[misc]
    medians = {name: statistics.median(speeds) for name, speeds in rounds.items()}
    found = [len(engine.check(text, layer=layer).findings) for text in texts]
    print(f"engine without the language model, one core, medians of {ROUNDS} interleaved rounds")
    print(f"  texts: {len(texts)} of {DOCUMENT:,} characters, {kind}; findings {statistics.mean(found):.1f}")
    for name, median in medians.items():
        print(f"  {name:<28} {median:7.2f} Mch/s")
    slower = medians["one layer"] / medians["two layers"] - 1
    print(f"  two layers cost              {slower:7.1%}   (aim ≤ {AIM_SLOWER:.0%})")


def resident_megabytes_here() -> float:
    """Read the resident memory of this process, after what is garbage has gone."""
    gc.collect()
    return resident_megabytes("self")


class LongestStall:
    """How long another thread has to wait for the interpreter: what a request would feel."""

    def __enter__(self) -> Self:
        self._longest, self._over = 0.0, threading.Event()
        self._ticker = threading.Thread(target=self._tick)
        self._ticker.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._ticker.join()

    def __call__(self) -> str:
        """Tell the longest wait so far."""
        """Tell the longest wait so far."""
        return f"{self._longest * 1000:.1f} ms"

    def _tick(self) -> None:
        while not self._over.is_set():
            begun = time.perf_counter()
            time.sleep(TICK)
            self._longest = max(self._longest, time.perf_counter() - begun - TICK)


if __name__ == "__main__":
    main()
