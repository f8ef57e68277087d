"""The tables of the webhooks."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, String, Table, Text

from app.store.tables import METADATA

ENDPOINTS = Table(
    "webhook_endpoint",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("url", Text, nullable=False),
    # Parted by blanks.
    Column("events", Text, nullable=False),
    Column("secret", Text, nullable=False),
    Column("created_at", String(20), nullable=False),
    Column("created_by", String(50), nullable=False),
    Column("removed_at", String(20), nullable=True),
)
"""Who is told; one that was removed stays, so that its id is not given to another."""

DELIVERIES = Table(
    "webhook_delivery",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("endpoint", Integer, ForeignKey("webhook_endpoint.number"), nullable=False),
    Column("message", String(60), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("payload", Text, nullable=False),
    Column("created_at", String(20), nullable=False),
    Column("state", String(10), nullable=False),
    Column("attempts", Integer, nullable=False),
    # Seconds since 1970; of what is settled it has no meaning.
    Column("next_at", BigInteger, nullable=False),
    Column("last_outcome", String(100), nullable=True),
    Column("settled_at", String(20), nullable=True),
)
"""The outbox: written with what it tells of, sent afterwards; what was settled long ago is deleted."""

Index("webhook_delivery_message", DELIVERIES.c.endpoint, DELIVERIES.c.message, unique=True)
Index("webhook_delivery_due", DELIVERIES.c.state, DELIVERIES.c.next_at)
