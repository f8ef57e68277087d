"""The garbage collector at rest while much is built that stays."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def resting_collector() -> Iterator[None]:
    """Keep the garbage collector from walking what is growing, again and again.

    It would take a sixth of the time to load an engine. Of a new layer of the site, walking 100,000 entries takes a
    fifth of a second in which nobody else has the interpreter. Both hold no cycles, and go when the last reader lets
    go of them.
    """
    was_running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_running:
            gc.enable()
