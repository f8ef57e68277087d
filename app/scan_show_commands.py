"""The commands that tell of scans: `shenjiao scan list` and `shenjiao scan show`."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import click

from app.archive.comparison import Status
from app.archive.left_out import told
from app.opening import fail, open_database, refusals
from app.scan_life import Life, life_of
from app.scan_requests import REQUESTED
from app.store.database import Database
from app.store.scan_reading import ScanReading, Totals
from app.store.scan_runs import Run, RunState, ScanRuns
from app.store.writing import UnknownError

NO_RUN = "没有这一次扫描"
BROKEN_OFF = "可能已中断"
NOT_BEGUN = "还没有开始"


@click.command("list", help="列出各次扫描，最近的在前。")
@click.option("--site", help="只列这个站点的。")
def listed(site: str | None) -> None:
    """List runs."""
    database = open_database()
    with refusals():
        runs = [(run, _state(run, life_of(database, run))) for run in ScanRuns(database).listed(site)]
    for run, state in runs:
        begun = datetime.fromisoformat(run.created_at).timestamp()
        click.echo(f"{run.number}\t{_clock(begun)}\t{state}\t{run.site}\t{run.source}\t{run.note}")


@click.command(help="看一次扫描做到哪里、查出多少。")
@click.argument("number", metavar="编号", type=int)
def show(number: int) -> None:
    """Show a run."""
    database = open_database()
    run = run_of(database, number)
    with refusals():
        progress = ScanRuns(database).progress(number)
        totals = ScanReading(database).totals(number)
        life = life_of(database, run)
    note = f"（{run.note}）" if run.note else ""
    click.echo(f"第 {run.number} 次扫描：{run.site}（{run.source}），{_state(run, life)}{note}")
    for line in _further(run, life, int(time.time())):
        click.echo(line)
    click.echo(f"词库版本 {run.lexicon_version}，本站词库第 {run.site_lexicon_version} 号变更。")
    if run.previous is not None:
        click.echo(f"与第 {run.previous} 次比较。")
    click.echo(f"列出 {progress.planned} 篇，检查完 {progress.checked} 篇。")
    for line in summary(run, totals):
        click.echo(line)


def run_of(database: Database, number: int) -> Run:
    """Find a run, or say that there is none."""
    with refusals():
        try:
            return ScanRuns(database).get(number)
        except UnknownError:
            fail(f"{NO_RUN}：{number}")
            raise


def summary(run: Run, totals: Totals) -> list[str]:
    """Say what a run has come to."""
    statuses = "，".join(f"{status.label} {totals.statuses[status]}" for status in Status)
    false_alarms = totals.statuses[Status.FALSE_ALARM]
    alone = f"这个站点没有上一次可以比较{f'，误报 {false_alarms}' if false_alarms else ''}。"
    return [
        f"共 {totals.checked} 个文件，发现 {totals.open} 处，未能检查 {totals.failed} 个。",
        *filter(None, [told(totals.left_out)]),
        alone if run.previous is None else f"与上一次比较：{statuses}。",
    ]


def _state(run: Run, life: Life | None) -> str:
    """Name the state of a run: what was written down last, unless nobody is there any more."""
    if life is None or life.is_working:
        return run.state.label
    return NOT_BEGUN if life.last_sign is None else BROKEN_OFF


def _further(run: Run, life: Life | None, now: int) -> list[str]:
    """Say when somebody last worked on a run that is not done, and how it goes on."""
    if run.state is RunState.DONE:
        return []
    lines = []
    if life is not None and life.last_sign is not None:
        lines.append(f"最近一次活动：{_clock(life.last_sign)}（{max(now - life.last_sign, 0)} 秒前）。")
    if life is not None and life.is_working:
        return lines
    on = f"接着做：shenjiao scan resume {run.number}"
    if life is not None and run.options.get(REQUESTED):
        on = f"经接口提交的，服务运行时会接着做；也可以执行 shenjiao scan resume {run.number}"
    if life is not None and life.free_at is not None:
        on += f"；别的机器手上的一份，{_clock(life.free_at)} 以后才重做"
    return [*lines, f"{on}。"]


def _clock(seconds: float) -> str:
    """Tell a time as clocks show it here."""
    return f"{datetime.fromtimestamp(seconds, UTC).astimezone():%Y-%m-%d %H:%M:%S}"
