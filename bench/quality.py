"""Quality, measured: `python -m bench.quality FOLDER` prints one table for every set of a folder.

Quality is two numbers per category, never one: what is found in texts with errors, and how often
clean official text is disturbed.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from pathlib import Path

from app.engine import Engine
from bench.evaluation_sets import (
    Pair,
    PrivacyText,
    clean_corpora,
    expression_sets,
    privacy_sets,
    sentence_sets,
)
from detectors.kernel.finding import Category, Finding, Severity, apply_first_replacements

WORDING = (Category.TYPO, Category.EXPRESSION, Category.SENSITIVE)
FRAME = "会议指出，{}。"
"""A plain sentence for expressions that are no sentence by themselves."""
PER = 10_000
"""Alerts are counted per so many characters."""


def alerts(engine: Engine, text: str, categories: Iterable[Category] = Category) -> list[Finding]:
    """Find what an editor is made to look at: errors and warnings."""
    findings = engine.check(text, categories=frozenset(categories)).findings
    return [finding for finding in findings if finding.rule.severity is not Severity.INFO]


def mended(engine: Engine, text: str) -> str:
    """Apply the first replacement of every alert about wording."""
    chosen: list[Finding] = []
    for finding in alerts(engine, text, WORDING):
        if finding.replacements and not (chosen and chosen[-1].span.overlaps(finding.span)):
            chosen.append(finding)
    return apply_first_replacements(text, chosen)


def share(part: int, whole: int) -> str:
    """Show a share in per cent."""
    return f"{100 * part / whole:.1f}%" if whole else "–"


def score_sentences(engine: Engine, pairs: list[Pair]) -> str:
    """Strict sentence-level correction: the whole sentence must come out right."""
    faulty = [pair for pair in pairs if pair.wrong != pair.right]
    sound = [pair for pair in pairs if pair.wrong == pair.right]
    outcomes = [(pair, mended(engine, pair.wrong)) for pair in faulty]
    corrected = sum(outcome == pair.right for pair, outcome in outcomes)
    disturbed = sum(mended(engine, pair.wrong) != pair.wrong for pair in sound)
    changed = sum(outcome != pair.wrong for pair, outcome in outcomes) + disturbed
    f1 = share(2 * corrected, changed + len(faulty))
    return (
        f"faulty {len(faulty):>5}  precision {share(corrected, changed):>6}  "
        f"recall {share(corrected, len(faulty)):>6}  F1 {f1:>6}  "
        f"sound {len(sound):>5}  disturbed {share(disturbed, len(sound)):>6}"
    )


def differing(wrong: str, right: str) -> set[int]:
    """Places of `wrong` that differ from `right`; beside a lost character, its two neighbours."""
    places: set[int] = set()
    for tag, first, last, _, _ in SequenceMatcher(None, wrong, right, autojunk=False).get_opcodes():
        if tag == "insert":
            places.update({max(0, first - 1), min(first, len(wrong) - 1)})
        elif tag != "equal":
            places.update(range(first, last))
    return places


def score_expressions(engine: Engine, pairs: list[Pair]) -> str:
    """Published errors, each in a plain sentence: found, cured, and the right side alarmed."""
    found = cured = false = 0
    offset = FRAME.index("{")
    for wrong, right in pairs:
        sentence = FRAME.format(wrong)
        places = {offset + place for place in differing(wrong, right)}
        hits = [f for f in alerts(engine, sentence) if places & set(range(f.span.start, f.span.end))]
        found += bool(hits)
        cured += any(
            f.replacements and apply_first_replacements(sentence, [f]) == FRAME.format(right) for f in hits
        )
        false += bool(alerts(engine, FRAME.format(right)))
    whole = len(pairs)
    return (
        f"pairs {whole:>4}  found {share(found, whole):>6}  cured {share(cured, whole):>6}  "
        f"right side alarmed {share(false, whole):>6}"
    )


def score_privacy(engine: Engine, texts: list[PrivacyText]) -> str:
    """Leaks found by an error or a warning; lawful numbers and texts without leaks left alone."""
    leaks = found = lawful = alarmed = quiet = disturbed = 0
    for text, leaking, lawful_numbers in texts:
        every = engine.check(text, categories={Category.PRIVACY}).findings
        grave = [f for f in every if f.rule.severity is not Severity.INFO]
        leaks += len(leaking)
        found += sum(any(_overlaps(f, leak) for f in grave) for leak in leaking)
        lawful += len(lawful_numbers)
        alarmed += sum(any(_overlaps(f, number) for f in every) for number in lawful_numbers)
        quiet += not leaking
        disturbed += not leaking and bool(every)
    return (
        f"leaks {leaks:>4}  recall {share(found, leaks):>6}  lawful {lawful:>4}  alarmed "
        f"{share(alarmed, lawful):>6}  leak-free {quiet:>4}  disturbed {share(disturbed, quiet):>6}"
    )


def _overlaps(finding: Finding, place: tuple[int, int]) -> bool:
    return finding.span.start < place[1] and place[0] < finding.span.end


def score_clean(engine: Engine, paragraphs: list[str], shown: int) -> Iterator[str]:
    """Alerts per 10,000 characters of clean text, by category; some of them are true."""
    counts: Counter[Category] = Counter()
    examples: list[str] = []
    for paragraph in paragraphs:
        for finding in alerts(engine, paragraph):
            counts[finding.rule.category] += 1
            if not finding.rule.private:
                start, end = finding.span.start, finding.span.end
                around = f"{paragraph[max(0, start - 15) : start]}⟦{finding.span.of(paragraph)}⟧"
                examples.append(f"      {finding.rule.code} {around}{paragraph[end : end + 15]}")
    characters = sum(map(len, paragraphs))
    rates = "  ".join(f"{category} {counts[category] * PER / characters:.2f}" for category in Category)
    yield f"characters {characters:>9,}  alerts per {PER:,}: {rates}"
    yield from examples[:shown]


def main() -> None:
    """Measure every set of a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="holds eval/ and corpora/")
    parser.add_argument("--show", type=int, default=0, help="show so many alerts on each clean corpus")
    options = parser.parse_args()
    if not options.folder.is_dir():
        sys.exit(f"no folder {options.folder}; name one with make eval EVAL=FOLDER")
    engine = Engine.load()
    print(f"lexicon {engine.lexicon_version}, {len(engine.rules)} rules")
    for name, pairs in sentence_sets(options.folder):
        print(f"{name:<22}{score_sentences(engine, pairs)}")
    for name, pairs in expression_sets(options.folder):
        print(f"{name:<22}{score_expressions(engine, pairs)}")
    for name, texts in privacy_sets(options.folder):
        print(f"{name:<22}{score_privacy(engine, texts)}")
    for name, paragraphs in clean_corpora(options.folder):
        lines = score_clean(engine, paragraphs, options.show)
        print(f"{name:<22}{next(lines)}")
        for line in lines:
            print(line)


if __name__ == "__main__":
    main()
