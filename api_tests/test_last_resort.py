"""What the command line says of an error that nobody foresaw: where it was, and nothing of the draft."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from app.cli import main
from detectors.kernel.text import Text

LEAK = "赵小明，身份证号11010519491231002X"


def test_an_unforeseen_error_shows_no_traceback_and_no_draft(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fail(*_: object, **__: object) -> Text:
        raise ValueError(LEAK)

    draft = tmp_path / "draft.txt"
    draft.write_text(LEAK, encoding="utf-8")
    monkeypatch.setattr("app.engine.Text.of", fail)
    done = CliRunner().invoke(main, ["check", str(draft)])

    assert done.exit_code == 2
    assert done.stderr.startswith("shenjiao: 意外错误，请报告给开发者：ValueError at ")
    assert "赵小明" not in done.output
    assert "11010519491231002X" not in done.output


def test_a_command_that_is_misused_still_says_how_it_is_used() -> None:
    done = CliRunner().invoke(main, ["check", "--nonsense"])

    assert done.exit_code == 2
    assert "--nonsense" in done.output
