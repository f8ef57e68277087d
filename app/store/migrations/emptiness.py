"""The one condition on which a step may go down: what it made holds nothing of the site."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


def require_empty(*tables: str) -> None:
    """See to it that a step takes nothing away that a site has written.

    Raises:
        RuntimeError: one of the tables has rows.
    """
    for table in tables:
        if op.get_bind().scalar(sa.select(sa.exists(sa.select(sa.literal(1)).select_from(sa.table(table))))):
            raise RuntimeError(f"there are rows in {table}: they are not dropped")
