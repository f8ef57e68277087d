"""The command that checks files, for people, scripts and CI: `shenjiao check`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
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
from app.documents import UnreadableError
from app.engine import Engine
from app.file_check import report_on
from app.formats.kernel.reading import Failure, Options, Reading
from app.interchange.checked import Checked, Unreadable, silenced_by_site
from app.interchange.rdjson import as_rdjson
from app.interchange.sarif import as_sarif
from app.interchange.table import as_table
from app.long_check import FORMS as LONG_FORMS
from app.long_check import PRIVACY, LongCheck
from app.long_texts import LongText, is_long_text
from app.opening import FAILED, load_layers, reading_options
from app.presentation import as_json, as_records, as_text
from app.site.layer import NO_LAYER, SiteLayer
from app.text_report import Report
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

    def long(self, path: Path, form: str) -> LongCheck | None:
        """Give the check of a file that is read piece by piece, if that tells the same of it."""
        if form not in LONG_FORMS or self._how["categories"] != PRIVACY or not is_long_text(path):
            return None
        return LongCheck(self.engine, self.layer, self._how["published_on"], self._how["hints"])

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


@dataclass(slots=True)
class Run:
    """The files of one call, and what they came to."""

    how: Check
    form: str
    checked: list[Checked] = field(default_factory=list)
    """For the forms that are one document about all."""
    unreadable: list[Unreadable] = field(default_factory=list)
    gravest: int = len(Severity)
    """Rank of the gravest finding."""

    def take(self, reading: Reading | Failure) -> None:
        """Check what was read of a file, and write what is written file by file."""
        if isinstance(reading, Failure):
            self._refuse(reading.name, reading.reason)
            return
        for note in reading.notes:
            click.echo(f"{reading.name}: 注意：{note}", err=True)
        report = self.how.report(reading)
        self._heed(finding.rule.severity for finding in report.findings)
        if self.form in LINES:
            for line in LINES[self.form](reading, report):
                click.echo(line)
        elif self.form == "sarif":
            self.checked.append(self.how.silenced(reading, report))
        else:
            self.checked.append(Checked(reading, report))

    def take_long(self, check: LongCheck, path: Path, options: Options) -> None:
        """Check a file piece by piece."""
        try:
            for line in check.lines(LongText.of(path, options.limits), self.form):
                click.echo(line)
        except UnreadableError as error:
            self._refuse(str(path), str(error))
        self._heed(check.counts)

    def _refuse(self, name: str, reason: str) -> None:
        click.echo(f"{name}: {reason}", err=True)
        self.unreadable.append(Unreadable(name, reason))

    def _heed(self, severities: Iterable[Severity]) -> None:
        self.gravest = min([self.gravest, *(severity.rank for severity in severities)])


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
    run = Run(how, form)
    options = reading_options(main_text=main_text)
    for path in files or (Path(STDIN),):
        if long := how.long(path, form):
            run.take_long(long, path, options)
        else:
            for reading in readings_of_input(path, options):
                run.take(reading)
    for piece in _written(form, run.checked, run.unreadable, how):
        click.echo(piece, nl=isinstance(piece, str))
    if run.unreadable:
        sys.exit(FAILED)
    sys.exit(FOUND if run.gravest <= Severity(fail_on).rank else NOTHING_FOUND)


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
