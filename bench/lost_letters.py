"""Lost letters, measured: a letter is taken out of every paragraph of the clean corpora, and looked for.

Prints, for several odds, how many of them are found and rightly named, and how often the paragraphs are disturbed as they stand.
Any letter may be taken out, also one that nobody would miss.
"""

from __future__ import annotations

import argparse
import random
from dataclasses import replace
from pathlib import Path

from bench.evaluation_sets import clean_corpora
from detectors.kernel.language.changes import Kind
from detectors.kernel.language.corrector import Corrector, Slip
from detectors.kernel.language.symbols import FIRST_HAN, LAST_HAN
from detectors.kernel.sources import LEXICONS, load_sources
from detectors.kernel.text import fold
from detectors.typos.in_context import DETECTOR, THRESHOLDS, InContext

SEED = 20261123
PARAGRAPHS = 6_000
"""Of each corpus, so many lose a letter."""
EDGE = 4
"""Letters at either end of a paragraph that are left alone."""
ODDS = (0.0, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0)
PER = 10_000


def lost(reader: Corrector, text: str) -> list[Slip]:
    """List the letters that may be missing in a folded text."""
    thresholds = replace(THRESHOLDS, hint=min(ODDS))
    return [slip for slip in reader.slips(text, thresholds) if slip.kind is Kind.LOST]


def without_a_letter(text: str, draw: random.Random) -> tuple[str, int] | None:
    """Take a letter between two others out of a text; give the place where it stood."""
    han = [FIRST_HAN <= ord(char) <= LAST_HAN for char in text]
    places = [place for place in range(EDGE, len(text) - EDGE) if all(han[place - 1 : place + 2])]
    if not places:
        return None
    place = draw.choice(places)
    return text[:place] + text[place + 1 :], place


def is_named(slip: Slip, text: str, original: str) -> bool:
    """Tell whether the best that is offered makes the original again."""
    return text[: slip.start] + slip.rights[0] + text[slip.end :] == original


def measure(reader: Corrector, paragraphs: list[str]) -> None:
    """Print what is found of one corpus."""
    draw = random.Random(SEED)
    folded = list(dict.fromkeys(map(fold, paragraphs)))
    characters = sum(map(len, folded))
    disturbed = [slip.odds for text in folded for slip in lost(reader, text)]
    tried = 0
    found: list[tuple[float, bool]] = []
    for original in draw.sample(folded, min(PARAGRAPHS, len(folded))):
        broken = without_a_letter(original, draw)
        if broken is None:
            continue
        tried += 1
        text, place = broken
        near = [slip for slip in lost(reader, text) if slip.start in {place - 1, place}]
        found += [(slip.odds, is_named(slip, text, original)) for slip in near[:1]]
    print(f"  {characters:,} characters, {tried:,} letters taken out")
    for odds in ODDS:
        told = [named for one, named in found if one >= odds]
        alarms = sum(one >= odds for one in disturbed)
        print(
            f"  odds {odds:3.1f}: found {100 * len(told) / tried:5.1f}%  "
            f"rightly named {100 * sum(told) / max(1, len(told)):5.1f}%  alarms per {PER:,} {PER * alarms / characters:.3f}"
        )


def main() -> None:
    """Measure both clean corpora of a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="holds corpora/")
    folder = parser.parse_args().folder
    detector = DETECTOR.load(LEXICONS, load_sources(LEXICONS))
    assert isinstance(detector, InContext)
    for name, paragraphs in clean_corpora(folder):
        print(name)
        measure(detector.corrector, paragraphs)


if __name__ == "__main__":
    main()
