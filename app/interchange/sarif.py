"""SARIF 2.1.0 (OASIS), as code hosts and editors show findings beside the file.

Personal data never goes in: snippets are masked, and no region carries the text around it. What the site has
silenced stands there as suppressed, so that nobody wonders where it went.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib.metadata import version
from itertools import chain
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from app.formats.kernel.in_text import InText
from app.interchange.checked import Checked, Shown, Unreadable
from app.presentation import cited
from detectors.kernel.finding import Finding, Rule, Severity

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
FINGERPRINT = "shenjiao/v1"
STDIN = "stdin"
Json = Mapping[str, Any]


def as_sarif(
    checked: Sequence[Checked], unreadable: Sequence[Unreadable], card: Callable[[str], Rule | None]
) -> str:
    """Write one run.

    Args:
        checked: the files, in the order in which they were given.
        unreadable: files that could not be checked; the run counts as failed.
        card: finds the card of a rule by its code.
    """
    shown = [(one, one.shown()) for one in checked]
    used = {found.finding.rule.code: found.finding.rule for found in chain.from_iterable(s for _, s in shown)}
    codes = {code: number for number, code in enumerate(sorted(used))}
    driver: dict[str, Any] = {
        "name": "Shenjiao",
        "version": version("shenjiao"),
        "language": "zh-CN",
        "rules": [_rule(card(code) or used[code]) for code in codes],
    }
    run: dict[str, Any] = {
        "tool": {"driver": driver},
        "language": "zh-CN",
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(unreadable)],
        "results": [
            _result(one, found, codes[found.finding.rule.code]) for one, every in shown for found in every
        ],
    }
    if checked:
        report = checked[0].report
        run["properties"] = {
            "lexiconVersion": report.lexicon_version,
            "siteLexiconVersion": report.site_lexicon_version,
        }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def _rule(rule: Rule) -> Json:
    source = rule.source
    lines = [rule.why, f"依据：{cited(source)}"]
    if not rule.private:
        # A made-up number here would set off whatever looks for leaks in the artefacts of a run.
        lines += [f"错：{example}" for example in rule.hits[:1]]
        lines += [f"对：{example}" for example in rule.misses[:1]]
    return {
        "id": rule.code,
        "shortDescription": {"text": rule.name},
        "fullDescription": {"text": rule.why},
        "help": {"text": "\n".join(lines), "markdown": "\n\n".join(lines)},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": {
            "tags": [rule.category.value],
            "category": rule.category.label,
            "source": {
                "title": source.title,
                "issuer": source.issuer,
                "date": source.date,
                **({"clause": source.clause} if source.clause else {}),
            },
        },
    }


def _invocation(unreadable: Iterable[Unreadable]) -> Json:
    notes = [
        {
            "level": "error",
            "message": {"text": one.reason},
            "locations": [{"physicalLocation": {"artifactLocation": {"uri": _uri(one.name)}}}],
        }
        for one in unreadable
    ]
    return {"executionSuccessful": not notes, "toolExecutionNotifications": notes}


def _result(checked: Checked, shown: Shown, number: int) -> Json:
    finding = shown.finding
    artifact = {"uri": _uri(checked.reading.name)}
    in_text = checked.in_text
    region = None if in_text is None else _region(in_text, finding)
    location: dict[str, Any] = {"physicalLocation": {"artifactLocation": artifact}}
    if region is None:
        # Regions are of texts; in a document the place has a name.
        location["logicalLocations"] = [{"fullyQualifiedName": str(checked.reading.place(finding.span))}]
    else:
        location["physicalLocation"]["region"] = {**region, "snippet": {"text": shown.text}}
    result: dict[str, Any] = {
        "ruleId": finding.rule.code,
        "ruleIndex": number,
        "level": LEVELS[finding.rule.severity],
        "message": {"text": shown.message},
        "locations": [location],
        "partialFingerprints": {FINGERPRINT: shown.fingerprint},
    }
    if region is not None and (fixes := _fixes(checked, finding, artifact, region)):
        result["fixes"] = fixes
    if shown.silenced:
        site = checked.report.site_lexicon_version
        result["suppressions"] = [
            {
                "kind": "external",
                "status": "accepted",
                "justification": f"本站词库（第 {site} 号变更）允许这种写法，或停用了这条规则",
            }
        ]
    return result


def _fixes(checked: Checked, finding: Finding, artifact: Json, region: Json) -> list[Json]:
    if not checked.can_be_mended(finding.span):
        return []
    return [
        {
            "description": {"text": f"改为“{use}”" if use else "删去"},
            "artifactChanges": [
                {
                    "artifactLocation": artifact,
                    "replacements": [{"deletedRegion": region, "insertedContent": {"text": use}}],
                }
            ],
        }
        for use in finding.replacements
    ]


def _region(in_text: InText, finding: Finding) -> Json:
    span = in_text.in_source(finding.span)
    first, last = in_text.first(finding.span), in_text.end(finding.span)
    return {
        "startLine": first.line,
        "startColumn": first.column,
        "endLine": last.line,
        "endColumn": last.column,
        "charOffset": span.start,
        "charLength": span.end - span.start,
    }


def _uri(name: str) -> str:
    path = PurePath(STDIN if name == "-" else name)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())
