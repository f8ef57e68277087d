"""Full-width digits and letters beside half-width ones.

A text that is full-width throughout is of one piece and is left alone. What is read is the text as submitted:
its folded twin knows no full-width digits.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from detectors.kernel.finding import Category, Finding, Rule, Severity, Span
from detectors.kernel.sources import cite
from detectors.kernel.text import Text

RUN = regex.compile(r"[0-9A-Za-z０-９Ａ-Ｚａ-ｚ]+(?:[.．][0-9０-９]+)*[％]?", regex.ASCII)
FULL_WIDTH = regex.compile(r"[０-９Ａ-Ｚａ-ｚ]", regex.ASCII)
HALF_WIDTH_NUMBER = regex.compile(r"[0-9]+", regex.ASCII)

MIXED = Rule(
    code="FM090",
    name="全角与半角数字、字母混用",
    category=Category.FORMAT,
    severity=Severity.INFO,
    why="阿拉伯数字一般用正体二分字身，即半角；全文应当一致。",
    source=cite("gb-t-15835-2011", "5.1.7"),
    hits=("到⟦２0２5⟧年，覆盖率达到90%。", "2024年完成⟦１２⟧项，2025年完成15项。", "推广⟦ＡI⟧技术"),
    misses=("到2025年，覆盖率达到90%。", "到２０２５年，覆盖率达到９０％，新增１２项。", "推广AI技术"),
)


@dataclass(frozen=True, slots=True)
class FullWidthDigits:
    """Compares the numbers of a text with one another."""

    rules: Sequence[Rule] = (MIXED,)

    def find(self, text: Text) -> Iterator[Finding]:
        """Find full-width runs that stand in the same word as, or among more, half-width ones."""
        original = text.original
        # Folding gives back the very same string where there is nothing to fold.
        if text.folded is original or not FULL_WIDTH.search(original):
            return
        runs = [run for run in RUN.finditer(original) if FULL_WIDTH.search(run[0])]
        outnumbered = len(HALF_WIDTH_NUMBER.findall(original)) >= len(runs)
        for run in runs:
            has_digits = any(char.isdecimal() for char in run[0])
            if not run[0].replace("％", "").replace("．", "").isascii() and (
                _is_mixed(run[0]) or (outnumbered and has_digits)
            ):
                yield Finding(MIXED, Span(*run.span()), (unicodedata.normalize("NFKC", run[0]),))


def _is_mixed(run: str) -> bool:
    return any(char.isascii() and char.isalnum() for char in run)


DETECTOR = FullWidthDigits()
