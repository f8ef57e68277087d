"""Scans of small archives, by real processes on a real database, for the tests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from app.archive.comparison import Standing, Status
from app.archive.source import Archive
from app.engine import lexicon_version
from app.formats.kernel.reading import Options
from app.scan_export import FINDINGS_FILE, SUMMARY_FILE, export
from app.scan_workers import Staff, carry_out
from app.settings import settings
from app.store.database import Database
from app.store.entry_store import EntryStore
from app.store.scan_reading import KeptDocument, ScanReading
from app.store.scan_runs import NewRun, Progress, Run, ScanRuns

SITE = "示例网"


def begun(
    database: Database, source: Path, *, columns: Mapping[str, str] | None = None, previous: int | None = None
) -> Run:
    """Begin a run."""
    archive = Archive.of(str(source), Options(main_text=True), date(2026, 11, 22), columns=columns)
    return ScanRuns(database).begin(
        NewRun(
            SITE,
            archive.source,
            archive.as_json(),
            lexicon_version(settings().lexicons),
            EntryStore(database).version(),
            previous=previous,
        )
    )


def worked_on(
    database: Database,
    url: str,
    number: int,
    *,
    workers: int = 1,
    patience: float = 20.0,
    tell: Callable[[Progress], None] = lambda _: None,
) -> Run:
    """Work on a run to its end, or until it stops."""
    return carry_out(database, url, number, Staff(workers, patience), tell)


def scanned(database: Database, url: str, source: Path, *, workers: int = 1) -> Run:
    """Scan an archive from beginning to end."""
    return worked_on(database, url, begun(database, source).number, workers=workers)


def standings(database: Database, run: Run) -> list[tuple[str, Standing]]:
    """Give what a run says of findings, with the names of their documents."""
    found = ScanReading(database).findings(run.number)
    return [(document.name, one) for document, several in found for one in several]


def statuses(database: Database, run: Run) -> Counter[Status]:
    """Count what a run says of findings."""
    return Counter(one.status for _, one in standings(database, run))


def documents(database: Database, run: Run) -> list[KeptDocument]:
    """Give the documents of a run."""
    return list(ScanReading(database).documents(run.number))


def exported(database: Database, run: Run, folder: Path) -> tuple[bytes, bytes]:
    """Give the bytes of the files of results."""
    export(ScanReading(database), run.number, folder)
    return (folder / FINDINGS_FILE).read_bytes(), (folder / SUMMARY_FILE).read_bytes()
