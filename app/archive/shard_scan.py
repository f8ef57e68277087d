"""Checking a shard: some documents of an archive, one after the other, without a database.

Whoever runs shards, a process of this machine or a cluster, calls `scan_shard`. It has no state; the same documents
give the same result everywhere.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

from app.archive.document import Document
from app.archive.how import How
from app.archive.result import (
    Outcome,
    RuleCard,
    ScanFinding,
    ScannedDocument,
    ScannedPart,
    ShardResult,
)
from app.archive.storage import fetched, is_remote
from app.documents import HTML_SUFFIXES, UnreadableError
from app.engine import Engine
from app.file_check import report_on
from app.files import attachments, readings, readings_of
from app.fingerprint import fingerprints, shown_text
from app.formats.kernel.reading import Failure, Options, Reading
from app.presentation import excerpts
from app.site.layer import SiteLayer
from app.storable import storable
from app.text_report import Report
from detectors.kernel.finding import Rule

LONGEST_TEXT = 200
"""Code points of a matched text that are kept; a doubled paragraph may be much longer."""
DIGEST_DIGITS = 16
ATTACHED = " › "
"""Between the name of a page and the path of an attachment."""
ELSEWHERE = "文件不在允许扫描的目录之内"
NOTHING_INSIDE = "压缩包中没有读得了的文件"


def scan_shard(engine: Engine, layer: SiteLayer, documents: Iterable[Document], how: How) -> ShardResult:
    """Check documents; what cannot be read or checked is an outcome, never the end.

    Args:
        engine: checks the texts.
        layer: what the site has laid over the shipped rules.
        documents: of rows of a dataset with their texts.
        how: the same for all documents of a run.
    """
    check = _Check(engine, layer, how)
    scanned = tuple(check.scanned(document) for document in documents)
    return ShardResult(scanned, tuple(check.cards[code] for code in sorted(check.cards)))


class _Check:
    """Checks one document after the other, and remembers the rules that fired."""

    def __init__(self, engine: Engine, layer: SiteLayer, how: How) -> None:
        self.cards: dict[str, RuleCard] = {}
        self._engine, self._layer, self._how = engine, layer, how

    def scanned(self, document: Document) -> ScannedDocument:
        parts = list(self._parts(document))
        if not parts or parts[0].name != document.name:
            # An archive has no text of its own.
            note = "" if parts else NOTHING_INSIDE
            parts.insert(0, ScannedPart(document.name, Outcome.PASS, reason=note))
        return ScannedDocument(document.number, tuple(parts))

    def _parts(self, document: Document) -> Iterator[ScannedPart]:
        if document.fault:
            yield ScannedPart(document.name, Outcome.FAILED, reason=document.fault)
            return
        options = self._how.options
        if document.text is not None:
            content = document.text.encode("utf-8", "surrogatepass")
            yield from self._checked(document, "", readings_of("", content, options, self._how.text_suffix))
            return
        if not self._may_read(document.location):
            yield ScannedPart(document.name, Outcome.FAILED, reason=ELSEWHERE)
            return
        if is_remote(document.location):
            yield from self._checked(document, document.location, _fetched(document.location, options))
            return
        path = Path(document.location)
        yield from self._checked(document, str(path), readings(path, options))
        if self._how.root is not None and path.suffix.lower() in HTML_SUFFIXES:
            for attached in self._attached(path):
                name = f"{ATTACHED}{attached.relative_to(self._how.root.resolve()).as_posix()}"
                yield from self._checked(document, str(attached), readings(attached, self._how.options), name)

    def _may_read(self, location: str) -> bool:
        within = self._how.within
        return within is None or (not is_remote(location) and Path(location).resolve().is_relative_to(within))

    def _attached(self, page: Path) -> list[Path]:
        try:
            return attachments(page, self._how.options, self._how.root)
        except UnreadableError:
            # Said already, of the page itself.
            return []

    def _checked(
        self, document: Document, prefix: str, read: Iterator[Reading | Failure], name: str = ""
    ) -> Iterator[ScannedPart]:
        """Check what a file holds; its members are named after it."""
        while True:
            part = ""
            try:
                one = next(read, None)
                if one is None:
                    return
                part = f"{document.name}{name}{one.name.removeprefix(prefix)}"
                yield self._part(document, part, one)
            except Exception as error:  # noqa: BLE001 - whatever a library raises: one of a million must not end a run
                # Only its kind: a message may quote the text.
                reason = f"检查时出错（{type(error).__name__}）"
                yield ScannedPart(part or f"{document.name}{name}", Outcome.FAILED, reason=reason)
                if not part:
                    return

    def _part(self, document: Document, name: str, one: Reading | Failure) -> ScannedPart:
        name = storable(name)
        if isinstance(one, Failure):
            return ScannedPart(name, Outcome.FAILED, reason=one.reason)
        published_on = document.published_on or self._how.published_on
        report = report_on(self._engine, one, published_on=published_on, layer=self._layer)
        for finding in report.findings:
            self._keep(finding.rule)
        return ScannedPart(
            name,
            Outcome(report.verdict.value),
            characters=len(report.text),
            reason="；".join(one.notes),
            digest=_digest(report),
            findings=tuple(_findings(report, one)),
        )

    def _keep(self, rule: Rule) -> None:
        if rule.code not in self.cards:
            self.cards[rule.code] = RuleCard(rule.code, rule.name, rule.why, asdict(rule.source))


def _fetched(location: str, options: Options) -> Iterator[Reading | Failure]:
    try:
        content = fetched(location, options.limits)
    except UnreadableError as error:
        yield Failure(location, str(error))
    else:
        yield from readings_of(location, content, options)


def _findings(report: Report, reading: Reading) -> Iterator[ScanFinding]:
    named = zip(report.findings, fingerprints(report), excerpts(report), strict=True)
    for finding, fingerprint, excerpt in named:
        place = reading.place(finding.span)
        yield ScanFinding(
            fingerprint=fingerprint,
            rule=finding.rule.code,
            category=finding.rule.category,
            severity=finding.rule.severity,
            start=finding.span.start,
            end=finding.span.end,
            place=storable(str(place)),
            place_fields=place.fields(),
            text=storable(shown_text(report, finding)[:LONGEST_TEXT]),
            excerpt=storable(excerpt),
            message=storable(finding.because(report.text)),
            replacements=tuple(map(storable, finding.replacements)),
        )


def _digest(report: Report) -> str:
    """Sum up a text; personal data goes in masked, or a few unknown digits could be tried out."""
    digest, last = hashlib.sha256(), 0
    for finding in report.findings:
        if finding.rule.private and finding.span.start >= last:
            before = report.text[last : finding.span.start]
            digest.update(f"{before}{finding.replacements[0]}".encode("utf-8", "surrogatepass"))
            last = finding.span.end
    digest.update(report.text[last:].encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:DIGEST_DIGITS]
