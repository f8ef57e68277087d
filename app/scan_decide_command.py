"""The command that says of a finding of a scan that it is a false alarm: `shenjiao scan decide`."""

from __future__ import annotations

import click

from app.one_line import masked_line
from app.opening import fail, load_layers, open_database, refusals
from app.store.scan_decisions import ScanDecision
from app.store.scan_decisions import decide as keep_decision
from app.store.writing import UnknownError

NO_SUCH = "没有这一次扫描，或者其中没有这条提醒"


@click.command(help="判定一条提醒是误报；以后各次扫描都作误报。")
@click.argument("number", metavar="编号", type=int)
@click.option("--file", "document", required=True, help="哪个文件：findings.jsonl 中的 file。")
@click.option("--finding", required=True, help="哪条提醒：findings.jsonl 中的 id。")
@click.option("--actor", required=True, help="谁判定的。")
@click.option("--reason", required=True, help="理由；其中的个人信息遮盖后保存。")
@click.option("--withdraw", is_flag=True, help="收回先前的判定。")
def decide(  # noqa: PLR0913 - one argument an option
    number: int, document: str, finding: str, actor: str, reason: str, *, withdraw: bool
) -> None:
    """Decide about a finding."""
    engine, layer = load_layers()
    # Reasons are kept, and some quote what they speak of.
    said_by, because = (masked_line(engine, line, layer) for line in (actor, reason))
    with refusals():
        try:
            decision = ScanDecision(document, finding, not withdraw, said_by, because)
            keep_decision(open_database(), number, [decision])
        except UnknownError:
            fail(f"{NO_SUCH}：{number}")
    click.echo("已收回。" if withdraw else "已记为误报。")
