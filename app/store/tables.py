"""The tables, as the migrations have left them."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)

METADATA = MetaData()

CHANGES = Table(
    "site_change",
    METADATA,
    # Numbered by hand under the writers' lock: without gaps, and in the order in which readers see them.
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("author", String(100), nullable=False),
    Column("at", String(20), nullable=False),
    Column("action", String(10), nullable=False),
    Column("undoes", Integer, ForeignKey("site_change.number"), nullable=True),
    Column("entries", Integer, nullable=False),
    Column("note", String(200), nullable=False, server_default=""),
    Column("key_name", String(50), nullable=False, server_default=""),
)
"""The log of changes: rows are added and never altered; triggers see to it."""

ITEMS = Table(
    "site_change_item",
    METADATA,
    Column("change", Integer, ForeignKey("site_change.number"), primary_key=True),
    Column("entry", Integer, primary_key=True, autoincrement=False),
    Column("before", JSON(none_as_null=True), nullable=True),
    Column("after", JSON, nullable=False),
)
"""What a change did to each entry it touched; append-only likewise."""

ENTRIES = Table(
    "site_entry",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("key", Text, nullable=False),
    Column("kind", String(10), nullable=False),
    Column("text", Text, nullable=False),
    # One a line: so they can be searched.
    Column("uses", Text, nullable=False),
    Column("category", String(20), nullable=True),
    Column("level", String(10), nullable=True),
    Column("scope", Text, nullable=False),
    Column("match", String(10), nullable=False),
    Column("reason", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("expires_on", Date, nullable=True),
    Column("retired", Boolean, nullable=False),
    Column("change", Integer, ForeignKey("site_change.number"), nullable=False),
    Column("changed_on", String(10), nullable=False),
    Column("author", String(100), nullable=False),
)
"""The entries as they are after the last change. Ids are for ever: a retired entry stays."""

IN_FORCE = ENTRIES.c.retired.is_(False)
Index("site_entry_key", ENTRIES.c.key, unique=True, sqlite_where=IN_FORCE, postgresql_where=IN_FORCE)
Index("site_entry_change", ENTRIES.c.change)
Index("site_change_item_entry", ITEMS.c.entry)

KEYS = Table(
    "access_key",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("name", String(50), nullable=False),
    Column("role", String(10), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("rate", Integer, nullable=False),
    Column("created_at", String(20), nullable=False),
    Column("created_by", String(50), nullable=False),
    Column("revoked_at", String(20), nullable=True),
    Column("last_used_on", String(10), nullable=True),
)
"""The keys, revoked or not: who did what with one can be told for ever."""

UNREVOKED = KEYS.c.revoked_at.is_(None)
Index("access_key_digest", KEYS.c.digest, unique=True)
Index("access_key_name", KEYS.c.name, unique=True, sqlite_where=UNREVOKED, postgresql_where=UNREVOKED)
