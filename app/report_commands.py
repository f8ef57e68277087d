"""The command that reports of a scan."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from app.archive.column_list import read_column_list
from app.command_options import DayType
from app.opening import chosen_settings, fail, open_database, refusals
from app.report.counting import NoReportError, run_facts
from app.report.files import NOTICE, PAGE, WORKBOOK, write_files
from app.report.notice_text import Names
from app.report.wording import percent
from app.scan_reports import reporting_by
from app.store.scan_columns import keep_columns
from app.working_days import calendar_warning
from detectors.kernel.system_errors import reason_of

columns_option = click.option(
    "--columns",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="栏目表（CSV、xlsx），随这次扫描保存；不给的，报告用同一站点最近一次的。",
)


@click.command(
    help="出一次扫描的报告：通报（notice.docx）、问题清单（findings.xlsx）、带图表的网页（report.html）。"
)
@click.argument("number", metavar="编号", type=click.IntRange(min=1))
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("report"),
    help="报告放在哪个目录。",
)
@click.option("--title", default="", help="通报的标题；默认按季度写。")
@click.option("--issuer", default="", help="落款的单位。")
@click.option("--quarter", default="", help="标题中的时间，如 2026年第三季度；默认按检查日期写。")
@click.option("--as-of", type=DayType(), help="截至哪天，据以计算更新、逾期；默认是扫描那天。")
@columns_option
def report(  # noqa: PLR0913 - one argument an option
    number: int,
    *,
    out: Path,
    title: str,
    issuer: str,
    quarter: str,
    as_of: date | None,
    columns: Path | None,
) -> None:
    """Write the report of a run."""
    how = replace(reporting_by(chosen_settings()), day=as_of, names=Names(title, issuer, quarter))
    with refusals():
        expected = None if columns is None else read_column_list(columns)
        database = open_database()
        if not database.exists:
            fail("还没有扫描过")
        try:
            if expected is not None:
                with database.writing() as connection:
                    run_facts(connection, number)
                    keep_columns(connection, number, expected)
            figures = write_files(database, number, out, how)
        except NoReportError as error:
            fail(str(error))
        except OSError as error:
            fail(f"{out}：不能写入（{reason_of(error)}）")
    if warning := calendar_warning(figures.day):
        click.echo(f"shenjiao: {warning}", err=True)
    tally = figures.whole.total
    click.echo(
        f"现有问题 {tally.standing} 处（严重表述错误 {tally.severe} 处），"
        f"整改率 {percent(tally.rate)}，逾期 {tally.overdue} 处。"
    )
    click.echo(f"报告：{out / NOTICE}、{out / WORKBOOK}、{out / PAGE}")
