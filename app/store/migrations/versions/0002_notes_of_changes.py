"""The log keeps why something was changed, where whoever changed it said so."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.store.migrations.emptiness import require_empty

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; the changes so far have no note."""
    op.add_column("site_change", sa.Column("note", sa.String(200), nullable=False, server_default=""))


def downgrade() -> None:
    """Take the column away while there are no changes, so that no note is lost.

    Raises:
        RuntimeError: there are.
    """
    require_empty("site_change")
    op.drop_column("site_change", "note")
