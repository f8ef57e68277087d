"""The tables of the gate: the chain of records, and what they tell of in a form that can be asked."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
)

from app.store.tables import METADATA

SECRETS = Table(
    "signing_secret",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("secret", String(64), nullable=False),
    Column("made_at", String(20), nullable=False),
)
"""What tokens and the head of the chain are signed with; made when it is first needed."""

RECORDS = Table(
    "record",
    METADATA,
    # Numbered by hand under the writers' lock: without gaps.
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", String(20), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("through", Integer, nullable=False),
    Column("content_hash", String(64), nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)
"""The chain: rows are added and never altered; triggers see to it."""

CONTENTS = Table(
    "record_content",
    METADATA,
    Column("number", Integer, ForeignKey("record.number"), primary_key=True, autoincrement=False),
    Column("content", Text, nullable=False),
)
"""What the records say. A trigger lets only that go which a purge has announced in the chain."""

HEAD = Table(
    "record_head",
    METADATA,
    Column("one", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("seal", String(64), nullable=False),
)
"""One row: the last record, signed."""

REVIEWS = Table(
    "review",
    METADATA,
    # The number of its record.
    Column("number", Integer, ForeignKey("record.number"), primary_key=True, autoincrement=False),
    Column("id", String(40), nullable=False),
    Column("created_at", String(20), nullable=False),
    Column("document_id", String(200), nullable=False),
    Column("revision", String(200), nullable=False),
    Column("channel", String(200), nullable=False),
    Column("title", Text, nullable=True),
    Column("published_on", String(10), nullable=True),
    Column("form", String(10), nullable=False),
    Column("text_hash", String(64), nullable=False),
    Column("offset_unit", String(10), nullable=False),
    Column("lexicon_version", String(40), nullable=False),
    Column("site_lexicon_version", Integer, nullable=False),
    Column("text", Text, nullable=True),
    # As it is now, for lists; all other columns are as the record says.
    Column("verdict", String(10), nullable=False),
)

FINDINGS = Table(
    "review_finding",
    METADATA,
    Column("review", Integer, ForeignKey("review.number"), nullable=False),
    Column("place", Integer, nullable=False),
    Column("fingerprint", String(32), nullable=False),
    Column("rule", String(20), nullable=False),
    Column("category", String(20), nullable=False),
    Column("severity", String(10), nullable=False),
    Column("start", BigInteger, nullable=False),
    Column("end", BigInteger, nullable=False),
    Column("word", Text, nullable=False),
    Column("excerpt", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("replacements", JSON, nullable=False),
    Column("source", JSON, nullable=False),
    Column("due_on", String(10), nullable=True),
    PrimaryKeyConstraint("review", "place"),
)

DECISIONS = Table(
    "review_decision",
    METADATA,
    # Of the record: a decision's own, or the review's that took it over from an earlier revision.
    Column("record", Integer, ForeignKey("record.number"), nullable=False),
    Column("review", Integer, ForeignKey("review.number"), nullable=False),
    Column("finding", String(32), nullable=False),
    Column("action", String(20), nullable=False),
    Column("reason", Text, nullable=True),
    Column("actor", Text, nullable=False),
    Column("second_actor", Text, nullable=True),
    Column("at", String(20), nullable=False),
    PrimaryKeyConstraint("record", "finding"),
)

STAGES = Table(
    "review_stage",
    METADATA,
    Column("record", Integer, ForeignKey("record.number"), primary_key=True, autoincrement=False),
    Column("review", Integer, ForeignKey("review.number"), nullable=False),
    Column("stage", String(10), nullable=False),
    Column("verdict", String(10), nullable=False),
    Column("actor", Text, nullable=False),
    Column("comment", Text, nullable=True),
    Column("at", String(20), nullable=False),
)

ANSWERS = Table(
    "idempotent_answer",
    METADATA,
    Column("key", String(64), primary_key=True),
    Column("body_hash", String(64), nullable=False),
    Column("status", Integer, nullable=False),
    Column("answer", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
)
"""Answers to writes that came with an Idempotency-Key, for a day."""

Index("review_id", REVIEWS.c.id, unique=True)
Index("review_document", REVIEWS.c.document_id, REVIEWS.c.channel, REVIEWS.c.number)
Index("review_finding_rule", FINDINGS.c.rule, FINDINGS.c.review)
Index("review_finding_due", FINDINGS.c.due_on)
Index("review_decision_review", DECISIONS.c.review)
Index("review_stage_review", STAGES.c.review)
Index("idempotent_answer_at", ANSWERS.c.at)
