"""What became of a shard, written in one stroke: findings replaced, compared with the run before, shard done."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from app.archive.comparison import Now, Standing, Status, compared
from app.archive.result import Outcome, ScanFinding, ScannedPart, ShardResult
from app.gate.review import Action
from app.store.database import Database
from app.store.gate_tables import DECISIONS as REVIEW_DECISIONS
from app.store.gate_tables import REVIEWS
from app.store.scan_runs import Run, run_in
from app.store.scan_shards import Shard, mark_done, require_owned
from app.store.scan_tables import DECISIONS, DOCUMENTS, FINDINGS, RULES
from app.store.stretches import stretches
from detectors.kernel.finding import Category, Severity

Place = tuple[int, int]
"""A document and its part."""


def finish(database: Database, shard: Shard, result: ShardResult, knows: Callable[[str], bool]) -> None:
    """Write what became of a shard, and mark it as done.

    Args:
        database: of the run.
        shard: on lease to whoever has checked it.
        result: what became of its documents.
        knows: tells whether there is a rule of that code: what a rule had found that is gone cannot be verified.

    Raises:
        LostLeaseError: another one has the shard now; nothing is written.
        DatabaseError: see there.
    """
    with database.sharing() as connection:
        require_owned(connection, shard)
        run = run_in(connection, shard.run)
        _write(connection, run, shard, result, knows)
        mark_done(connection, shard)


def _write(
    connection: Connection, run: Run, shard: Shard, result: ShardResult, knows: Callable[[str], bool]
) -> None:
    named = {
        (document.number, part): scanned
        for document in result.documents
        for part, scanned in enumerate(document.parts)
    }
    former = _Former(connection, run, [part.name for part in named.values()])
    _clear(connection, shard)
    _write_documents(connection, shard, named)
    rows: list[dict[str, Any]] = []
    for place, part in named.items():
        now = Now(part.findings, part.outcome is not Outcome.FAILED, former.is_unchanged(part))
        standings = compared(
            now,
            former.standings(part.name),
            today=run.day,
            knows=knows,
            false_alarms=former.false_alarms(part.name),
        )
        rows += (_row_of(run.number, place, ordinal, one) for ordinal, one in enumerate(standings))
    for some in stretches(rows):
        connection.execute(insert(FINDINGS), some)
    if result.rules:
        # Others may be writing the same rules: in one order, so that nobody waits in a circle.
        cards = [asdict(card) | {"run": run.number} for card in result.rules]
        connection.execute(_insert_unless_there(connection), cards)


class _Former:
    """What the run before, and people, have said about some documents."""

    def __init__(self, connection: Connection, run: Run, names: Sequence[str]) -> None:
        self._standings: dict[str, list[Standing]] = defaultdict(list)
        self._digests: dict[str, str] = {}
        self._false_alarms: dict[str, set[str]] = defaultdict(set)
        for some in stretches(names):
            self._read_decisions(connection, run.site, some)
            if run.previous is not None:
                self._read_findings(connection, run.previous, some)

    def standings(self, name: str) -> list[Standing]:
        return self._standings.get(name, [])

    def false_alarms(self, name: str) -> set[str]:
        return self._false_alarms.get(name, set())

    def is_unchanged(self, part: ScannedPart) -> bool:
        return part.digest is not None and self._digests.get(part.name) == part.digest

    def _read_findings(self, connection: Connection, previous: int, names: Sequence[str]) -> None:
        chosen = (DOCUMENTS.c.run == previous) & DOCUMENTS.c.name.in_(names)
        known = {}
        for row in connection.execute(
            select(DOCUMENTS.c.number, DOCUMENTS.c.part, DOCUMENTS.c.name, DOCUMENTS.c.digest).where(chosen)
        ):
            known[row.number, row.part] = row.name
            if row.digest is not None:
                self._digests[row.name] = row.digest
        both = (FINDINGS.c.document == DOCUMENTS.c.number) & (FINDINGS.c.part == DOCUMENTS.c.part)
        found = (
            select(FINDINGS)
            .join(DOCUMENTS, (FINDINGS.c.run == DOCUMENTS.c.run) & both)
            .where(chosen, FINDINGS.c.status != Status.MENDED.value)
            .order_by(FINDINGS.c.document, FINDINGS.c.part, FINDINGS.c.ordinal)
        )
        for row in connection.execute(found):
            self._standings[known[row.document, row.part]].append(standing_of(row))

    def _read_decisions(self, connection: Connection, site: str, names: Sequence[str]) -> None:
        """Read what was decided in reviews, then what was decided about scans, which is the later word."""
        reviewed = (
            select(REVIEWS.c.document_id, REVIEW_DECISIONS.c.finding, REVIEW_DECISIONS.c.action)
            .join(REVIEW_DECISIONS, REVIEW_DECISIONS.c.review == REVIEWS.c.number)
            .where(REVIEWS.c.document_id.in_(names))
            .order_by(REVIEW_DECISIONS.c.record)
        )
        for name, fingerprint, action in connection.execute(reviewed):
            self._decide(name, fingerprint, false_alarm=action == Action.FALSE_ALARM.value)
        hashed = {name_hash(name): name for name in names}
        decided = select(DECISIONS).where(DECISIONS.c.site == site, DECISIONS.c.document.in_(hashed))
        for row in connection.execute(decided):
            self._decide(hashed[row.document], row.fingerprint, false_alarm=row.false_alarm)

    def _decide(self, name: str, fingerprint: str, *, false_alarm: bool) -> None:
        known = self._false_alarms[name]
        known.add(fingerprint) if false_alarm else known.discard(fingerprint)


def name_hash(name: str) -> str:
    """Name a document in an index: addresses may be longer than one holds."""
    return hashlib.sha256(name.encode()).hexdigest()


def standing_of(row: Any) -> Standing:
    """Read a row of the table of findings."""
    return Standing(
        ScanFinding(
            fingerprint=row.fingerprint,
            rule=row.rule,
            category=Category(row.category),
            severity=Severity(row.severity),
            start=row.start,
            end=row.end,
            place=row.place,
            place_fields=row.place_fields,
            text=row.text,
            excerpt=row.excerpt,
            message=row.message,
            replacements=tuple(row.replacements),
        ),
        Status(row.status),
        row.first_found_on,
        row.note,
    )


def _clear(connection: Connection, shard: Shard) -> None:
    own = (DOCUMENTS.c.run == shard.run) & (DOCUMENTS.c.shard == shard.number)
    numbers = select(DOCUMENTS.c.number).where(own, DOCUMENTS.c.part == 0)
    connection.execute(delete(FINDINGS).where(FINDINGS.c.run == shard.run, FINDINGS.c.document.in_(numbers)))
    connection.execute(delete(DOCUMENTS).where(own, DOCUMENTS.c.part > 0))


def _write_documents(connection: Connection, shard: Shard, named: Mapping[Place, ScannedPart]) -> None:
    """Write down outcomes; a part has what the manifest says of its document."""
    own = (DOCUMENTS.c.run == shard.run) & (DOCUMENTS.c.shard == shard.number) & (DOCUMENTS.c.part == 0)
    rows = {row.number: row._mapping for row in connection.execute(select(DOCUMENTS).where(own))}  # noqa: SLF001
    parts = []
    for (number, part), scanned in named.items():
        outcome = {
            "verdict": scanned.outcome.value,
            "characters": scanned.characters,
            "reason": scanned.reason,
            "digest": scanned.digest,
        }
        if part:
            parts.append(dict(rows[number]) | outcome | {"part": part, "name": scanned.name, "crashes": 0})
        else:
            itself = (DOCUMENTS.c.run == shard.run) & (DOCUMENTS.c.number == number) & (DOCUMENTS.c.part == 0)
            connection.execute(update(DOCUMENTS).where(itself).values(outcome))
    for some in stretches(parts):
        connection.execute(insert(DOCUMENTS), some)


def _row_of(run: int, place: Place, ordinal: int, standing: Standing) -> dict[str, Any]:
    document, part = place
    found = asdict(standing.finding)
    return found | {
        "run": run,
        "document": document,
        "part": part,
        "ordinal": ordinal,
        "category": standing.finding.category.value,
        "severity": standing.finding.severity.value,
        "replacements": list(standing.finding.replacements),
        "status": standing.status.value,
        "first_found_on": standing.first_found_on,
        "note": standing.note,
    }


def _insert_unless_there(connection: Connection) -> Any:
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    return dialect.insert(RULES).on_conflict_do_nothing()
