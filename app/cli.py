"""The command line: `shenjiao`. Exit codes: 0 nothing found, 1 findings, 2 could not run."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any, NoReturn

import click
import uvicorn

from app.audit_commands import audit
from app.check_command import check
from app.command_options import FOUND, NOTHING_FOUND, STDIN, read_input
from app.command_words import in_chinese, name_values
from app.engine import Engine
from app.examples import failing_examples
from app.key_commands import keys
from app.long_redaction import LongRedaction
from app.long_texts import LongText, is_long_text
from app.masks import Masking, MaskStyle
from app.opening import (
    FAILED,
    chosen_settings,
    fail,
    load_engine,
    load_layers,
    open_database,
    open_site_lexicon,
    reading_options,
    refusals,
    require_shut_door,
)
from app.presentation import rules_as_markdown, rules_as_text
from app.redaction import redact as redact_document
from app.review_commands import reviews
from app.roster import as_toml, read_rows
from app.rule_schemas import RuleCard, RuleModel, RuleUse
from app.scan_commands import scan
from app.scan_work_command import work
from app.schemas import MOST_KEPT
from app.site_commands import site
from app.store.review_store import ReviewStore
from app.unforeseen import kind_and_place
from detectors.kernel.confusion import characters_of


class Careful(click.Group):
    """Commands whose unforeseen errors show no traceback: the message of one may quote the draft."""

    def main(self, *arguments: Any, **options: Any) -> Any:
        """Run a command, and say in Chinese what is wrong with the way it was called."""
        with in_chinese():
            return super().main(*arguments, **options)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command, whatever happens."""
        try:
            return super().invoke(ctx)
        except (click.exceptions.Exit, click.ClickException, click.Abort, BrokenPipeError):
            raise
        except Exception as error:  # noqa: BLE001 the last resort is for what nobody foresaw
            fail(f"意外错误，请报告给开发者：{kind_and_place(error)}")


