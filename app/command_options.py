"""What several commands share: arguments, how a file or the standard input is read, exit codes."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from pathlib import Path

import click

from app.documents import Document, as_document, read
from app.files import readings, readings_of
from app.formats.kernel.reading import Failure, Options, Reading

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
main_text_option = partial(
    click.option,
    "--main-text/--whole-page",
    show_default=True,
    help="HTML 只查正文，还是查全部可见文字；认不出正文的查全部。",
)
files_argument = click.argument(
    "files", metavar="[文件]...", nargs=-1, type=click.Path(path_type=Path, allow_dash=True, readable=False)
)


def read_input(path: Path) -> Document:
    """Read a file, or the standard input for `-`.

    Raises:
        UnreadableError: it is no text.
    """
    if str(path) == STDIN:
        return as_document(STDIN, sys.stdin.buffer.read())
    return read(path)


def readings_of_input(path: Path, options: Options) -> Iterator[Reading | Failure]:
    """Read a file of any format, or the standard input for `-`, which is a text."""
    if str(path) == STDIN:
        if sys.stdin.isatty():
            click.echo("shenjiao: 正在从键盘读取；输入或粘贴之后，另起一行按 Ctrl-D 结束", err=True)
        return readings_of(STDIN, sys.stdin.buffer.read(), options)
    return readings(path, options)
