"""The three files of a report, out of one moment of the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.archive.freshness import Thresholds
from app.deadlines import Deadlines
from app.report import notice, page, workbook
from app.report.figures import Figures, figures_of
from app.report.notice_text import Names, notice_of
from app.store.database import Database

NOTICE, WORKBOOK, PAGE = "notice.docx", "findings.xlsx", "report.html"


@dataclass(frozen=True, slots=True)
class Reporting:
    """How a report is made."""

    day: date | None
    """As of which; that of the run if None."""
    names: Names
    thresholds: Thresholds
    deadlines: Deadlines


def write_files(database: Database, run: int, out: Path, how: Reporting) -> Figures:
    """Write notice, workbook and page of a run into a folder, which is made; give the figures.

    Raises:
        NoReportError: there is no such run, or it is not done.
        DatabaseError: see there.
        OSError: a file cannot be written.
    """
    with database.reading() as connection:
        figures = figures_of(connection, run, day=how.day, thresholds=how.thresholds, deadlines=how.deadlines)
        said = notice_of(figures, how.names, how.deadlines)
        out.mkdir(parents=True, exist_ok=True)
        (out / NOTICE).write_bytes(notice.write(said))
        (out / PAGE).write_bytes(page.write(figures, said.title))
        workbook.write(connection, figures, how.deadlines, out / WORKBOOK)
    return figures
