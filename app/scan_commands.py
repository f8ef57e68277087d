"""The commands that scan archives: `shenjiao scan SOURCE`, and what can be done with the runs."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from app.archive.column_list import read_column_list
from app.archive.rows import SourceError
from app.archive.source import Archive, Source
from app.archive.table_source import TableSource
from app.command_options import FOUND, NOTHING_FOUND, main_text_option, published_on_option
from app.engine import lexicon_version
from app.opening import FAILED, chosen_settings, fail, open_database, reading_options, refusals
from app.report_commands import columns_option, report
from app.scan_decide_command import decide
from app.scan_export import FINDINGS_FILE, SUMMARY_FILE, export
from app.scan_progress import ProgressBar
from app.scan_show_commands import NO_RUN, listed, run_of, show, summary
from app.scan_wishes import Wishes, wishes_options
from app.store.database import Database
from app.store.entry_store import EntryStore
from app.store.scan_columns import keep_columns
from app.store.scan_reading import ScanReading
from app.store.scan_runs import NewRun, Run, RunState, ScanRuns
from app.store.writing import UnknownError
from detectors.kernel.system_errors import reason_of

SITE_LENGTH = 100
LAST = "last"
BEGIN = "start"
NOTHING_THERE = "来源里没有可以检查的文件，请核对来源的写法"


class ScanGroup(click.Group):
    """Commands, and a source that stands where a command might: scanning is what one mostly wants."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take what is no command for the source of a scan."""
        if args and args[0] not in {*self.commands, *ctx.help_option_names}:
            args = [BEGIN, *args]
        return super().parse_args(ctx, args)


@click.group(
    cls=ScanGroup,
    short_help="扫描存量：一个目录、清单或数据集，中断了接着做，再扫一次作比较。",
    help="扫描一个目录、清单或数据集，写出逐条结果（JSONL）和逐文件汇总（CSV）；"
    "再扫一次，与上次比较：新增、仍存在、已整改、误报。用法：shenjiao scan 来源 [选项]。",
)
def scan() -> None:
    """Scan archives."""


@scan.command(BEGIN, help="开始一次扫描；start 可以省去。")
@click.argument("source", metavar="来源")
@click.option("--site", help="站点名；同一站点的各次扫描前后比较。默认是来源的路径。")
@click.option(
    "--manifest-columns",
    metavar="列=列名,…",
    default="",
    help="清单的列名不合惯例的，写明哪列是什么：标题=bt,正文=nr。",
)
@click.option("--text-format", type=click.Choice(["txt", "html"]), default="txt", help="清单里的正文是什么。")
@click.option("--baseline", help="与哪一次比较：编号，或 last（上一次）；退出码只看新增的。")
@columns_option
@main_text_option(default=True)
@click.option("--pictures", is_flag=True, help="连同图片；须另装识别组件。")
@published_on_option
@wishes_options
def start(  # noqa: PLR0913, PLR0917 - one argument an option
    source: str,
    site: str | None,
    manifest_columns: str,
    text_format: str,
    baseline: str | None,
    columns: Path | None,
    published_on: date | None,
    wishes: Wishes,
    *,
    main_text: bool,
    pictures: bool,
) -> None:
    """Begin a run and work on it."""
    try:
        archive = Archive.of(
            source,
            reading_options(main_text=main_text, pictures=pictures),
            published_on or date.today(),
            columns=_columns(manifest_columns),
            text_suffix=f".{text_format}",
        )
        _tell_unknown(archive.listed())
    except SourceError as error:
        fail(str(error))
    # As it stands from now on, wherever somebody goes on.
    wishes = replace(wishes, out=str(wishes.folder), new_only=baseline is not None)
    database = open_database()
    with refusals():
        expected = read_column_list(columns) if columns else None
        _prepare(wishes.folder)
        run = _begun(database, archive, site or archive.source[-SITE_LENGTH:], baseline, wishes)
        if expected is not None:
            with database.writing() as connection:
                keep_columns(connection, run.number, expected)
    _work(database, run, wishes)


@scan.command(help="接着做一次没有做完的扫描；没有写的选项，照开始时写的。")
@click.argument("number", metavar="编号", type=int)
@wishes_options
@click.option("--new-only/--all", default=None, help="退出码只看新增的，还是看全部。")
def resume(number: int, wishes: Wishes, *, new_only: bool | None) -> None:
    """Go on with a run."""
    database = open_database()
    run = run_of(database, number)
    wishes = replace(wishes, new_only=new_only).over(Wishes.of_run(run.options))
    with refusals():
        _prepare(wishes.folder)
    _work(database, run, wishes)


scan.add_command(listed)
scan.add_command(show)
scan.add_command(report)
scan.add_command(decide)


def _columns(written: str) -> dict[str, str]:
    pairs = [pair.partition("=") for pair in written.replace("，", ",").split(",") if pair.strip()]
    if any(not heading.strip() for _, _, heading in pairs):
        raise click.UsageError("--manifest-columns 应写作 标题=bt,正文=nr")
    return {column.strip(): heading.strip() for column, _, heading in pairs}


def _tell_unknown(source: Source) -> None:
    if isinstance(source, TableSource) and (unknown := source.manifest.unknown):
        click.echo(f"shenjiao: 清单中这些列没有用到：{'、'.join(unknown)}", err=True)


def _prepare(folder: Path) -> None:
    """Make the folder of the results, before hours of work are spent on them."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        fail(f"结果写不进 {folder}（{reason_of(error)}）")


def _begun(database: Database, archive: Archive, site: str, baseline: str | None, wishes: Wishes) -> Run:
    if baseline not in {None, LAST} and not str(baseline).isdecimal():
        raise click.UsageError("--baseline 应是扫描的编号，或 last")
    new = NewRun(
        site=site,
        source=archive.source,
        options=archive.as_json() | wishes.as_options(),
        lexicon_version=lexicon_version(chosen_settings().lexicons),
        site_lexicon_version=EntryStore(database).version(),
        previous=None if baseline in {None, LAST} else int(str(baseline)),
    )
    try:
        return ScanRuns(database).begin(new)
    except UnknownError:
        fail(f"{NO_RUN}，或者它没有做完：{baseline}")
        raise


def _work(database: Database, run: Run, wishes: Wishes) -> None:
    """Work on a run to its end, write its results, and end the command."""
    crew, out = wishes.crew, wishes.folder
    if run.state is not RunState.DONE:
        click.echo(
            f"第 {run.number} 次扫描，{crew}；中断后可执行 shenjiao scan resume {run.number}",
            err=True,
        )
        with refusals(), ProgressBar() as bar:
            run = crew.carry_out(database, run.number, bar.tell)
    if run.state is not RunState.DONE:
        fail(f"扫描停在半途：{run.note}。接着做：shenjiao scan resume {run.number}")
    reading = ScanReading(database)
    with refusals():
        totals = reading.totals(run.number)
        try:
            export(reading, run.number, out)
        except OSError as error:
            fail(f"结果写不进 {out}（{reason_of(error)}）；清理后执行 shenjiao scan resume {run.number}")
    for line in summary(run, totals):
        click.echo(line)
    click.echo(f"结果：{out / FINDINGS_FILE}、{out / SUMMARY_FILE}")
    if not totals.checked:
        # Else a pattern with a slip in it would pass as clean for ever.
        fail(NOTHING_THERE)
    if totals.failed:
        sys.exit(FAILED)
    counted = totals.new_by_severity if wishes.new_only else totals.open_by_severity
    found = any(number for severity, number in counted.items() if severity.rank <= wishes.gravity.rank)
    sys.exit(FOUND if found else NOTHING_FOUND)