@click.group(
    cls=Careful,
    help="审校：发布前校对中文公文稿件。退出码：0 未发现问题，1 有发现，2 未能运行。",
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(package_name="shenjiao", message="%(prog)s %(version)s", help="显示版本。")
def main() -> None:
    """The command line."""


main.add_command(site)
main.add_command(keys)
main.add_command(audit)
main.add_command(reviews)
main.add_command(check)
main.add_command(scan)
scan.add_command(work)


@main.command(help="启动服务：网页、接口。")
@click.option("--host", default=lambda: chosen_settings().host, help="监听地址，默认 127.0.0.1。")
@click.option("--port", type=int, default=lambda: chosen_settings().port, help="端口，默认 8000。")
@click.option("--workers", type=int, default=lambda: chosen_settings().workers, help="进程数，默认 1。")
def serve(host: str, port: int, workers: int) -> None:
    """Run the service."""
    require_shut_door(host)
    # A lexicon that cannot be loaded is said once, here, and not by every worker.
    load_layers()
    click.echo(f"审校已启动：http://{host}:{port}")
    with tempfile.TemporaryDirectory(prefix="shenjiao-workers-") as shared:
        if workers > 1:
            # What the workers share: the metrics, and how often each key has asked.
            os.environ["PROMETHEUS_MULTIPROC_DIR"] = shared
            os.environ.setdefault("SHENJIAO_SHARED_COUNTERS", f"{shared}/counters")
        uvicorn.run(
            "app.main:create_app",
            factory=True,
            host=host,
            port=port,
            workers=workers,
            access_log=False,
            # Who asks is the peer of the connection; what a header says of it, anybody can write.
            proxy_headers=False,
            log_level="warning",
        )


@main.command(help="启动 MCP 服务（标准输入输出），供智能助手调用：检查、遮盖、查规则。")
def mcp() -> None:
    """Serve assistants."""
    try:
        from app.mcp_server import server_of  # noqa: PLC0415 an extra, and slow to load
    except ModuleNotFoundError:
        fail("没有安装 mcp；请执行 pip install 'shenjiao[mcp]'")
    else:
        server_of(open_site_lexicon()).run()


@main.command(help="遮盖文本中的个人信息，写到标准输出；编码与原文件相同，HTML 只改写被遮盖的字符。")
@click.argument("file", metavar="[文件]", default=STDIN, type=click.Path(path_type=Path, allow_dash=True))
@click.option("--everything", is_flag=True, help="连同可斟酌的也遮盖；默认只遮盖泄露。")
@click.option(
    "--style",
    type=click.Choice([style.value for style in MaskStyle]),
    default=MaskStyle.DEFAULT.value,
    help="各类号码的惯例、身份证保留前2后3或前6后4、全部遮盖、自定。",
)
@click.option("--keep-head", type=click.IntRange(0, MOST_KEPT), default=0, help="自定：开头保留的位数。")
@click.option("--keep-tail", type=click.IntRange(0, MOST_KEPT), default=0, help="自定：末尾保留的位数。")
@click.option("--short", is_flag=True, help="一律写作 ***，不与原文等长。")
def redact(  # noqa: PLR0913 - one argument an option
    file: Path, *, everything: bool, style: str, keep_head: int, keep_tail: int, short: bool
) -> None:
    """Mask the personal data of a file."""
    if style != MaskStyle.CUSTOM and (keep_head or keep_tail):
        raise click.UsageError("--keep-head、--keep-tail 只与 --style custom 同用")
    engine, layer = load_layers()
    masking = Masking(MaskStyle(style), keep_head, keep_tail, keep_length=not short)
    if is_long_text(file):
        with refusals():
            long = LongText.of(file, reading_options(main_text=False).limits)
            outcome = LongRedaction(engine, layer, masking, everything=everything).write(
                long, sys.stdout.buffer
            )
        _end_redaction(found=outcome.found, clean=outcome.clean)
    with refusals():
        document = read_input(file)
    redacted = redact_document(engine, document, masking=masking, everything=everything, layer=layer)
    sys.stdout.buffer.write(redacted.document.encoded())
    _end_redaction(found=bool(redacted.report.findings), clean=redacted.clean)


def _end_redaction(*, found: bool, clean: bool) -> NoReturn:
    if not clean:
        click.echo("shenjiao: 遮盖之后仍有个人信息，请人工处理", err=True)
        sys.exit(FAILED)
    sys.exit(FOUND if found else NOTHING_FOUND)


@main.command(help="列出规则，或查看给出编号的规则；审校中查出过问题的，写明误报几次。")
@click.argument("codes", metavar="[编号]...", nargs=-1)
@click.option("--format", "form", type=click.Choice(["text", "json", "markdown"]), default="text")
def rules(codes: tuple[str, ...], form: str) -> None:
    """List rules."""
    known = load_engine().rules
    if unknown := [code for code in codes if code not in known]:
        click.echo(f"shenjiao: 没有规则 {'、'.join(unknown)}", err=True)
        sys.exit(FAILED)
    chosen = [known[code] for code in (codes or sorted(known))]
    if form == "markdown":
        # The page of the project: it is the same everywhere.
        lines = rules_as_markdown(chosen)
    else:
        with refusals():
            used = ReviewStore(open_database()).rule_record()
        lines = rules_as_text(chosen, used)
    if form == "json":
        cards = [
            RuleCard(**dict(RuleModel.of(rule)), use=RuleUse.of(*used.get(rule.code, ()))) for rule in chosen
        ]
        click.echo(json.dumps([card.model_dump(mode="json") for card in cards], ensure_ascii=False, indent=2))
        return
    for line in lines:
        click.echo(line)


@main.group(help="人员名单的维护。")
def roster() -> None:
    """Look after the site's own roster."""


@roster.command("import", help="把人员名单（CSV：姓名、职务、起始日、终止日）转成词库文件，写到标准输出。")
@click.argument("file", metavar="文件", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--source", required=True, help="sources.toml 中的出处，如本单位公布领导信息的页面。")
def import_roster(file: Path, source: str) -> None:
    """Turn a CSV into a lexicon file."""
    with refusals():
        rows = read_rows(read_input(file).source)
    for line in as_toml(rows, source, characters_of(chosen_settings().lexicons)):
        click.echo(line)


@main.group(help="词库的维护。")
def lexicon() -> None:
    """Look after the lexicons."""


@lexicon.command("check", help="检查词库：格式、编号、出处，以及每条的正反例句。")
@click.argument(
    "folder", metavar="[目录]", required=False, type=click.Path(path_type=Path, exists=True, file_okay=False)
)
def check_lexicon(folder: Path | None) -> None:
    """Load the lexicons of a folder and try their examples."""
    with refusals():
        engine = Engine.load(folder or chosen_settings().lexicons)
    faults = failing_examples(engine)
    for fault in faults:
        click.echo(fault)
    if faults:
        sys.exit(FOUND)
    click.echo(f"词库无误：{len(engine.rules)} 条规则，版本 {engine.lexicon_version}。")


name_values(main)

if __name__ == "__main__":
    main()
