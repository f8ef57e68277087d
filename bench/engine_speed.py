"""Speed of the engine without a typo model, beside the raw scan and beside the obvious design.

Once with listed forms and patterns alone, and once with the near misses of right forms, which cost most.
"""

from __future__ import annotations

import gc
import logging
import re
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import ahocorasick
import jieba

from app.engine import Engine
from bench.speed_texts import DOCUMENT, as_entries, documents, lexicon_words
from detectors.kernel.term_list import TermList
from detectors.kernel.text import Text
from detectors.typos.idiom import MisspeltIdioms
from detectors.typos.in_context import InContext

WORDS = 60_000
DOCUMENTS = 1_000
ROUNDS = 5
OBVIOUS_DOCUMENTS = 100
MODEL_DOCUMENTS = 100
"""The obvious design is too slow for all of them; its speed is per character all the same."""
AIM_RATIO, AIM_SPEED, AIM_WITH_RIGHT_FORMS = 10.0, 4.8, 0.7
FIVE_PATTERNS = [
    re.compile(pattern, re.ASCII)
    for pattern in (
        r"(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)",
        r"(?<!\d)1[3-9]\d{9}(?!\d)",
        r"(?<!\d)0\d{2,3}-?\d{7,8}(?!\d)",
        r"(?<!\d)\d{16,19}(?!\d)",
        r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
    )
]


def engine_with(shipped: Engine, words: list[str], *, right_forms: bool) -> Engine:
    """Build the shipped engine, its lists of wrong forms replaced by bare words.

    Args:
        shipped: the engine as shipped.
        words: the bare words.
        right_forms: whether near misses of right forms, sets and names are looked for, too.
    """
    others = [detector for detector in shipped.term_detectors if not isinstance(detector, TermList)]
    terms = [TermList(as_entries(words)), *(others if right_forms else ())]
    patterns = [one for one in shipped.pattern_detectors if not isinstance(one, (InContext, MisspeltIdioms))]
    return Engine(patterns, terms, "bench")


def language_model(shipped: Engine) -> Callable[[str], object]:
    """The detector that reads the whole text with the language model, alone, without hints as is the rule."""
    (detector,) = [one for one in shipped.pattern_detectors if isinstance(one, InContext)]
    return lambda text: list(detector.without_hints.find(Text.of(text)))


def raw_scan(words: list[str]) -> Callable[[str], object]:
    """The automaton alone: every hit enumerated, nothing judged."""
    automaton = ahocorasick.Automaton()
    for word in words:
        automaton.add_word(word.encode().decode("latin-1"), word)
    automaton.make_automaton()
    return lambda text: list(automaton.iter(text.encode().decode("latin-1")))


def obvious_design(words: list[str]) -> Callable[[str], object]:
    """What one writes first: str keys, the whole text segmented, five patterns over everything."""
    automaton = ahocorasick.Automaton()
    for word in words:
        automaton.add_word(word, word)
    automaton.make_automaton()
    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()

    def check(text: str) -> list[tuple[int, int]]:
        edges, position = {0}, 0
        for word in jieba.cut(text):
            position += len(word)
            edges.add(position)
        hits = ((last + 1 - len(word), last + 1) for last, word in automaton.iter(text))
        found = [hit for hit in hits if hit[0] in edges and hit[1] in edges]
        for pattern in FIVE_PATTERNS:
            found += [match.span() for match in pattern.finditer(text)]
        return found

    return check


def speed(check: Callable[[str], object], texts: list[str]) -> float:
    """Measure million characters a second of one core's time."""
    begun = time.thread_time()
    for text in texts:
        check(text)
    return sum(map(len, texts)) / (time.thread_time() - begun) / 1e6


def measure(corpora: Path) -> None:
    """Print the table, from this run."""
    kind, texts = documents(corpora, DOCUMENTS)
    words = lexicon_words(WORDS, texts)
    shipped = Engine.load()
    listed = engine_with(shipped, words, right_forms=False)
    findings = sum(len(listed.check(text).findings) for text in texts)
    contenders: dict[str, tuple[Callable[[str], object], list[str]]] = {
        "engine": (listed.check, texts),
        "with right forms": (engine_with(shipped, words, right_forms=True).check, texts),
        "raw scan, pyahocorasick": (raw_scan(words), texts),
        "language model": (language_model(shipped), texts[:MODEL_DOCUMENTS]),
        "obvious design": (obvious_design(words), texts[:OBVIOUS_DOCUMENTS]),
    }
    # What has been loaded stays: the collector need not look at it again and again.
    gc.collect()
    gc.freeze()
    rounds: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(ROUNDS):
        for name, (check, chosen) in contenders.items():
            rounds[name].append(speed(check, chosen))
    medians = {name: statistics.median(speeds) for name, speeds in rounds.items()}

    print(f"engine, {len(words):,} words, one core, medians of {ROUNDS} interleaved rounds")
    print(f"  texts: {len(texts)} of {DOCUMENT:,} characters, {kind}")
    print(f"  findings per text: {findings / len(texts):.1f}")
    for name, median in medians.items():
        print(f"  {name:<24} {median:7.2f} Mch/s")
    own = medians["engine"]
    print(f"  engine / raw scan    {own / medians['raw scan, pyahocorasick']:7.2f}")
    print(f"  engine / obvious     {own / medians['obvious design']:7.2f}   (aim ≥ {AIM_RATIO:g})")
    print(f"  aim ≥ {AIM_SPEED} Mch/s: {'reached' if own >= AIM_SPEED else 'missed'}")
    slowed = medians["with right forms"] / own
    print(f"  with right forms / engine {slowed:.2f}   (aim ≥ {AIM_WITH_RIGHT_FORMS:g})")
