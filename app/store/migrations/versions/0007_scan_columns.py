"""The columns that the websites and accounts of a scan should have, and how often each is to be updated."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.store.migrations.emptiness import require_empty

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "scan_column",
        sa.Column("run", sa.Integer, sa.ForeignKey("scan_run.number"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("unit", sa.String(200), nullable=False),
        sa.Column("account", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(50), nullable=False),
        sa.Column("record_number", sa.String(50), nullable=False),
        sa.Column("column", sa.String(200), nullable=False),
        sa.Column("level", sa.String(10), nullable=False),
        sa.Column("update_limit", sa.String(30), nullable=False),
    )


def downgrade() -> None:
    """Take the table away while it is empty.

    Raises:
        RuntimeError: it is not.
    """
    require_empty("scan_column")
    op.drop_table("scan_column")
