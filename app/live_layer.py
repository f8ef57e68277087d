"""The layer that a worker serves with, kept as new as the database.

Every second the number of the last change is asked for. What changed since is read and laid into a new
layer in a thread, with a rest after each stretch so that requests pass in between; then one reference is
exchanged. A request takes the reference once.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import time
from threading import Lock

from anyio import to_thread

from app.collector import resting_collector
from app.site.entry import Kept
from app.site.layer import NO_LAYER, SiteLayer
from app.store.database import DatabaseError
from app.store.entry_store import EntryStore

LOG = logging.getLogger("shenjiao")
INTERVAL = 1.0
"""Seconds between two looks: a change is live in every worker within this and the time of the work."""
FEW = 1000
"""Entries that the collector may walk without anybody noticing."""
REST = 0.002
"""Seconds in which others have the interpreter, after each stretch of some milliseconds."""


class LiveLayer:
    """The newest layer, made from what is kept."""

    def __init__(self, store: EntryStore) -> None:
        """Start with no layer; `refresh` loads one."""
        self.store = store
        self.layer = NO_LAYER
        self._refreshing = Lock()

    def refresh(self) -> SiteLayer:
        """Take in what has changed, and give the layer as it now is.

        Raises:
            DatabaseError: the database does not answer; the layer stays as it was.
        """
        with self._refreshing:
            version = self.store.version()
            if version != self.layer.version:
                # If the number went down, the database has been put back, or exchanged for another.
                base = self.layer if version > self.layer.version else NO_LAYER
                self.layer = self._newer(base)
            return self.layer

    def _newer(self, base: SiteLayer) -> SiteLayer:
        changed: list[Kept] = []
        version = base.version
        with resting_collector():
            for current, part in self.store.changed_since(base.version):
                version = current
                changed += part
                time.sleep(REST)
            layer = base.changed(changed, version)
            if len(changed) > FEW:
                gc.freeze()
        return layer

    async def keep_fresh(self) -> None:
        """Refresh every second, for as long as the service runs."""
        while True:
            await asyncio.sleep(INTERVAL)
            try:
                await to_thread.run_sync(self.refresh)
            except DatabaseError as error:
                # What was loaded goes on being served; the next look may succeed.
                LOG.error("site lexicon not refreshed: %s", error)  # noqa: TRY400
