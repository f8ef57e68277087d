"""The report of a scan, written for a request.

A process of its own writes it: a workbook of many findings takes long, and would hold up everybody else.
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from anyio import CapacityLimiter, to_process

from app.archive.freshness import Thresholds
from app.archive.update_limit import Unit, UpdateLimit
from app.deadlines import Deadlines
from app.report.files import Reporting, write_files
from app.report.notice_text import Names
from app.settings import Settings
from app.store.database import Database


def reporting_by(chosen: Settings) -> Reporting:
    """Tell how reports are made by the settings: as of the day of the run, under neutral names."""
    return Reporting(
        day=None,
        names=Names(),
        thresholds=replace(Thresholds(), media=UpdateLimit(chosen.new_media_days, Unit.DAY)),
        deadlines=Deadlines(chosen.expression_days, chosen.other_days),
    )


@dataclass(frozen=True, slots=True)
class WrittenReport:
    """The files of a report, in a folder that is to be removed when they have been sent."""

    folder: Path

    def remove(self) -> None:
        """Remove them."""
        shutil.rmtree(self.folder, ignore_errors=True)


class ScanReports:
    """Writes reports of one database, one after the other."""

    def __init__(self, database_url: str) -> None:
        """Serve the runs of a database, given by its address."""
        self._url = database_url
        self._limiter = CapacityLimiter(1)

    async def written(self, run: int, how: Reporting) -> WrittenReport:
        """Write the files of a run's report.

        Raises:
            NoReportError: there is no such run, or it is not done.
            DatabaseError, OSError: see there.
        """
        report = WrittenReport(Path(tempfile.mkdtemp(prefix="shenjiao-report-")))
        try:
            await to_process.run_sync(
                partial(_write, self._url, run, report.folder, how), cancellable=True, limiter=self._limiter
            )
        except BaseException:
            report.remove()
            raise
        return report


def _write(database_url: str, run: int, folder: Path, how: Reporting) -> None:
    database = Database(database_url)
    try:
        write_files(database, run, folder, how)
    finally:
        database.close()
