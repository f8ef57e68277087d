"""What several commands share: arguments, how a file or the standard input is read, exit codes."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path

import click

from app.documents import Document, as_document, read

NOTHING_FOUND, FOUND = 0, 1
STDIN = "-"


class DayType(click.ParamType[date]):
    """An ISO day."""

    name = "YYYY-MM-DD"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read an ISO day, or say how one is written."""
        try:
            return datetime.strptime(str(value), "%Y-%m-%d").date()
        except ValueError:
            self.fail("日期应写作 2024-01-31", param, ctx)


published_on_option = click.option(
    "--published-on", type=DayType(), help="发布日期，决定适用哪一时期的规则；默认今天。"
)
files_argument = click.argument("files", nargs=-1, type=click.Path(path_type=Path, allow_dash=True))


def read_input(path: Path) -> Document:
    """Read a file, or the standard input for `-`.

    Raises:
        UnreadableError: it is no text.
    """
    if str(path) == STDIN:
        return as_document(STDIN, sys.stdin.buffer.read())
    return read(path)
