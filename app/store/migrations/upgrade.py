"""Bringing a database up to this version of the program."""

from __future__ import annotations

from pathlib import Path

from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

VERSION_TABLE = "shenjiao_schema"


def upgrade(connection: Connection) -> bool:
    """Run the missing steps in the transaction of the connection; False if the database is newer than we."""
    # Without Alembic's env.py: there is one database and its connection is at hand.
    steps = ScriptDirectory(str(Path(__file__).parent))
    context = MigrationContext.configure(
        connection,
        opts={"version_table": VERSION_TABLE, "fn": lambda at, _: steps._upgrade_revs("head", at)},  # noqa: SLF001
    )
    current = context.get_current_revision()
    if current is not None and current not in {step.revision for step in steps.walk_revisions()}:
        return False
    if current != steps.get_current_head():
        with Operations.context(context):
            context.run_migrations()
    return True
