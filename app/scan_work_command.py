"""`shenjiao scan work`: works on what was asked for over the API, with low priority."""

from __future__ import annotations

import os
import time
from pathlib import Path

import click

from app.archive.inbox import Inbox
from app.opening import chosen_settings, fail, open_database, refusals
from app.scan_watch import alone, waiting
from app.scan_workers import BY_OPERATOR, Staff, carry_out
from app.store.database import Database
from app.store.scan_runs import Run, RunState, ScanRuns

NICENESS = 15
"""Added to that of this process and those it starts: whoever serves goes first."""
LOOK_SECONDS = 5.0
"""Between two looks for runs, where the command stays."""
BUSY = "这台机器上已有一个进程在做"


@click.command(
    help="做通过接口提交的扫描，做完为止；服务自己会启动它（SHENJIAO_SCAN_WORKERS 为 0 时不启动）。"
)
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    default=lambda: max(1, chosen_settings().scan_workers),
    help="进程数；默认按 SHENJIAO_SCAN_WORKERS。",
)
@click.option("--stay", is_flag=True, help="做完之后不结束，等新的。")
def work(workers: int, *, stay: bool) -> None:
    """Work on what waits."""
    database, inbox = open_database(), Inbox(chosen_settings().inbox)
    with refusals(), alone(inbox) as is_alone:
        if not is_alone:
            fail(BUSY)
        os.nice(NICENESS)
        inbox.clear([Path(run.source) for run in ScanRuns(database).unfinished()])
        while True:
            runs = waiting(database)
            if runs and not _carried_out(database, inbox, runs[0], workers):
                return
            if not runs and not stay:
                return
            if not runs:
                time.sleep(LOOK_SECONDS)


def _carried_out(database: Database, inbox: Inbox, run: Run, workers: int) -> bool:
    """Work on a run; tell whether to go on with others."""
    url = chosen_settings().database
    run = carry_out(database, url, run.number, Staff(workers), lambda _: None)
    if run.state is RunState.DONE:
        inbox.remove(Path(run.source))
    elif run.note == BY_OPERATOR:
        # Not the run was to stop but the service: the next process takes it up.
        ScanRuns(database).resume(run.number)
        return False
    return True
