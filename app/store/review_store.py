"""Reviews as they are kept: made, decided, signed. Each deed is one transaction with one record of the chain."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import ColumnElement, Connection, insert, select, update

from app.gate.chain import Kind
from app.gate.events import blocked, decided
from app.gate.policy import UnknownReviewError, carried, require_decidable, require_stage
from app.gate.review import Decision, Review, Signing, Submitted, verdict_of
from app.gate.token import Bound
from app.store.database import Database
from app.store.due import is_late, with_former_deadlines
from app.store.gate_tables import DECISIONS, FINDINGS, REVIEWS, STAGES
from app.store.journal import append, head_in, made_secret, now, secret_in
from app.store.outbox import tell
from app.store.review_reading import SUPERSEDED, decided_before, review_named, rule_record, whole
from app.store.review_rows import decision_row, finding_rows, review_row, stage_row
from app.text_report import Verdict

PREFIX = "rv_"
UNKNOWN = "没有这次审校。"


@dataclass(frozen=True, slots=True)
class SoughtReviews:
    """Which reviews to list."""

    document_id: str | None = None
    verdict: Verdict | None = None
    overdue_by: date | None = None
    """Only the newest of their document, with a finding due before this day and not settled."""
    before: int | None = None
    """Only those of lower numbers, for the next page."""


class ReviewStore:
    """The reviews in one database."""

    def __init__(self, database: Database) -> None:
        """Use a database; what does not exist yet holds no reviews."""
        self.database = database

    def add(self, submitted: Submitted, by: str) -> tuple[Review, bytes]:
        """Keep a review; decisions on earlier revisions of the document hold for it where they may.

        Args:
            submitted: what was checked.
            by: the name of the key with which it was asked for, as of every deed; empty without keys.

        Returns:
            The review, and the secret to sign its token with.
        """
        with self.database.writing() as connection:
            at, name = now(), f"{PREFIX}{secrets.token_hex(12)}"
            findings = with_former_deadlines(connection, submitted.document_id, submitted.findings)
            submitted = replace(submitted, findings=findings)
            severities = {found.fingerprint: found.severity for found in submitted.findings}
            former = decided_before(connection, submitted.document_id, severities)
            decisions = {
                name: decision for name, decision in former.items() if carried(severities[name], decision)
            }
            number = head_in(connection).number + 1
            row = review_row(number, name, at, submitted)
            found = finding_rows(number, submitted.findings)
            taken_over = [decision_row(number, number, decision) for decision in decisions.values()]
            said = {"review": row, "findings": found, "decisions": taken_over, "key": by}
            append(connection, Kind.REVIEW, at, said)
            verdict = verdict_of(submitted.findings, decisions)
            connection.execute(insert(REVIEWS), {**row, "verdict": verdict.value})
            if found:
                connection.execute(insert(FINDINGS), found)
            if taken_over:
                connection.execute(insert(DECISIONS), taken_over)
            review = Review(number, name, at, submitted, decisions, (), superseded=False)
            if verdict is Verdict.BLOCK:
                tell(connection, blocked(review))
            return review, made_secret(connection)

    def get(self, name: str) -> Review:
        """Give one review as it is now.

        Raises:
            UnknownReviewError: there is none of that name.
        """
        if not self.database.exists:
            raise UnknownReviewError(UNKNOWN)
        with self.database.reading() as connection:
            return _known(connection, name)

    def told_by(self, read: Callable[[bytes], Bound | None]) -> tuple[Bound, Review] | None:
        """Give what a token says and the review it names, if it was signed here.

        Args:
            read: reads the token with the secret of this database.
        """
        if not self.database.exists:
            return None
        with self.database.reading() as connection:
            secret = secret_in(connection)
            bound = None if secret is None else read(secret)
            review = None if bound is None else review_named(connection, bound.review)
            return None if bound is None or review is None else (bound, review)

    def listed(self, sought: SoughtReviews, limit: int) -> list[Review]:
        """List reviews, the last one first."""
        if not self.database.exists:
            return []
        conditions: list[ColumnElement[bool]] = []
        if sought.document_id is not None:
            conditions.append(REVIEWS.c.document_id == sought.document_id)
        if sought.verdict is not None:
            conditions.append(REVIEWS.c.verdict == sought.verdict.value)
        if sought.before is not None:
            conditions.append(REVIEWS.c.number < sought.before)
        if sought.overdue_by is not None:
            conditions += [~SUPERSEDED, is_late(sought.overdue_by)]
        chosen = select(REVIEWS, SUPERSEDED.label("superseded")).where(*conditions)
        with self.database.reading() as connection:
            rows = connection.execute(chosen.order_by(REVIEWS.c.number.desc()).limit(limit)).all()
            return whole(connection, rows)

    def decide(self, name: str, decision: Decision, by: str) -> Review:
        """Write down what somebody decided about a finding.

        Raises:
            UnknownReviewError, OutOfTurnError, RefusedError: see `app.gate.policy`.
        """

        def write(connection: Connection, review: Review) -> Review:
            require_decidable(review, decision)
            signed = replace(decision, at=now())
            decisions = {**review.decisions, signed.finding: signed}
            record = head_in(connection).number + 1
            row = decision_row(record, review.number, signed)
            append(connection, Kind.DECISION, signed.at, {"id": review.id, "decision": row, "key": by})
            connection.execute(insert(DECISIONS), row)
            afterwards = replace(review, decisions=decisions)
            kept = update(REVIEWS).where(REVIEWS.c.number == review.number)
            connection.execute(kept.values(verdict=afterwards.verdict.value))
            tell(connection, decided(afterwards, signed, record))
            return afterwards

        return self._upon(name, write)

    def sign(self, name: str, signing: Signing, by: str) -> Review:
        """Write down that one of the three reviews was done.

        Raises:
            UnknownReviewError, OutOfTurnError, RefusedError: see `app.gate.policy`.
        """

        def write(connection: Connection, review: Review) -> Review:
            require_stage(review, signing)
            done = replace(signing, at=now())
            record = head_in(connection).number + 1
            row = stage_row(record, review.number, done)
            append(connection, Kind.STAGE, done.at, {"id": review.id, "stage": row, "key": by})
            connection.execute(insert(STAGES), row)
            return replace(review, signings=(*review.signings, done))

        return self._upon(name, write)

    def refuse(self, review: Review, why: str, text_hash: str, by: str) -> None:
        """Write down that a text was not what its token said."""
        content = {"id": review.id, "review": review.number, "reason": why, "text_hash": text_hash, "key": by}
        with self.database.writing() as connection:
            append(connection, Kind.REFUSAL, now(), content)

    def rule_record(self, code: str | None = None) -> dict[str, tuple[int, int]]:
        """Count for each rule that fired the reviews in which it did, and those that called it a false alarm."""
        if not self.database.exists:
            return {}
        with self.database.reading() as connection:
            return rule_record(connection, code)

    def _upon(self, name: str, write: Callable[[Connection, Review], Review]) -> Review:
        if not self.database.exists:
            raise UnknownReviewError(UNKNOWN)
        with self.database.writing() as connection:
            return write(connection, _known(connection, name))


def _known(connection: Connection, name: str) -> Review:
    review = review_named(connection, name)
    if review is None:
        raise UnknownReviewError(UNKNOWN)
    return review
