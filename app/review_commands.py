"""The commands about reviews: `shenjiao reviews`."""

from __future__ import annotations

import sys

import click

from app.opening import open_database, refusals
from app.store.due import listed_overdue
from app.working_days import calendar_warning, today

OVERDUE = 1
"""Exit code: something is overdue."""


@click.group("reviews", help="审校：查看逾期未处理的。")
def reviews() -> None:
    """Look after the reviews."""


@reviews.command(
    "overdue",
    help="列出逾期未处理的审校，以每份文稿最近一次为准：期限、编号、文稿、修订、渠道、处数。有逾期的，退出码为 1。",
)
def list_overdue() -> None:
    """List overdue reviews, one a line."""
    day = today()
    if warning := calendar_warning(day):
        click.echo(f"shenjiao: {warning}", err=True)
    with refusals():
        late = listed_overdue(open_database(), day)
    for one in late:
        columns = (
            one.due_on.isoformat(),
            one.review,
            one.document_id,
            one.revision,
            one.channel,
            str(one.findings),
        )
        click.echo("\t".join(columns))
    if late:
        sys.exit(OVERDUE)
