"""Scanning a folder: every readable file once, its findings as JSON lines, one CSV row a file."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.engine import Engine, Report
from app.file_check import report_on
from app.files import readings
from app.formats.kernel.reading import Failure, Options, Reading
from app.presentation import VERDICTS, as_records
from app.site.layer import NO_LAYER, SiteLayer
from detectors.kernel.finding import Category, Severity

FINDINGS_FILE = "findings.jsonl"
SUMMARY_FILE = "summary.csv"
SUMMARY_HEAD = (
    "文件",
    "结论",
    *(severity.label for severity in Severity),
    *(category.label for category in Category),
    "未能检查的原因",
)


@dataclass(slots=True)
class Tally:
    """What a scan came to so far."""

    files: int = 0
    findings: int = 0
    failures: int = 0


def scan(  # noqa: PLR0913 - one argument an option
    engine: Engine,
    files: list[Path],
    out: Path,
    *,
    options: Options,
    published_on: date | None,
    layer: SiteLayer = NO_LAYER,
) -> Iterator[Tally]:
    """Check files one after the other, and yield the tally after each; of an archive every member is a row.

    A file that cannot be read becomes a row with its reason; the scan goes on. The findings of a file
    are written at one stroke, so that a scan that is cut short leaves whole lines behind.
    """
    out.mkdir(parents=True, exist_ok=True)
    tally = Tally()
    # The byte order mark makes Excel read the summary as UTF-8.
    with (
        (out / FINDINGS_FILE).open("wb", buffering=0) as findings,
        (out / SUMMARY_FILE).open("w", encoding="utf-8-sig", newline="") as summary,
    ):
        rows = csv.writer(summary)
        rows.writerow(SUMMARY_HEAD)
        for path in files:
            for reading in readings(path, options):
                tally.files += 1
                if isinstance(reading, Failure):
                    tally.failures += 1
                    rows.writerow((reading.name, "未能检查", *[""] * (len(SUMMARY_HEAD) - 3), reading.reason))
                    continue
                report = report_on(engine, reading, published_on=published_on, layer=layer)
                tally.findings += len(report.findings)
                findings.write("".join(f"{record}\n" for record in as_records(reading, report)).encode())
                rows.writerow(_row(reading, report))
            summary.flush()
            yield tally


def _row(reading: Reading, report: Report) -> tuple[object, ...]:
    found = [finding.rule.category for finding in report.findings]
    return (
        reading.name,
        VERDICTS[report.verdict],
        *report.counts.values(),
        *(found.count(category) for category in Category),
        "；".join(reading.notes),
    )
