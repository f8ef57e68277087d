"""Whole texts: what is found in them changes only on purpose."""

from __future__ import annotations

from pathlib import Path

import pytest

from api_tests.golden import findings_file, findings_of, texts
from app.engine import Engine


@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in texts()])
def test_the_findings_of_a_golden_text_are_as_recorded(engine: Engine, path: Path) -> None:
    recorded = findings_file(path).read_text(encoding="utf-8").splitlines()

    assert list(findings_of(engine, path)) == recorded


def test_at_least_half_of_the_golden_texts_are_clean() -> None:
    clean = [path for path in texts() if findings_file(path).read_text(encoding="utf-8") == "pass\n"]

    assert len(clean) >= len(texts()) / 2 > 1
