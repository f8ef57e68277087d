"""Entries and engines of a few words, for the tests of the machinery."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.engine import Engine
from detectors.kernel.finding import Category, Rule, Severity, Source
from detectors.kernel.lexicon import Entry
from detectors.kernel.term_list import TermList
from detectors.kernel.text import fold, fold_all

SOURCE = Source("试用", "试用", "2026")


def entry(
    code: str,
    *forms: str,
    severity: Severity = Severity.ERROR,
    category: Category = Category.TYPO,
    uses: tuple[str, ...] = (),
    valid_from: date | None = None,
    valid_to: date | None = None,
    trial: bool = False,
    **matching: Any,
) -> Entry:
    """Make an entry without the ceremony of a lexicon file."""
    rule = Rule(
        code, code, category, severity, "试用", SOURCE, forms, forms, uses, valid_from, valid_to, trial
    )
    spans = {name: fold_all(value) for name, value in matching.items() if isinstance(value, tuple)}
    return Entry(rule, tuple(map(fold, forms)), **(matching | spans))


def engine_of(*entries: Entry) -> Engine:
    """Make an engine that knows these entries and nothing else."""
    return Engine([], [TermList(entries)], "test")


def found(engine: Engine, text: str, **how: Any) -> list[tuple[str, str]]:
    """Find (rule, matched text) in the order of the text."""
    return [(f.rule.code, f.span.of(text)) for f in engine.check(text, **how).findings]
