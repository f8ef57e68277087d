"""The site lexicon: its entries, and the log of their changes.

Tables are written out and not taken from app.store.tables: this step must stay what it was.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.store.migrations.emptiness import require_empty

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

LOG = ("site_change", "site_change_item")
IN_FORCE = sa.text("NOT retired")


def upgrade() -> None:
    """Make the tables, and let nothing of the log be altered."""
    op.create_table(
        "site_change",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("author", sa.String(100), nullable=False),
        sa.Column("at", sa.String(20), nullable=False),
        sa.Column("action", sa.String(10), nullable=False),
        sa.Column("undoes", sa.Integer, sa.ForeignKey("site_change.number"), nullable=True),
        sa.Column("entries", sa.Integer, nullable=False),
    )
    op.create_table(
        "site_change_item",
        sa.Column("change", sa.Integer, sa.ForeignKey("site_change.number"), primary_key=True),
        sa.Column("entry", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("before", sa.JSON, nullable=True),
        sa.Column("after", sa.JSON, nullable=False),
    )
    op.create_table(
        "site_entry",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("uses", sa.Text, nullable=False),
        sa.Column("category", sa.String(20), nullable=True),
        sa.Column("level", sa.String(10), nullable=True),
        sa.Column("scope", sa.Text, nullable=False),
        sa.Column("match", sa.String(10), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("expires_on", sa.Date, nullable=True),
        sa.Column("retired", sa.Boolean, nullable=False),
        sa.Column("change", sa.Integer, sa.ForeignKey("site_change.number"), nullable=False),
        sa.Column("changed_on", sa.String(10), nullable=False),
        sa.Column("author", sa.String(100), nullable=False),
    )
    op.create_index(
        "site_entry_key",
        "site_entry",
        ["key"],
        unique=True,
        sqlite_where=IN_FORCE,
        postgresql_where=IN_FORCE,
    )
    op.create_index("site_entry_change", "site_entry", ["change"])
    op.create_index("site_change_item_entry", "site_change_item", ["entry"])
    if op.get_bind().dialect.name == "sqlite":
        _forbid_on_sqlite()
    else:
        _forbid_on_postgresql()


def _forbid_on_sqlite() -> None:
    for table in LOG:
        for deed in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{deed.lower()} BEFORE {deed} ON {table} "
                "BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END"
            )


def _forbid_on_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION shenjiao_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the log is append-only'; END $$"
    )
    for table in LOG:
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION shenjiao_append_only()"
        )


def downgrade() -> None:
    """Take the tables away while there are no changes: a site's lexicon is not to be dropped by a tool.

    Raises:
        RuntimeError: there are.
    """
    require_empty("site_change", "site_entry")
    for table in ("site_change_item", "site_entry", "site_change"):
        op.drop_table(table)
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION shenjiao_append_only()")
