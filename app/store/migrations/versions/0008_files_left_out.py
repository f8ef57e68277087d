"""How many files of the source of a scan were not to be checked, and why."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.store.migrations.emptiness import require_empty

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "scan_left_out",
        sa.Column("run", sa.Integer, sa.ForeignKey("scan_run.number"), primary_key=True),
        sa.Column("reason", sa.String(20), primary_key=True),
        sa.Column("suffix", sa.String(20), primary_key=True),
        sa.Column("files", sa.Integer, nullable=False),
    )


def downgrade() -> None:
    """Take the table away while it is empty.

    Raises:
        RuntimeError: it is not.
    """
    require_empty("scan_left_out")
    op.drop_table("scan_left_out")
