"""How far a scan has come, as a line that is written over: share, rate and time left."""

from __future__ import annotations

import sys
import time
from typing import Self

import click

from app.store.scan_runs import Progress

WIDTH = 20
ERASE = "\r\x1b[K"
FULL, EMPTY = "█", "░"
QUIET_SECONDS = 30.0
"""Between two lines where nothing can be written over, as in a log."""


class ProgressBar:
    """Tells of a run on the standard error."""

    def __init__(self) -> None:
        """Tell nothing yet."""
        self._begun_at, self._before = time.monotonic(), -1
        self._over = sys.stderr.isatty()
        self._told_at = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._over:
            click.echo(ERASE, err=True, nl=False)

    def tell(self, progress: Progress) -> None:
        """Tell how far the run has come."""
        if self._before < 0:
            # What an earlier process has done says nothing of the rate of this one.
            self._before, self._begun_at = progress.checked, time.monotonic()
        now = time.monotonic()
        if self._over:
            click.echo(f"{ERASE}{self._line(progress, now)}", err=True, nl=False)
        elif now - self._told_at > QUIET_SECONDS:
            self._told_at = now
            click.echo(self._line(progress, now), err=True)

    def _line(self, progress: Progress, now: float) -> str:
        rate = (progress.checked - self._before) / max(now - self._begun_at, 0.001)
        counted = f"{progress.checked:,}/{progress.planned:,} 篇  {rate:,.0f} 篇/秒"
        if not progress.plan_is_whole:
            return f"正在列出文稿  {counted}"
        done = int(WIDTH * progress.checked / max(progress.planned, 1))
        left = (progress.planned - progress.checked) / rate if rate else None
        return f"检查 {FULL * done}{EMPTY * (WIDTH - done)}  {counted}{_time(left)}"


def _time(seconds: float | None) -> str:
    if seconds is None:
        return ""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"  还要 {hours} 小时 {minutes} 分" if hours else f"  还要 {minutes} 分 {rest} 秒"
