"""The steps of the database: up, down while nothing of a site would be lost, and up again; on both databases."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, event, inspect, select, table, text

from app.store import migrations
from app.store.migrations.upgrade import VERSION_TABLE

STEPS = sorted(path.stem[:4] for path in Path(migrations.__file__).parent.glob("versions/[0-9]*.py"))
ROWS = {
    "site_change": "(number, author, at, action, entries) VALUES (1, 'x', 'x', 'add', 0)",
    "record": "VALUES (1, 'x', 'review', 0, 'x', 'x', 'x')",
    "access_key": "(number, name, role, digest, rate, created_at, created_by) VALUES (1, 'x', 'check', 'x', 1, 'x', 'x')",
    "scan_run": "(number, site, source, options, state, lexicon_version, site_lexicon_version, created_at, created_by)"
    " VALUES (1, 'x', 'x', '{}', 'x', 'x', 'x', 'x', 'x')",
    "scan_decision": "VALUES ('x', 'x', 'x', true, 'x', 'x', 'x')",
    "webhook_endpoint": "(number, url, events, secret, created_at, created_by) VALUES (1, 'x', 'x', 'x', 'x', 'x')",
}


def steps_of(url: str) -> tuple[Engine, ScriptDirectory]:
    opened = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    if opened.dialect.name == "sqlite":
        # As the service opens it: the driver would commit each change of a table by itself.
        event.listen(opened, "connect", lambda connection, _: setattr(connection, "isolation_level", None))
        event.listen(opened, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    return opened, ScriptDirectory(str(Path(migrations.__file__).parent))


def migrate(url: str, *, down_to: str | None = None, up_to: str = "head") -> set[tuple[str, str]]:
    """Bring a database up or down to a step; give its tables and their columns."""
    opened, steps = steps_of(url)

    def moves(at: Any, _: object) -> Any:
        return steps._downgrade_revs(down_to, at) if down_to else steps._upgrade_revs(up_to, at)  # noqa: SLF001

    try:
        with opened.begin() as connection:
            context = MigrationContext.configure(
                connection, opts={"version_table": VERSION_TABLE, "fn": moves}
            )
            with Operations.context(context):
                context.run_migrations()
        seen = inspect(opened)
        own = set(seen.get_table_names()) - {VERSION_TABLE}
        return {(name, column["name"]) for name in own for column in seen.get_columns(name)}
    finally:
        opened.dispose()


@pytest.mark.parametrize("step", STEPS)
def test_a_step_goes_up_and_down_and_up_again(database_url: str, step: str) -> None:
    step_before = ("base", *STEPS)[STEPS.index(step)]
    before = migrate(database_url, up_to=step_before)
    after = migrate(database_url, up_to=step)

    assert before < after
    assert migrate(database_url, down_to=step_before) == before
    assert migrate(database_url) >= after


@pytest.mark.parametrize("name", ROWS)
def test_no_step_goes_down_over_what_a_site_has_written(database_url: str, name: str) -> None:
    whole = migrate(database_url)
    opened, _ = steps_of(database_url)
    with opened.begin() as connection:
        connection.execute(text(f"INSERT INTO {name} {ROWS[name]}"))

    with pytest.raises(RuntimeError, match="not dropped"):
        migrate(database_url, down_to="base")

    assert migrate(database_url) == whole
    with opened.begin() as connection:
        assert len(connection.execute(select(text("1")).select_from(table(name))).all()) == 1
    opened.dispose()
