"""Who is told of what happens to reviews, and what is still to be told."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.store.migrations.emptiness import require_empty

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "webhook_endpoint",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("events", sa.Text, nullable=False),
        sa.Column("secret", sa.Text, nullable=False),
        sa.Column("created_at", sa.String(20), nullable=False),
        sa.Column("created_by", sa.String(50), nullable=False),
        sa.Column("removed_at", sa.String(20), nullable=True),
    )
    op.create_table(
        "webhook_delivery",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("endpoint", sa.Integer, sa.ForeignKey("webhook_endpoint.number"), nullable=False),
        sa.Column("message", sa.String(60), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("created_at", sa.String(20), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("next_at", sa.BigInteger, nullable=False),
        sa.Column("last_outcome", sa.String(100), nullable=True),
        sa.Column("settled_at", sa.String(20), nullable=True),
    )
    op.create_index("webhook_delivery_message", "webhook_delivery", ["endpoint", "message"], unique=True)
    op.create_index("webhook_delivery_due", "webhook_delivery", ["state", "next_at"])


def downgrade() -> None:
    """Take the tables away while there are no endpoints: what is still to be told is not to be dropped by a tool.

    Raises:
        RuntimeError: there are.
    """
    require_empty("webhook_endpoint", "webhook_delivery")
    for table in ("webhook_delivery", "webhook_endpoint"):
        op.drop_table(table)
