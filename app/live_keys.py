"""The keys that a worker knows, kept as new as the database."""

from __future__ import annotations

import asyncio
import hmac
import logging
from datetime import date
from threading import Lock

from anyio import CapacityLimiter, to_thread

from app.keys.key import Key, digest_of
from app.store.database import DatabaseError
from app.store.key_store import KeyStore

LOG = logging.getLogger("shenjiao")
INTERVAL = 1.0
"""Seconds between two looks: a new or a revoked key counts in every worker within this and a moment."""
NOTING_INTERVAL = 60.0
"""Seconds between two notes of who was here. By itself: a writer may have to wait for a large import."""


class LiveKeys:
    """The keys in force, by the digest of their secrets."""

    def __init__(self, store: KeyStore) -> None:
        """Start with no key; `refresh` loads them."""
        self.store = store
        self.needed = False
        """Whether the door is shut: a key has been made, if only to be revoked since.

        Never taken back by a process: a database that is lost must not open what was closed.
        """
        self._in_force: dict[str, Key] = {}
        self._used: set[int] = set()
        self._refreshing = Lock()

    def refresh(self) -> None:
        """Take in the keys as they are now.

        Raises:
            DatabaseError: the database does not answer; the keys stay as they were.
        """
        with self._refreshing:
            known = self.store.listed()
            self._in_force = {key.digest: key for key in known if key.revoked_at is None}
            self.needed = self.needed or bool(known)

    def key_of(self, secret: bytes) -> Key | None:
        """Give the key in force that has this secret, if there is one."""
        digest = digest_of(secret)
        # How long the look takes tells something of digests, and nobody can choose those.
        key = self._in_force.get(digest)
        if key is None or not hmac.compare_digest(key.digest, digest):
            return None
        if key.last_used_on != date.today().isoformat():
            self._used.add(key.number)
        return key

    def note_used(self) -> None:
        """Write down which keys were used today.

        Raises:
            DatabaseError: the database does not answer; it is written the next time.
        """
        if used := frozenset(self._used):
            self.store.mark_used(used, date.today().isoformat())
            self._used -= used

    async def keep_fresh(self) -> None:
        """Refresh every second, for as long as the service runs."""
        # A thread of its own: those of the routes may all be waiting for the database.
        limiter = CapacityLimiter(1)
        while True:
            await asyncio.sleep(INTERVAL)
            try:
                await to_thread.run_sync(self.refresh, limiter=limiter)
            except DatabaseError as error:
                LOG.error("keys not refreshed: %s", error)  # noqa: TRY400 without the driver's words

    async def keep_noting(self) -> None:
        """Note every minute which keys were used, for as long as the service runs."""
        while True:
            await asyncio.sleep(NOTING_INTERVAL)
            await self.note_quietly()

    async def note_quietly(self) -> None:
        """Note which keys were used, or say in the log that it could not be done."""
        try:
            await to_thread.run_sync(self.note_used)
        except DatabaseError as error:
            LOG.error("use of keys not noted: %s", error)  # noqa: TRY400 likewise
