"""Whole texts and what is found in them: `python -m api_tests.golden` writes the findings anew.

Half of the texts are clean: a new rule shows its false alarms in the diff. Never edit a `.findings`
file; write it anew and read the diff line by line.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from app.documents import Document
from app.engine import Engine
from app.fingerprint import shown_text

FOLDER = Path(__file__).parent
PUBLISHED_ON = date(2026, 11, 22)
"""Fixed, so that dated rules do not change the findings one day."""


def texts() -> list[Path]:
    """List the golden texts, in name order."""
    return sorted(FOLDER.glob("*.txt"))


def findings_file(path: Path) -> Path:
    """Name the file that holds the findings of a text."""
    return path.with_suffix(".findings")


def findings_of(engine: Engine, path: Path) -> Iterator[str]:
    """Show the findings of a text, one a line: place, rule, severity, text and advice."""
    text = path.read_text(encoding="utf-8")
    document = Document(path.name, text)
    report = engine.check(text, published_on=PUBLISHED_ON, trial=True)
    yield f"{report.verdict}"
    for finding in report.findings:
        place = document.place(finding.span)
        advice = " | ".join(finding.replacements) or "–"
        rule = finding.rule
        shown = shown_text(report, finding)
        yield f"{place.line}:{place.column} {rule.code} {rule.severity} ⟦{shown}⟧ → {advice}"
