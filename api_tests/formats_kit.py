"""Files of every format, made by other programs, and what is found in them."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from app.engine import Engine
from app.file_check import report_on
from app.files import readings
from app.formats.kernel.reading import Failure, Options, Reading
from app.places import Place

IDENTITY = "11010519491231002X"
"""The specimen of GB 11643."""
UNTIL, DEPLOYED, SPOILT = "截止目前", "布署", "1.10105194912310E+17"
PATIENCE = 240
"""Seconds for another program, on a machine that is busy."""


def program(*names: str) -> str:
    """Find another program; without it CI fails, and elsewhere the test is skipped."""
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        reason = f"没有 {names[0]}，不能制作样本"
        if "CI" in os.environ:
            pytest.fail(reason)
        pytest.skip(reason)
    return found


def made_by(folder: Path, *command: str | Path) -> None:
    """Have a program make files in a folder."""
    subprocess.run([*map(str, command)], cwd=folder, check=True, capture_output=True, timeout=PATIENCE)


def office() -> str:
    """Find LibreOffice, with the part that knows workbooks."""
    found = program("soffice")
    if not (Path(found).resolve().parent / "libsclo.so").exists():
        return program("LibreOffice Calc")
    return found


def converted_by_office(folder: Path, target: str, *names: str) -> None:
    """Have LibreOffice convert files."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    made_by(folder, office(), profile, "--headless", "--convert-to", target, *names)


def printed_by_chromium(folder: Path, page: str, output: str, *options: str) -> None:
    """Have Chromium print a page as PDF, or take its picture."""
    quiet = (
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        f"--user-data-dir={folder}/chromium",
    )
    made_by(folder, program("chromium"), *quiet, *options, f"--{output}", (folder / page).as_uri())


def only(path: Path, options: Options | None = None) -> Reading:
    """Read a file that holds one text."""
    (reading,) = readings(path, options or Options())
    assert isinstance(reading, Reading), reading
    return reading


def refusal(path: Path, options: Options | None = None) -> str:
    """Read a file that cannot be read, and give the reason."""
    (failure,) = readings(path, options or Options())
    assert isinstance(failure, Failure), failure
    return failure.reason


def places(engine: Engine, reading: Reading, words: str) -> list[Place]:
    """Give the places of all findings of certain words."""
    report = report_on(engine, reading)
    return [reading.place(one.span) for one in report.findings if one.span.of(reading.text) == words]
