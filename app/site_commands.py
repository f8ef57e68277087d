"""The commands that look after the site lexicon: `shenjiao site`."""

from __future__ import annotations

from pathlib import Path

import click

from app.opening import fail, open_database, open_site_lexicon, refusals
from app.site.entry import Kind, Signature, SiteEntry, id_of, number_of
from app.site_import import READERS, WRITERS, export_table, import_table, read_table
from app.store.entry_store import EntryStore, Sought
from app.store.history import History

PAGE = 1000

author_option = click.option("--author", required=True, help="改动人，记入变更记录。")
note_option = click.option("--note", default="", help="改动的缘由，记入变更记录。")


@click.group("site", help="本站词库：本单位自己的禁用词、正误对照、允许的写法、规则调整。")
def site() -> None:
    """Look after the site lexicon."""


@site.command("list", help="列出、查找条目。")
@click.argument("words", metavar="[词语]", default="")
@click.option("--kind", type=click.Choice([kind.value for kind in Kind]), help="只列这一种。")
@click.option("--retired", is_flag=True, help="只列已停止使用的。")
def list_entries(words: str, kind: str | None, *, retired: bool) -> None:
    """List entries, one a line."""
    sought = Sought(words, Kind(kind) if kind else None, retired)
    with refusals():
        store = EntryStore(open_database())
        offset, total = 0, 1
        while offset < total:
            _, total, kept = store.listed(sought, PAGE, offset)
            for one in kept:
                entry = one.entry
                wording = f"{entry.text} → {'；'.join(entry.uses)}" if entry.uses else entry.text
                click.echo(f"{one.id}\t{entry.kind.label}\t{wording}\t{entry.reason}\t{entry.unit}")
            offset += PAGE


@site.command("add", help="新增一条。")
@click.argument("kind", type=click.Choice([kind.value for kind in Kind]))
@click.argument("text", metavar="词语")
@click.option("--use", "uses", multiple=True, help="改为什么（replace）；可给几个。")
@click.option("--scope", "scope", multiple=True, help="允许的范围（allow）：规则编号或类别；可给几个。")
@click.option("--reason", required=True, help="理由。")
@click.option("--unit", required=True, help="提出单位。")
@author_option
@note_option
def add_entry(  # noqa: PLR0913, PLR0917 each is one option
    kind: str,
    text: str,
    uses: tuple[str, ...],
    scope: tuple[str, ...],
    reason: str,
    unit: str,
    author: str,
    note: str,
) -> None:
    """Add an entry."""
    entry = SiteEntry(Kind(kind), text, reason, unit, uses=uses, scope=scope)
    with refusals():
        kept = open_site_lexicon().add(entry, Signature(author, note))
    click.echo(f"已新增 {kept.id}，第 {kept.change} 号变更。")


@site.command("import", help="导入 CSV 或 xlsx 表格：全部导入或全不导入。")
@click.argument("file", metavar="文件", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@author_option
@note_option
@click.option("--replace", is_flag=True, help="停用表中没有的条目。")
def import_file(file: Path, author: str, note: str, *, replace: bool) -> None:
    """Import a table."""
    form = file.suffix.lower().removeprefix(".")
    if form not in READERS:
        fail(f"只能导入 {'、'.join(READERS)} 文件。")
    with refusals():
        signed = Signature(author, note)
        lexicon = open_site_lexicon()
        lines = read_table(lexicon, form, file.read_bytes())
        change = import_table(lexicon, lines, signed, replace=replace)
    if change is None:
        click.echo("词库原已如此，没有变更。")
    else:
        click.echo(f"已导入 {change.entries} 条，第 {change.number} 号变更。")


@site.command("export", help="导出在用的全部条目，按扩展名为 CSV 或 xlsx。")
@click.argument("file", metavar="文件", type=click.Path(path_type=Path, dir_okay=False))
def export_file(file: Path) -> None:
    """Export a table."""
    form = file.suffix.lower().removeprefix(".")
    if form not in WRITERS:
        fail(f"只能导出 {'、'.join(WRITERS)} 文件。")
    with refusals():
        version, content = export_table(EntryStore(open_database()), form)
    file.write_bytes(content)
    click.echo(f"已导出版本 {version}：{file}")


@site.command("history", help="列出变更，最近的在前；给出编号时只列涉及它的。")
@click.argument("entry", metavar="[条目]", required=False)
@click.option("--limit", type=click.IntRange(min=1), default=20, help="至多列多少条，默认 20。")
def history(entry: str | None, limit: int) -> None:
    """List changes, one a line."""
    number = number_of(entry) if entry else None
    if entry and number is None:
        fail(f"编号应如 {id_of(1)}。")
    with refusals():
        for change in History(open_database()).changes(limit, entry=number):
            undoes = f"（撤销第 {change.undoes} 号）" if change.undoes else ""
            first, text = change.first
            touched = f"{id_of(first)} {text}" + (f" 等 {change.entries} 条" if change.entries > 1 else "")
            signed = f"{change.number}\t{change.at}\t{change.author}\t{change.action}{undoes}"
            click.echo(f"{signed}\t{touched}\t{change.note}".rstrip())


@site.command("undo", help="撤销一次变更；其后又改过的不能撤销。")
@click.argument("number", metavar="编号", type=click.IntRange(min=1))
@author_option
@note_option
def undo(number: int, author: str, note: str) -> None:
    """Undo a change."""
    with refusals():
        change = open_site_lexicon().undo(number, Signature(author, note))
    click.echo(f"已撤销第 {number} 号变更，涉及 {change.entries} 条；本次为第 {change.number} 号变更。")
