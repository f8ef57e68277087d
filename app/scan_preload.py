"""Imported by the server that starts the processes of a scan, so that they find the engine loaded."""

from __future__ import annotations

import gc

from app.scan_engine import engine, layer
from app.settings import settings

try:
    engine()
    layer(settings().database)
except Exception:  # noqa: BLE001, S110 - each process will meet the same fault, and can say so
    pass
# What is frozen is not walked by the collector, and so stays shared.
gc.collect()
gc.freeze()
