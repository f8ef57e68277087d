"""The results of a run as files: every finding a JSON line, every file a row of a table; the same however it ran."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from app.archive.comparison import Standing, Status
from app.archive.result import Outcome, RuleCard
from app.presentation import VERDICTS
from app.site_files.columns import plain_cell
from app.store.scan_reading import KeptDocument, ScanReading
from app.text_report import Verdict
from detectors.kernel.finding import Category, Severity

FINDINGS_FILE = "findings.jsonl"
SUMMARY_FILE = "summary.csv"
FAILED = "未能检查"
SUMMARY_HEAD = (
    "文件",
    "结论",
    *(severity.label for severity in Severity),
    *(category.label for category in Category),
    *(status.label for status in Status),
    "未能检查的原因",
)
TOLD = ("unit", "account", "column", "address", "title")
"""Of the manifest, what a line of a finding says."""


def export(reading: ScanReading, run: int, out: Path) -> None:
    """Write the results of a run into a folder, in the order of its documents.

    Counts by severity and category are of what stands in the file now, as far as it is no false alarm.

    Raises:
        OSError: the folder cannot be written.
        DatabaseError: see there.
    """
    out.mkdir(parents=True, exist_ok=True)
    rules = reading.rules(run)
    # The byte order mark makes Excel read the summary as UTF-8.
    with (
        (out / FINDINGS_FILE).open("w", encoding="utf-8") as findings,
        (out / SUMMARY_FILE).open("w", encoding="utf-8-sig", newline="") as summary,
    ):
        rows = csv.writer(summary)
        rows.writerow(SUMMARY_HEAD)
        for document, standings in reading.findings(run):
            for standing in standings:
                findings.write(f"{_line(document, standing, rules)}\n")
            if document.counts or standings:
                rows.writerow(_row(document, standings))


def _line(document: KeptDocument, standing: Standing, rules: Mapping[str, RuleCard]) -> str:
    found = standing.finding
    card = rules.get(found.rule)
    record = {
        "file": document.name,
        "place": found.place,
        **found.place_fields,
        "id": found.fingerprint,
        "rule": found.rule,
        "category": found.category.value,
        "severity": found.severity.value,
        "start": found.start,
        "end": found.end,
        "text": found.text,
        "message": found.message,
        "replacements": list(found.replacements),
        "source": None if card is None else card.source,
        "excerpt": found.excerpt,
        "status": standing.status.value,
        "first_found_on": standing.first_found_on.isoformat(),
    }
    told = {name: value for name in TOLD if (value := getattr(document, name))}
    if document.published_on is not None:
        told["published_on"] = document.published_on.isoformat()
    if standing.note:
        told["note"] = standing.note
    return json.dumps(record | told, ensure_ascii=False)


def _row(document: KeptDocument, standings: tuple[Standing, ...]) -> tuple[object, ...]:
    there = [one.finding for one in standings if one.status in {Status.NEW, Status.REMAINING}]
    severities, categories = Counter(one.severity for one in there), Counter(one.category for one in there)
    statuses = Counter(one.status for one in standings)
    readable = document.outcome not in {Outcome.FAILED, Outcome.GONE}
    figures = (
        *(severities[severity] for severity in Severity),
        *(categories[category] for category in Category),
        *(statuses[status] for status in Status),
    )
    verdict = VERDICTS[Verdict(document.outcome.value)] if readable else FAILED
    return (
        plain_cell(document.name),
        verdict,
        *(figures if readable else [""] * len(figures)),
        document.reason,
    )
