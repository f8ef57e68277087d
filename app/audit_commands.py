"""The commands of those who audit: `shenjiao audit`."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

import click
import regex

from app.audit_export import as_lines, as_table
from app.opening import chosen_settings, fail, open_database, refusals
from app.store.audit import Audit
from app.store.last_seen import last_seen
from app.store.purge import purge

BROKEN = 1
"""Exit code: the records were altered."""
NOTE = regex.compile(r"(\d{1,9}):([0-9a-f]{64})", regex.ASCII)
FORMS = ("jsonl", "csv")


class NoteType(click.ParamType[tuple[int, str]]):
    """The number and the hash of a record, as `audit verify` shows them."""

    name = "N:HASH"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, str]:
        """Read a note, or say how one is written."""
        match = NOTE.fullmatch(str(value))
        if match is None:
            self.fail("应写作“序号:校验值”，与 shenjiao audit verify 给出的相同", param, ctx)
        return int(match[1]), match[2]


@click.group("audit", help="审校记录：核对、导出、清除到期的内容。")
def audit() -> None:
    """Look after the records."""


@audit.command("verify", help="核对全部记录；有改动时指出第一处，退出码为 1。")
@click.option(
    "--noted",
    "notes",
    multiple=True,
    type=NoteType(),
    help="此前另处记下的“序号:校验值”；可给几个。记录被整体改写、截去末尾而重做签名的，由此发现。",
)
def verify(notes: tuple[tuple[int, str], ...]) -> None:
    """Look through all records."""
    with refusals():
        head, breaks = Audit(open_database()).breaks(dict(notes))
    if breaks:
        click.echo(f"记录有改动，第一处：{breaks[0]}（共 {len(breaks)} 处）", err=True)
        sys.exit(BROKEN)
    if head is None:
        click.echo("还没有审校记录。")
    else:
        click.echo(f"记录无误，共 {head.number} 条。请把末条另处记下：")
        click.echo(f"{head.number}:{head.hash}")


@audit.command("export", help="导出：jsonl 为全部记录及其校验值，csv 为各篇文稿的问题台账。")
@click.argument("file", metavar="文件", type=click.Path(path_type=Path, dir_okay=False))
def export(file: Path) -> None:
    """Export all records, or a table of findings."""
    form = file.suffix.lower().removeprefix(".")
    if form not in FORMS:
        fail(f"只能导出 {'、'.join(FORMS)} 文件。")
    with refusals():
        database = open_database()
        lines: Iterable[str] = (
            as_lines(Audit(database).records()) if form == "jsonl" else as_table(last_seen(database))
        )
        number = 0
        with file.open("w", encoding="utf-8", newline="") as out:
            for line in lines:
                out.write(line)
                number += 1
    click.echo(f"已导出 {number if form == 'jsonl' else number - 1} 条：{file}")


@audit.command("purge", help="清除到期记录的内容（SHENJIAO_RETENTION_DAYS）；校验值保留，并记下清除了什么。")
@click.option("--days", type=click.IntRange(min=1), help="保留多少天；默认按设置。")
def purge_old(days: int | None) -> None:
    """Take the contents of old records away."""
    with refusals():
        done = purge(open_database(), days or chosen_settings().retention_days)
    if done is None:
        click.echo("没有到期的记录。")
    else:
        click.echo(f"已清除第 {done.through} 号及以前 {done.contents} 条记录的内容、{done.reviews} 次审校。")
