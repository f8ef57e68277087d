"""Keys that open the service, and with which of them a change of the site lexicon was made."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.store.migrations.emptiness import require_empty

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

UNREVOKED = sa.text("revoked_at IS NULL")


def upgrade() -> None:
    """Make the table and the column; the changes so far were made without a key."""
    op.create_table(
        "access_key",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("name", sa.String(50), nullable=False),
        sa.Column("role", sa.String(10), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("rate", sa.Integer, nullable=False),
        sa.Column("created_at", sa.String(20), nullable=False),
        sa.Column("created_by", sa.String(50), nullable=False),
        sa.Column("revoked_at", sa.String(20), nullable=True),
        sa.Column("last_used_on", sa.String(10), nullable=True),
    )
    op.create_index("access_key_digest", "access_key", ["digest"], unique=True)
    op.create_index(
        "access_key_name",
        "access_key",
        ["name"],
        unique=True,
        sqlite_where=UNREVOKED,
        postgresql_where=UNREVOKED,
    )
    op.add_column("site_change", sa.Column("key_name", sa.String(50), nullable=False, server_default=""))


def downgrade() -> None:
    """Take them away while there are no keys: a service must not be opened again by a tool.

    Raises:
        RuntimeError: there are.
    """
    require_empty("access_key", "site_change")
    op.drop_column("site_change", "key_name")
    op.drop_table("access_key")
