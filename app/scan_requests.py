"""Scans that are asked for over the API: what may be named, what is written down, what is told of a run.

A request does no more than write a run down. The work is done by processes beside the service, see `app.scan_watch`.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.archive.inbox import Inbox, NoSuchFolderError, below
from app.archive.rows import SourceError
from app.archive.source import Archive
from app.engine import Engine
from app.formats.kernel.limits import Limits
from app.formats.kernel.reading import Options
from app.one_line import masked_line
from app.scan_answers import ProgressModel, ScanDecisionModel, ScanModel, ShownScan
from app.scan_schemas import ScanDecisionRequest, ScanRequest
from app.schemas import TextFormat
from app.site.acceptance import Fault, RefusedError
from app.site.layer import SiteLayer
from app.store.database import Database
from app.store.scan_decisions import ScanDecision, decide
from app.store.scan_pace import pace
from app.store.scan_runs import NewRun, Run, ScanRuns
from app.store.scan_search import Found, Place, SoughtFindings, counted, findings_after, stream
from app.store.writing import UnknownError
from app.working_days import today

NO_ARCHIVES = "本服务没有设置 SHENJIAO_ARCHIVES，只能扫描随请求提交的文稿"
SUFFIXES = {TextFormat.TEXT: ".txt", TextFormat.HTML: ".html"}
NO_RUN = "没有这一次扫描"
NO_FINDING = "这次扫描中没有这条标注"
REQUESTED = "requested"
"""Key of a run's options: it was asked for over the API, and the service sees to it."""


class UnknownScanError(Exception):
    """There is no such run, or no such finding in it; the message is Chinese."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where archives lie that requests may name, and where what they bring along is kept."""

    inbox: Inbox
    archives: Path | None
    limits: Limits


class ScanRequests:
    """The runs of one database, as requests see them."""

    def __init__(self, database: Database, places: Places, engine: Engine) -> None:
        """Serve the runs of a database."""
        self._runs = ScanRuns(database)
        self._database = database
        self._places = places
        self._engine = engine

    def begin(self, request: ScanRequest, layer: SiteLayer, key_name: str) -> ScanModel:
        """Write a run down.

        Args:
            request: what is to be scanned.
            layer: what the site has laid over the shipped rules, as it is now.
            key_name: of the key that asks; empty without keys.

        Raises:
            RefusedError: what it names is not there.
            DatabaseError: see there.
        """
        archive = self._archive(request)
        try:
            run = self._runs.begin(
                NewRun(
                    site=request.site,
                    source=archive.source,
                    options=archive.as_json() | {REQUESTED: True},
                    lexicon_version=self._engine.lexicon_version,
                    site_lexicon_version=layer.version,
                    created_by=key_name,
                )
            )
        except BaseException:
            self._places.inbox.remove(Path(archive.source))
            raise
        return ScanModel(**self._fields(run))

    def listed(self, site: str | None, before: int | None, limit: int) -> list[ScanModel]:
        """List runs, the last one first."""
        return [ScanModel(**self._fields(run)) for run in self._runs.listed(site, limit, before)]

    def shown(self, number: int) -> ShownScan:
        """Show a run as it is now.

        Raises:
            UnknownScanError, DatabaseError: see there.
        """
        run = self._run(number)
        progress = self._runs.progress(number)
        rate = pace(self._database, number, int(time.time()))
        left = progress.planned - progress.checked
        told = ProgressModel(
            documents=progress.planned,
            checked=progress.checked,
            all_listed=progress.plan_is_whole,
            per_second=rate,
            seconds_left=round(left / rate) if rate and progress.plan_is_whole else None,
        )
        return ShownScan(**self._fields(run), progress=told, findings=counted(self._database, number))

    def resume(self, number: int) -> ShownScan:
        """Let a run go on that has stopped.

        Raises:
            UnknownScanError, DatabaseError: see there.
        """
        self._run(number)
        self._runs.resume(number)
        return self.shown(number)

    def findings(self, sought: SoughtFindings, after: Place | None, limit: int) -> Sequence[Found]:
        """List findings of a run.

        Raises:
            UnknownScanError, DatabaseError: see there.
        """
        self._run(sought.run)
        return findings_after(self._database, sought, after, limit)

    def stream(self, sought: SoughtFindings, after: Place | None) -> Iterator[Found]:
        """Give all findings of a run; whether there is such a run is told at once, not when the first one is read.

        Raises:
            UnknownScanError, DatabaseError: see there.
        """
        self._run(sought.run)
        return stream(self._database, sought, after)

    def decide(self, number: int, request: ScanDecisionRequest, layer: SiteLayer) -> ScanDecisionModel:
        """Decide that a finding is a false alarm, or that it is none after all.

        Raises:
            UnknownScanError: there is no such run, or no such finding in it.
            DatabaseError: see there.
        """
        self._run(number)
        # Reasons are kept, and some quote what they speak of.
        reason = self._masked(request.reason, layer)
        decision = ScanDecision(
            request.document, request.finding, request.false_alarm, self._masked(request.actor, layer), reason
        )
        try:
            decide(self._database, number, [decision])
        except UnknownError:
            raise UnknownScanError(NO_FINDING) from None
        return ScanDecisionModel(
            document=request.document, finding=request.finding, false_alarm=request.false_alarm
        )

    def known(self, number: int) -> None:
        """Refuse the number of a run that there is not.

        Raises:
            UnknownScanError, DatabaseError: see there.
        """
        self._run(number)

    def _run(self, number: int) -> Run:
        try:
            return self._runs.get(number)
        except UnknownError:
            raise UnknownScanError(NO_RUN) from None

    def _masked(self, text: str, layer: SiteLayer) -> str:
        return masked_line(self._engine, text, layer)

    def _archive(self, request: ScanRequest) -> Archive:
        chosen = request.options
        options = Options(self._places.limits, main_text=chosen.main_text, pictures=chosen.pictures)
        day = chosen.published_on or today()
        try:
            if request.articles is not None:
                source = self._places.inbox.put(article.row() for article in request.articles)
                archive = Archive.of(str(source), options, day, text_suffix=SUFFIXES[request.format])
                return archive.confined(source.parent)
            archives = self._archives()
            return Archive.of(str(below(archives, str(request.source))), options, day).confined(archives)
        except (NoSuchFolderError, SourceError) as error:
            raise RefusedError([Fault("source", str(error))]) from None

    def _archives(self) -> Path:
        if self._places.archives is None:
            raise NoSuchFolderError(NO_ARCHIVES)
        return self._places.archives

    def _fields(self, run: Run) -> dict[str, Any]:
        """Say of a run what its model shows."""
        source, archives = Path(run.source), self._places.archives
        is_named = archives is not None and source.is_relative_to(archives.resolve())
        return {
            "number": run.number,
            "site": run.site,
            "source": source.relative_to(archives.resolve()).as_posix() if archives and is_named else None,
            "state": run.state,
            "note": run.note,
            "previous": run.previous,
            "lexicon_version": run.lexicon_version,
            "site_lexicon_version": run.site_lexicon_version,
            "created_at": run.created_at,
            "created_by": run.created_by,
            "finished_at": run.finished_at,
        }
