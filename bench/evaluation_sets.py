"""Evaluation sets: any folder of the form that the project is measured on.

`eval/*.tsv` holds wrong ⇥ right sentences, or, with a head line, published expression errors;
`eval/*.jsonl` holds texts with leaks and lawful numbers; `corpora/clean_*.txt.xz` clean paragraphs.
"""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

PAIRS_HEAD = "wrong\tright\tcategory\tkind"


class Pair(NamedTuple):
    """What was written and what should have been; equal where nothing is wrong."""

    wrong: str
    right: str


class PrivacyText(NamedTuple):
    """A text, the spans that leak, and the numbers that are lawful."""

    text: str
    leaks: list[tuple[int, int]]
    lawful: list[tuple[int, int]]


def sentence_sets(folder: Path) -> Iterator[tuple[str, list[Pair]]]:
    """Read the sets of whole sentences."""
    for path in sorted((folder / "eval").glob("*.tsv")):
        lines = path.read_text(encoding="utf-8").splitlines()
        if lines and not lines[0].startswith(PAIRS_HEAD):
            yield _name(path), [Pair(*line.split("\t")[:2]) for line in lines if "\t" in line]


def expression_sets(folder: Path) -> Iterator[tuple[str, list[Pair]]]:
    """Read the sets of published expression errors."""
    for path in sorted((folder / "eval").glob("*.tsv")):
        head, *lines = path.read_text(encoding="utf-8").splitlines() or [""]
        if head.startswith(PAIRS_HEAD):
            yield _name(path), [Pair(*line.split("\t")[:2]) for line in lines if "\t" in line]


def privacy_sets(folder: Path) -> Iterator[tuple[str, list[PrivacyText]]]:
    """Read the sets of texts with and without personal data."""
    for path in sorted((folder / "eval").glob("*.jsonl")):
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        yield (
            _name(path),
            [
                PrivacyText(
                    row["text"],
                    [(leak[0], leak[1]) for leak in row["leaks"]],
                    [(number[0], number[1]) for number in row["lawful"]],
                )
                for row in rows
            ],
        )


def clean_corpora(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """Read the clean corpora, paragraph by paragraph."""
    for path in sorted((folder / "corpora").glob("clean_*.txt.xz")):
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            yield _name(path), [line.rstrip("\n") for line in lines]


def _name(path: Path) -> str:
    return path.name.split(".")[0]
