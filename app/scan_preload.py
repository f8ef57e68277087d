"""Imported by the server that starts the processes of a scan, so that they find the engine loaded."""

from __future__ import annotations

import gc
from itertools import islice

from app.scan_engine import engine, layer
from app.settings import settings
from app.store.database import Database
from app.store.entry_store import EntryStore

FEW = 20
"""Rules whose examples are checked: what is made when a text is first checked shall be made once, too (70 MB)."""

try:
    for rule in islice(engine().rules.values(), FEW):
        for hit in rule.hits:
            engine().check(hit)
    layer(settings().database, EntryStore(Database(settings().database)).version())
except Exception:  # noqa: BLE001, S110 - each process will meet the same fault, and can say so
    pass
# What is frozen is not walked by the collector, and so stays shared.
gc.collect()
gc.freeze()
