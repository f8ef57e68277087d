"""One database: SQLite in a file of its own, or PostgreSQL by URL; readers see one moment, writers queue."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from threading import Lock
from time import monotonic, sleep
from typing import Any

from sqlalchemy import Connection, create_engine, event, make_url, text
from sqlalchemy.exc import (
    ArgumentError,
    NoSuchModuleError,
    OperationalError,
    ProgrammingError,
)
from sqlalchemy.exc import (
    TimeoutError as PoolTimeoutError,
)

from app.store.migrations.upgrade import upgrade
from detectors.kernel.system_errors import reason_of

BUSY_SECONDS = 30
"""How long a writer waits for another one; a large import takes some seconds."""
JOURNAL_SECONDS = 0.01
"""Pause before a new file is asked again to keep a write-ahead log."""
WRITERS_LOCK = 0x7368656E
"""Key of the advisory lock of PostgreSQL ("shen")."""
WRITES = "shenjiao_writes"
POSTGRESQL = "postgresql+psycopg"
DISK_FULL = "53100"
"""How PostgreSQL calls it."""


class DatabaseError(Exception):
    """The database cannot be used; the message is Chinese and holds no address and no value."""


class Database:
    """Connections to one database. An SQLite file is made when something is first written."""

    def __init__(self, url: str) -> None:
        """Take the address, as SQLAlchemy writes it; nothing is opened yet.

        Raises:
            DatabaseError: it is no address, or of a kind of database that is not supported.
        """
        try:
            parsed = make_url(url)
            if parsed.drivername in {"postgresql", "postgres"}:
                parsed = parsed.set(drivername=POSTGRESQL)
            if parsed.drivername not in {"sqlite", POSTGRESQL}:
                raise DatabaseError("SHENJIAO_DATABASE_URL 只支持 sqlite 和 postgresql")
            self.file = Path(parsed.database or "") if parsed.drivername == "sqlite" else None
            if self.file is not None and parsed.database in {None, "", ":memory:"}:
                raise DatabaseError("SHENJIAO_DATABASE_URL 应写明 SQLite 的文件，内存库各进程不相通")
            self._engine = create_engine(parsed, hide_parameters=True, pool_pre_ping=self.file is None)
        except (ArgumentError, NoSuchModuleError) as error:
            raise DatabaseError("SHENJIAO_DATABASE_URL 的写法有误") from error
        except ModuleNotFoundError as error:
            raise DatabaseError("使用 PostgreSQL 须安装驱动：pip install 'shenjiao[postgresql]'") from error
        if self.file is not None:
            event.listen(self._engine, "connect", _prepare_sqlite)
            event.listen(self._engine, "begin", _begin_sqlite)
        self._upgraded = False
        self._upgrading = Lock()
        self._written: ContextVar[Connection | None] = ContextVar("written", default=None)
        """The open transaction of whoever writes, in the same context."""

    @property
    def exists(self) -> bool:
        """Tell whether there is anything to read; a server always counts."""
        return self.file is None or self.file.exists()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Read at one moment: what is committed meanwhile is not seen. Inside a writing, read what it has written.

        Raises:
            DatabaseError: the database does not answer, or is newer than this program.
        """
        if (outer := self._written.get()) is not None:
            yield outer
            return
        self._ensure_upgraded()
        isolation = {} if self.file else {"isolation_level": "REPEATABLE READ"}
        with self._connected(**isolation) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Write alone, all or nothing: one writer at a time, committed at the end of the outermost writing.

        Raises:
            DatabaseError: the database does not answer, or is newer than this program.
        """
        if (outer := self._written.get()) is not None:
            yield outer
            return
        self._ensure_upgraded()
        with self._connected(**{WRITES: True}) as connection:
            self._lock(connection)
            marked = self._written.set(connection)
            try:
                yield connection
            finally:
                self._written.reset(marked)

    @contextmanager
    def sharing(self) -> Iterator[Connection]:
        """Write beside other writers, all or nothing: for rows that lock themselves. SQLite has one writer anyway.

        Raises:
            DatabaseError: the database does not answer, or is newer than this program.
        """
        self._ensure_upgraded()
        with self._connected(**{WRITES: True}) as connection:
            yield connection

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    @contextmanager
    def _connected(self, **options: Any) -> Iterator[Connection]:
        try:
            with self._engine.connect().execution_options(**options) as connection, connection.begin():
                yield connection
        except PoolTimeoutError:
            raise DatabaseError("数据库一时应答不过来，请稍后重试") from None
        except (OperationalError, ProgrammingError) as error:
            if _is_full(error.orig):
                raise DatabaseError("数据库所在的磁盘已满，请清理后重试") from None
            # The driver's message may name hosts, users and statements.
            kind = type(error.orig).__name__
            raise DatabaseError(f"数据库无法使用（{kind}），请管理员检查 SHENJIAO_DATABASE_URL") from None

    def _ensure_upgraded(self) -> None:
        with self._upgrading:
            if self._upgraded:
                return
            if self.file is not None:
                try:
                    self.file.parent.mkdir(parents=True, exist_ok=True)
                except OSError as error:
                    raise DatabaseError(f"不能建立数据目录（{reason_of(error)}）") from None
            with self._connected(**{WRITES: True}) as connection:
                self._lock(connection)
                if not upgrade(connection):
                    raise DatabaseError("数据库由更新的版本写成，请升级本程序")
            self._upgraded = True

    def _lock(self, connection: Connection) -> None:
        """Let one writer in; SQLite has done so when the transaction began."""
        if self.file is None:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": WRITERS_LOCK})


def _is_full(error: object) -> bool:
    """Tell whether a driver says that the disk is full."""
    if isinstance(error, sqlite3.Error):
        return getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_FULL
    return getattr(error, "sqlstate", None) == DISK_FULL


def _prepare_sqlite(connection: Any, _: object) -> None:
    # The driver would begin transactions by itself, and none before a SELECT.
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    _keep_journal(connection)
    connection.execute("PRAGMA foreign_keys = ON")


def _keep_journal(connection: Any) -> None:
    """Switch the file to a write-ahead log, so that readers and the writer do not wait for each other."""
    deadline = monotonic() + BUSY_SECONDS
    # Two that switch a new file at once would each wait for the other: SQLite refuses one of
    # them at once, whatever busy_timeout says, and leaves the waiting to us.
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or monotonic() > deadline:
                raise
            sleep(JOURNAL_SECONDS)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
