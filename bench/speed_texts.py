"""Texts and words for the speed benches: real where a corpus is at hand, else drawn from a dictionary."""

from __future__ import annotations

import lzma
import random
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import ahocorasick
import jieba

from detectors.kernel.finding import Category, Rule, Severity, Source
from detectors.kernel.lexicon import Entry

DOCUMENT = 2_000
"""Code points of one document."""
SEED = 20261122
SPARE_WORDS = 6_000
HITS_PER_TEXT = 5
SOURCE = Source("测速用", "测速用", "2026")


def dictionary() -> list[tuple[str, int]]:
    """List the words of jieba's dictionary with their frequencies."""
    with jieba.get_dict_file() as lines:
        rows = (line.decode().split() for line in lines)
        return [(row[0], int(row[1])) for row in rows]


def lexicon_words(number: int, texts: list[str]) -> list[str]:
    """Choose real words as a proofreader's lexicon has them: many, and seldom met.

    The commonest of a larger random choice are left out until a text holds about five hits, which
    is what the published figures of peers were measured with.
    """
    choice = sorted(word for word, _ in dictionary() if 2 <= len(word) <= 6)
    words = random.Random(SEED).sample(choice, number + SPARE_WORDS)
    automaton = ahocorasick.Automaton()
    for word in words:
        automaton.add_word(word.encode().decode("latin-1"), word)
    automaton.make_automaton()
    met = Counter(word for text in texts for _, word in automaton.iter(text.encode().decode("latin-1")))
    rarest_first = sorted(words, key=lambda word: met[word])
    chosen, budget = rarest_first[:number], HITS_PER_TEXT * len(texts)
    hits = sum(met[word] for word in chosen)
    while hits > budget:
        hits -= met[chosen.pop()]
    return chosen


def as_entries(words: list[str]) -> list[Entry]:
    """Make lexicon entries of bare words, as an engine would have read them."""
    return [
        Entry(
            Rule(
                f"ZZ{number:05}",
                word,
                Category.SENSITIVE,
                Severity.WARNING,
                "测速用",
                SOURCE,
                hits=(word,),
                misses=(word,),
            ),
            forms=(word,),
        )
        for number, word in enumerate(words)
    ]


def documents(corpora: Path, number: int) -> tuple[str, list[str]]:
    """Give documents of which none repeats another, and say what they are."""
    paths = sorted(corpora.glob("clean_*.txt.xz"))
    if paths:
        return f"paragraphs of {', '.join(p.name for p in paths)}", list(islice(_real(paths), number))
    return "words drawn from jieba's dictionary by frequency (no corpora found)", _drawn(number)


def _real(paths: list[Path]) -> Iterator[str]:
    gathered = ""
    for path in reversed(paths):
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                gathered += line
                while len(gathered) >= DOCUMENT:
                    yield gathered[:DOCUMENT]
                    gathered = gathered[DOCUMENT:]


def _drawn(number: int) -> list[str]:
    words, weights = zip(*dictionary(), strict=True)
    draw = random.Random(SEED)
    return ["".join(draw.choices(words, weights, k=DOCUMENT))[:DOCUMENT] for _ in range(number)]
