"""The command that checks files, for people, scripts and CI: `shenjiao check`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

import click

from app.command_options import (
    FOUND,
    NOTHING_FOUND,
    STDIN,
    files_argument,
    main_text_option,
    published_on_option,
    readings_of_input,
)
from app.engine import Engine, Report
from app.file_check import report_on
from app.formats.kernel.reading import Failure, Reading
from app.interchange.checked import Checked, Unreadable, silenced_by_site
from app.interchange.rdjson import as_rdjson
from app.interchange.sarif import as_sarif
from app.interchange.table import as_table
from app.opening import FAILED, load_layers, reading_options
from app.presentation import as_json, as_records, as_text
from app.site.layer import NO_LAYER, SiteLayer
from detectors.kernel.finding import Category, Rule, Severity

LINES = {"text": as_text, "jsonl": as_records}
"""Forms that are written file by file; the others are one document about all."""
WHOLE = ("json", "sarif", "rdjson", "csv")


class Check:
    """How the files are checked."""

    def __init__(self, published_on: date | None, categories: Sequence[str], *, hints: bool) -> None:
        """Load the lexicons."""
        self.engine: Engine
        self.layer: SiteLayer
        self.engine, self.layer = load_layers()
        self._how: dict[str, Any] = {
            "published_on": published_on,
            "categories": frozenset(map(Category, categories)) or frozenset(Category),
            "hints": hints,
        }

    def report(self, reading: Reading) -> Report:
        """Check a file."""
        return report_on(self.engine, reading, layer=self.layer, **self._how)

    def silenced(self, reading: Reading, report: Report) -> Checked:
        """Find out what the site has silenced in a file."""
        if not self.layer.version:
            return Checked(reading, report)
        bare = report_on(self.engine, reading, layer=NO_LAYER, **self._how)
        return Checked(reading, report, silenced_by_site(bare, report))

    def card(self, code: str) -> Rule | None:
        """Find the card of a rule, shipped or the site's own."""
        return self.engine.rules.get(code) or self.layer.rule(code)


@click.command(help="检查文件；不给文件或给 - 时读标准输入。")
@files_argument
@click.option("--format", "form", type=click.Choice([*LINES, *WHOLE]), default="text")
@click.option(
    "--category",
    "categories",
    multiple=True,
    type=click.Choice([category.value for category in Category]),
    help="只查这些类别。",
)
@click.option("--hints", is_flag=True, help="连同把握不大的错别字也列出，级别为可斟酌。")
@click.option(
    "--fail-on",
    type=click.Choice([severity.value for severity in Severity]),
    default=Severity.INFO.value,
    help="从哪一级起以退出码 1 结束，供 CI 使用；默认有发现即是。",
)
@main_text_option(default=False)
@published_on_option
def check(  # noqa: PLR0913 - one argument an option
    files: tuple[Path, ...],
    form: str,
    categories: tuple[str, ...],
    published_on: date | None,
    fail_on: str,
    *,
    hints: bool,
    main_text: bool,
) -> None:
    """Check files."""
    how = Check(published_on, categories, hints=hints)
    checked: list[Checked] = []
    unreadable: list[Unreadable] = []
    gravest = len(Severity)
    options = reading_options(main_text=main_text)
    for reading in chain.from_iterable(readings_of_input(path, options) for path in files or (Path(STDIN),)):
        if isinstance(reading, Failure):
            click.echo(f"{reading.name}: {reading.reason}", err=True)
            unreadable.append(Unreadable(reading.name, reading.reason))
            continue
        for note in reading.notes:
            click.echo(f"{reading.name}: 注意：{note}", err=True)
        report = how.report(reading)
        gravest = min([gravest, *(finding.rule.severity.rank for finding in report.findings)])
        if form in LINES:
            for line in LINES[form](reading, report):
                click.echo(line)
        else:
            checked.append(how.silenced(reading, report) if form == "sarif" else Checked(reading, report))
    for piece in _written(form, checked, unreadable, how):
        click.echo(piece, nl=isinstance(piece, str))
    if unreadable:
        sys.exit(FAILED)
    sys.exit(FOUND if gravest <= Severity(fail_on).rank else NOTHING_FOUND)


def _written(
    form: str, checked: Sequence[Checked], unreadable: Sequence[Unreadable], how: Check
) -> Iterator[str | bytes]:
    """Write the forms that are one document about all files."""
    match form:
        case "json":
            answers = [as_json(one.reading, one.report) for one in checked]
            yield json.dumps(answers, ensure_ascii=False, indent=2)
        case "sarif":
            yield as_sarif(checked, unreadable, how.card)
        case "rdjson":
            yield as_rdjson(checked)
        case "csv":
            yield as_table(checked)
        case _:
            return
