"""Reviews read inside a transaction: one, many, and what was decided about a document before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, Row, exists, func, select

from app.gate.review import Action, Decision, Found, Review, Signing
from app.store.gate_tables import DECISIONS, FINDINGS, REVIEWS, STAGES
from app.store.review_rows import decision_of, found_of, review_of, signing_of

LATER = REVIEWS.alias("later")
SUPERSEDED = exists().where(
    LATER.c.document_id == REVIEWS.c.document_id,
    LATER.c.channel == REVIEWS.c.channel,
    LATER.c.number > REVIEWS.c.number,
)
"""Whether the document of a row was reviewed again for the same channel."""


def review_named(connection: Connection, name: str) -> Review | None:
    """Give one review as it is now."""
    found = whole(connection, [row] if (row := _named(connection, name)) else [])
    return found[0] if found else None


def _named(connection: Connection, name: str) -> Row[Any] | None:
    chosen = select(REVIEWS, SUPERSEDED.label("superseded")).where(REVIEWS.c.id == name)
    return connection.execute(chosen).one_or_none()


def whole(connection: Connection, rows: Sequence[Row[Any]]) -> list[Review]:
    """Put reviews together out of their rows, which say whether they are superseded."""
    numbers = [row.number for row in rows]
    findings: dict[int, list[Found]] = defaultdict(list)
    chosen = select(FINDINGS).where(FINDINGS.c.review.in_(numbers))
    for row in connection.execute(chosen.order_by(FINDINGS.c.review, FINDINGS.c.place)).mappings():
        findings[row["review"]].append(found_of(dict(row)))
    decisions = decisions_of(connection, numbers)
    signings: dict[int, list[Signing]] = defaultdict(list)
    signed = select(STAGES).where(STAGES.c.review.in_(numbers)).order_by(STAGES.c.record)
    for row in connection.execute(signed).mappings():
        signings[row["review"]].append(signing_of(dict(row)))
    return [
        review_of(
            row,
            findings[row.number],
            decisions.get(row.number, {}),
            signings[row.number],
            superseded=row.superseded,
        )
        for row in rows
    ]


def decisions_of(connection: Connection, numbers: Collection[int]) -> dict[int, dict[str, Decision]]:
    """Give the last decision about each finding of some reviews."""
    decided: dict[int, dict[str, Decision]] = defaultdict(dict)
    chosen = select(DECISIONS).where(DECISIONS.c.review.in_(numbers)).order_by(DECISIONS.c.record)
    for row in connection.execute(chosen).mappings():
        decided[row["review"]][row["finding"]] = decision_of(dict(row))
    return decided


def decided_before(connection: Connection, document_id: str, wanted: Collection[str]) -> dict[str, Decision]:
    """Give the last decision about each of some findings in any review of a document."""
    if not wanted:
        return {}
    chosen = (
        select(DECISIONS)
        .join(REVIEWS, REVIEWS.c.number == DECISIONS.c.review)
        .where(REVIEWS.c.document_id == document_id)
        .order_by(DECISIONS.c.record)
    )
    decided = {row["finding"]: decision_of(dict(row)) for row in connection.execute(chosen).mappings()}
    return {name: decided[name] for name in wanted if name in decided}


def rule_record(connection: Connection, code: str | None = None) -> dict[str, tuple[int, int]]:
    """Count, for one rule or for all, the reviews in which it fired and those that called it a false alarm."""
    fired = select(FINDINGS.c.rule, func.count(FINDINGS.c.review.distinct()).label("reviews"))
    fired = fired.group_by(FINDINGS.c.rule)
    last = (
        select(func.max(DECISIONS.c.record))
        .where(DECISIONS.c.review == FINDINGS.c.review, DECISIONS.c.finding == FINDINGS.c.fingerprint)
        .correlate(FINDINGS)
        .scalar_subquery()
    )
    same = (DECISIONS.c.review == FINDINGS.c.review) & (DECISIONS.c.finding == FINDINGS.c.fingerprint)
    false = (
        select(FINDINGS.c.rule, func.count(FINDINGS.c.review.distinct()).label("reviews"))
        .join(DECISIONS, same & (DECISIONS.c.record == last))
        .where(DECISIONS.c.action == Action.FALSE_ALARM.value)
        .group_by(FINDINGS.c.rule)
    )
    if code is not None:
        fired, false = fired.where(FINDINGS.c.rule == code), false.where(FINDINGS.c.rule == code)
    alarms = {row.rule: row.reviews for row in connection.execute(false)}
    return {row.rule: (row.reviews, alarms.get(row.rule, 0)) for row in connection.execute(fired)}
