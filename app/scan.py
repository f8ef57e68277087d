"""Scanning a folder: every readable file once, its findings as JSON lines, one CSV row a file."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.documents import SUFFIXES, Document, UnreadableError, read
from app.engine import Engine, Report
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


def files_below(folder: Path) -> list[Path]:
    """List the files of a folder that can be scanned, in name order."""
    return sorted(path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES and path.is_file())


def scan(
    engine: Engine,
    files: list[Path],
    out: Path,
    published_on: date | None,
    layer: SiteLayer = NO_LAYER,
) -> Iterator[Tally]:
    """Check files one after the other, and yield the tally after each.

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
            tally.files += 1
            try:
                document = read(path)
            except UnreadableError as error:
                tally.failures += 1
                rows.writerow((path, "未能检查", *[""] * (len(SUMMARY_HEAD) - 3), error))
            else:
                report = engine.check(
                    document.text, published_on=published_on, links=document.links, layer=layer
                )
                tally.findings += len(report.findings)
                findings.write("".join(f"{record}\n" for record in as_records(document, report)).encode())
                rows.writerow(_row(document, report))
            summary.flush()
            yield tally


def _row(document: Document, report: Report) -> tuple[object, ...]:
    found = [finding.rule.category for finding in report.findings]
    return (
        document.name,
        VERDICTS[report.verdict],
        *report.counts.values(),
        *(found.count(category) for category in Category),
        "",
    )
