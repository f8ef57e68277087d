"""The log keeps why something was changed, where whoever changed it said so."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; the changes so far have no note."""
    op.add_column("site_change", sa.Column("note", sa.String(200), nullable=False, server_default=""))


def downgrade() -> None:
    """Not offered: a site's lexicon is not to be dropped by a tool."""
    raise NotImplementedError
