"""Scans of an archive: runs, their shards, the documents in them and what was found."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.store.migrations.emptiness import require_empty

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "scan_run",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("site", sa.String(100), nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("options", sa.JSON, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("previous", sa.Integer, sa.ForeignKey("scan_run.number"), nullable=True),
        sa.Column("lexicon_version", sa.String(60), nullable=False),
        sa.Column("site_lexicon_version", sa.String(60), nullable=False),
        sa.Column("created_at", sa.String(20), nullable=False),
        sa.Column("created_by", sa.String(100), nullable=False),
        sa.Column("finished_at", sa.String(20), nullable=True),
        sa.Column("note", sa.Text, nullable=False, server_default=""),
    )
    op.create_table(
        "scan_shard",
        sa.Column("run", sa.Integer, sa.ForeignKey("scan_run.number"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("owner", sa.String(60), nullable=True),
        sa.Column("lease_until", sa.BigInteger, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("documents", sa.Integer, nullable=False),
    )
    op.create_table(
        "scan_document",
        sa.Column("run", sa.Integer, primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("part", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("shard", sa.Integer, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("location", sa.Text, nullable=False),
        sa.Column("position", sa.BigInteger, nullable=True),
        sa.Column("unit", sa.String(200), nullable=False, server_default=""),
        sa.Column("account", sa.String(200), nullable=False, server_default=""),
        sa.Column("kind", sa.String(50), nullable=False, server_default=""),
        sa.Column("record_number", sa.String(50), nullable=False, server_default=""),
        sa.Column("column", sa.String(200), nullable=False, server_default=""),
        sa.Column("address", sa.Text, nullable=False, server_default=""),
        sa.Column("title", sa.Text, nullable=False, server_default=""),
        sa.Column("published_on", sa.Date, nullable=True),
        sa.Column("verdict", sa.String(10), nullable=True),
        sa.Column("characters", sa.Integer, nullable=True),
        sa.Column("reason", sa.Text, nullable=False, server_default=""),
        sa.Column("digest", sa.String(16), nullable=True),
        sa.Column("crashes", sa.Integer, nullable=False, server_default="0"),
        sa.ForeignKeyConstraint(["run", "shard"], ["scan_shard.run", "scan_shard.number"]),
    )
    op.create_table(
        "scan_finding",
        sa.Column("run", sa.Integer, primary_key=True),
        sa.Column("document", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("part", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("ordinal", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("fingerprint", sa.String(16), nullable=False),
        sa.Column("rule", sa.String(20), nullable=False),
        sa.Column("category", sa.String(20), nullable=False),
        sa.Column("severity", sa.String(10), nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("place_fields", sa.JSON, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("excerpt", sa.Text, nullable=False),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("replacements", sa.JSON, nullable=False),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("first_found_on", sa.Date, nullable=False),
        sa.Column("note", sa.Text, nullable=False, server_default=""),
        sa.ForeignKeyConstraint(
            ["run", "document", "part"], ["scan_document.run", "scan_document.number", "scan_document.part"]
        ),
    )
    op.create_table(
        "scan_rule",
        sa.Column("run", sa.Integer, sa.ForeignKey("scan_run.number"), primary_key=True),
        sa.Column("code", sa.String(20), primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("source", sa.JSON, nullable=False),
    )
    op.create_table(
        "scan_decision",
        sa.Column("site", sa.String(100), primary_key=True),
        sa.Column("document", sa.String(64), primary_key=True),
        sa.Column("fingerprint", sa.String(16), primary_key=True),
        sa.Column("false_alarm", sa.Boolean, nullable=False),
        sa.Column("actor", sa.String(100), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("at", sa.String(20), nullable=False),
    )
    op.create_index("scan_run_site", "scan_run", ["site", "number"])
    op.create_index("scan_shard_state", "scan_shard", ["run", "state", "lease_until"])
    op.create_index("scan_document_shard", "scan_document", ["run", "shard"])
    op.create_index("scan_document_name", "scan_document", ["run", "name"])


def downgrade() -> None:
    """Take the tables away while nothing was scanned.

    Raises:
        RuntimeError: something was.
    """
    require_empty("scan_run", "scan_decision")
    for table in ("scan_decision", "scan_rule", "scan_finding", "scan_document", "scan_shard", "scan_run"):
        op.drop_table(table)
