"""Personal data, measured: `python -m bench.privacy` on made-up texts of several seeds, random digits and a long list.

The evaluation sets are small and their sentences few; here the sentences are others, and twenty thousand.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from app.engine import Engine
from bench.privacy_numbers import Numbers
from bench.privacy_speed import beside_peer, on_a_list
from bench.privacy_texts import SEED, texts
from bench.quality import PER, alerts, share
from detectors.kernel.finding import Category, Finding

TEXTS = 20_000
FRESH_SEEDS = (20261124, 7, 424242)
"""Nothing was ever mended by what these drew."""
STRINGS = 20_000
"""Random digit strings of each length."""
LENGTHS = range(1, 31)
ROWS = 100_000
PRIVACY = (Category.PRIVACY,)


def touched(findings: list[Finding], place: tuple[int, int]) -> bool:
    """Tell whether a finding lies on a place."""
    return any(finding.span.start < place[1] and place[0] < finding.span.end for finding in findings)


def generated(engine: Engine, number: int, shown: int, seed: int = SEED) -> Iterator[str]:
    """Leaks found by an error or a warning; lawful numbers and texts without leaks left alone."""
    leaks: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    lawful: Counter[str] = Counter()
    alarmed: Counter[str] = Counter()
    disturbed = quiet = 0
    examples: list[str] = []
    for kind, (text, leaking, lawful_numbers) in texts(number, seed):
        found = alerts(engine, text, PRIVACY)
        gone = [place for place in leaking if not touched(found, place)]
        false = [place for place in lawful_numbers if touched(found, place)]
        leaks[kind] += len(leaking)
        missed[kind] += len(gone)
        lawful[kind] += len(lawful_numbers)
        alarmed[kind] += len(false)
        quiet += not leaking
        disturbed += not leaking and bool(found)
        examples += [f"  missed {text[a:b]!r} in {text!r}" for a, b in gone]
        examples += [f"  false {[f.rule.code for f in found]} in {text!r}" for _ in false[:1]]
        examples += [f"  disturbed {[f.rule.code for f in found]} {text!r}"] if not leaking and found else []
    total, whole = leaks.total(), lawful.total()
    yield (
        f"seed {seed}: texts {number:,}  leaks {total:,}  recall {share(total - missed.total(), total)} ({missed.total()} missed)  "
        f"lawful {whole:,}  alarmed {alarmed.total()} ({100 * alarmed.total() / whole:.3f}%)  "
        f"leak-free {quiet:,}  disturbed {disturbed} ({100 * disturbed / quiet:.3f}%)"
    )
    for kind in leaks:
        yield f"  {kind:<28} leaks {leaks[kind]:>6}  missed {missed[kind]:>3}  lawful {lawful[kind]:>6}  alarmed {alarmed[kind]:>3}"
    yield from examples[:shown]


def random_digits(engine: Engine) -> Iterator[str]:
    """Digit strings that mean nothing, each on a line of its own text."""
    numbers = Numbers(random.Random(SEED))
    false: Counter[int] = Counter()
    hints: Counter[int] = Counter()
    for length in LENGTHS:
        for _ in range(STRINGS):
            for finding in engine.check(numbers.digits(length), categories=PRIVACY).findings:
                (hints if finding.rule.severity == "info" else false)[length] += 1
    whole = STRINGS * len(LENGTHS)
    yield (
        f"random digit strings {whole:,} of {LENGTHS.start} to {LENGTHS.stop - 1} digits: "
        f"alerts {false.total()} ({PER * 10 * false.total() / whole:.2f} per 100,000) {dict(false)}, hints {dict(hints)}"
    )


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=int, default=TEXTS)
    parser.add_argument(
        "--seeds", type=int, nargs="*", default=FRESH_SEEDS, help="draw the texts anew with these, too"
    )
    parser.add_argument("--show", type=int, default=20, help="show so many misses and false alarms")
    parser.add_argument("--corpora", type=Path, default=Path("corpora"), help="folder of clean_*.txt.xz")
    parser.add_argument("--peer", type=Path, help="interpreter that has presidio-analyzer: make privacy")
    options = parser.parse_args()
    engine = Engine.load()
    for part in (
        *(generated(engine, options.texts, options.show, seed) for seed in (SEED, *options.seeds)),
        random_digits(engine),
        on_a_list(engine, ROWS),
        beside_peer(engine, options.corpora, options.peer),
    ):
        for line in part:
            print(line, flush=True)


if __name__ == "__main__":
    main()
