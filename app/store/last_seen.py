"""Every finding once: in the last review of its document that has it, with when it was first seen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, FromClause, exists, func, select

from app.gate.review import Decision, Form, Found
from app.store.database import Database
from app.store.gate_tables import FINDINGS, REVIEWS
from app.store.review_reading import SUPERSEDED, decisions_of
from app.store.review_rows import found_of

STRETCH = 500
"""Rows read at a stretch."""


@dataclass(frozen=True, slots=True)
class LastSeen:
    """A finding where it was last seen."""

    found: Found
    decision: Decision | None
    review: str
    document_id: str
    revision: str
    channel: str
    title: str | None
    form: Form
    first_at: str
    """When any review of the document for the channel first had it; ISO 8601, UTC."""
    gone: bool
    """Whether a later review of the document for the channel has it no more."""


def last_seen(database: Database) -> Iterator[LastSeen]:
    """Give every finding of every document and channel once, in the order of the reviews."""
    if not database.exists:
        return
    other, its_findings = REVIEWS.alias("other"), FINDINGS.alias("its_findings")
    alike = _alike(other, its_findings)
    first = (
        select(func.min(other.c.created_at))
        .join(its_findings, its_findings.c.review == other.c.number)
        .where(alike)
        .correlate(REVIEWS, FINDINGS)
        .scalar_subquery()
    )
    later = exists(
        select(other.c.number)
        .join(its_findings, its_findings.c.review == other.c.number)
        .where(alike, other.c.number > REVIEWS.c.number)
        .correlate(REVIEWS, FINDINGS)
    )
    chosen = (
        select(
            FINDINGS,
            REVIEWS.c.id,
            REVIEWS.c.document_id,
            REVIEWS.c.revision,
            REVIEWS.c.channel,
            REVIEWS.c.title,
            REVIEWS.c.form,
            first.label("first_at"),
            SUPERSEDED.label("gone"),
        )
        .join(REVIEWS, REVIEWS.c.number == FINDINGS.c.review)
        .where(~later)
        .order_by(FINDINGS.c.review, FINDINGS.c.place)
    )
    with database.reading() as connection:
        rows = connection.execute(chosen, execution_options={"yield_per": STRETCH})
        for part in rows.mappings().partitions():
            decisions = decisions_of(connection, {row["review"] for row in part})
            for row in part:
                yield LastSeen(
                    found=found_of(dict(row)),
                    decision=decisions.get(row["review"], {}).get(row["fingerprint"]),
                    review=row["id"],
                    document_id=row["document_id"],
                    revision=row["revision"],
                    channel=row["channel"],
                    title=row["title"],
                    form=Form(row["form"]),
                    first_at=row["first_at"],
                    gone=bool(row["gone"]),
                )


def _alike(other: FromClause, its_findings: FromClause) -> ColumnElement[bool]:
    """Tell that another review is of the same document and channel, and has the same finding."""
    return (
        (other.c.document_id == REVIEWS.c.document_id)
        & (other.c.channel == REVIEWS.c.channel)
        & (its_findings.c.fingerprint == FINDINGS.c.fingerprint)
    )
