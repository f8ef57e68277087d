"""The gate: a chain of records, reviews with their findings, decisions and stages, answers to repeated writes.

Tables are written out and not taken from app.store.gate_tables: this step must stay what it was.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.store.migrations.emptiness import require_empty

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

RECORD = "record.number"
REVIEW = "review.number"
TABLES = (
    "idempotent_answer",
    "review_stage",
    "review_decision",
    "review_finding",
    "review",
    "record_head",
    "record_content",
    "record",
    "signing_secret",
)
ANNOUNCED = "EXISTS (SELECT 1 FROM record WHERE kind = 'purge' AND through >= OLD.number)"


def upgrade() -> None:
    """Make the tables, and let no record be altered."""
    _make_chain()
    _make_reviews()
    op.create_table(
        "idempotent_answer",
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("body_hash", sa.String(64), nullable=False),
        sa.Column("status", sa.Integer, nullable=False),
        sa.Column("answer", sa.Text, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
    )
    op.create_index("review_id", "review", ["id"], unique=True)
    op.create_index("review_document", "review", ["document_id", "channel", "number"])
    op.create_index("review_finding_rule", "review_finding", ["rule", "review"])
    op.create_index("review_finding_due", "review_finding", ["due_on"])
    op.create_index("review_decision_review", "review_decision", ["review"])
    op.create_index("review_stage_review", "review_stage", ["review"])
    op.create_index("idempotent_answer_at", "idempotent_answer", ["at"])
    if op.get_bind().dialect.name == "sqlite":
        _forbid_on_sqlite()
    else:
        _forbid_on_postgresql()


def _make_chain() -> None:
    op.create_table(
        "signing_secret",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("secret", sa.String(64), nullable=False),
        sa.Column("made_at", sa.String(20), nullable=False),
    )
    op.create_table(
        "record",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.String(20), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("through", sa.Integer, nullable=False),
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    op.create_table(
        "record_content",
        sa.Column("number", sa.Integer, sa.ForeignKey(RECORD), primary_key=True, autoincrement=False),
        sa.Column("content", sa.Text, nullable=False),
    )
    op.create_table(
        "record_head",
        sa.Column("one", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("seal", sa.String(64), nullable=False),
    )


def _make_reviews() -> None:
    op.create_table(
        "review",
        sa.Column("number", sa.Integer, sa.ForeignKey(RECORD), primary_key=True, autoincrement=False),
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("created_at", sa.String(20), nullable=False),
        sa.Column("document_id", sa.String(200), nullable=False),
        sa.Column("revision", sa.String(200), nullable=False),
        sa.Column("channel", sa.String(200), nullable=False),
        sa.Column("title", sa.Text, nullable=True),
        sa.Column("published_on", sa.String(10), nullable=True),
        sa.Column("form", sa.String(10), nullable=False),
        sa.Column("text_hash", sa.String(64), nullable=False),
        sa.Column("offset_unit", sa.String(10), nullable=False),
        sa.Column("lexicon_version", sa.String(40), nullable=False),
        sa.Column("site_lexicon_version", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=True),
        sa.Column("verdict", sa.String(10), nullable=False),
    )
    op.create_table(
        "review_finding",
        sa.Column("review", sa.Integer, sa.ForeignKey(REVIEW), nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("fingerprint", sa.String(32), nullable=False),
        sa.Column("rule", sa.String(20), nullable=False),
        sa.Column("category", sa.String(20), nullable=False),
        sa.Column("severity", sa.String(10), nullable=False),
        sa.Column("start", sa.BigInteger, nullable=False),
        sa.Column("end", sa.BigInteger, nullable=False),
        sa.Column("word", sa.Text, nullable=False),
        sa.Column("excerpt", sa.Text, nullable=False),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("replacements", sa.JSON, nullable=False),
        sa.Column("source", sa.JSON, nullable=False),
        sa.Column("due_on", sa.String(10), nullable=True),
        sa.PrimaryKeyConstraint("review", "place"),
    )
    op.create_table(
        "review_decision",
        sa.Column("record", sa.Integer, sa.ForeignKey(RECORD), nullable=False),
        sa.Column("review", sa.Integer, sa.ForeignKey(REVIEW), nullable=False),
        sa.Column("finding", sa.String(32), nullable=False),
        sa.Column("action", sa.String(20), nullable=False),
        sa.Column("reason", sa.Text, nullable=True),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("second_actor", sa.Text, nullable=True),
        sa.Column("at", sa.String(20), nullable=False),
        sa.PrimaryKeyConstraint("record", "finding"),
    )
    op.create_table(
        "review_stage",
        sa.Column("record", sa.Integer, sa.ForeignKey(RECORD), primary_key=True, autoincrement=False),
        sa.Column("review", sa.Integer, sa.ForeignKey(REVIEW), nullable=False),
        sa.Column("stage", sa.String(10), nullable=False),
        sa.Column("verdict", sa.String(10), nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("comment", sa.Text, nullable=True),
        sa.Column("at", sa.String(20), nullable=False),
    )


def _forbid_on_sqlite() -> None:
    for table, deed in (("record", "UPDATE"), ("record", "DELETE"), ("record_content", "UPDATE")):
        op.execute(
            f"CREATE TRIGGER {table}_no_{deed.lower()} BEFORE {deed} ON {table} "
            "BEGIN SELECT RAISE(ABORT, 'records are append-only'); END"
        )
    op.execute(
        f"CREATE TRIGGER record_content_no_delete BEFORE DELETE ON record_content WHEN NOT {ANNOUNCED} "
        "BEGIN SELECT RAISE(ABORT, 'records are append-only'); END"
    )


def _forbid_on_postgresql() -> None:
    op.execute(
        "CREATE TRIGGER record_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON record "
        "FOR EACH STATEMENT EXECUTE FUNCTION shenjiao_append_only()"
    )
    op.execute(
        "CREATE TRIGGER record_content_append_only BEFORE UPDATE OR TRUNCATE ON record_content "
        "FOR EACH STATEMENT EXECUTE FUNCTION shenjiao_append_only()"
    )
    op.execute(
        "CREATE FUNCTION shenjiao_announced_only() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF {ANNOUNCED} THEN RETURN OLD; END IF; RAISE EXCEPTION 'records are append-only'; END $$"
    )
    op.execute(
        "CREATE TRIGGER record_content_announced_only BEFORE DELETE ON record_content "
        "FOR EACH ROW EXECUTE FUNCTION shenjiao_announced_only()"
    )


def downgrade() -> None:
    """Take the tables away while they are empty; a site's records are not to be dropped by a tool.

    Raises:
        RuntimeError: there are records.
    """
    require_empty("record")
    for table in TABLES:
        op.drop_table(table)
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION shenjiao_announced_only()")
