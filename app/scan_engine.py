"""What every process of a scan needs, loaded once for all of them.

The server that starts the processes imports this module before it forks: so they share the memory of the engine, a
third of a gigabyte each otherwise.
"""

from __future__ import annotations

import multiprocessing
from functools import cache, lru_cache
from multiprocessing.context import BaseContext

from app.engine import Engine
from app.settings import settings
from app.site.layer import NO_LAYER, SiteLayer
from app.site_lexicon import SiteLexicon
from app.store.database import Database
from app.store.history import History

FORK_SERVER = "forkserver"
LAYERS = 2
"""That are kept at hand: a process may work on several runs, one after the other."""


@cache
def engine() -> Engine:
    """Load the shipped lexicons.

    Raises:
        LexiconError, MaskedModelError: see there.
    """
    return Engine.load(settings().lexicons, settings().masked_model)


@lru_cache(maxsize=LAYERS)
def layer(database_url: str, version: int) -> SiteLayer:
    """Load what the site had laid over the shipped rules at a version of its lexicon.

    Raises:
        UnknownError: there was no such version yet.
        DatabaseError: see there.
    """
    database = Database(database_url)
    try:
        newest = SiteLexicon(engine(), database).live.refresh()
        if newest.version == version:
            return newest
        return NO_LAYER.changed(History(database).as_of(version), version)
    finally:
        database.close()


def process_context() -> BaseContext:
    """Choose how processes begin: forked from one that has loaded the engine, where that can be done.

    onnxruntime has threads of its own, which a fork does not survive: with a masked model each process loads for itself.
    """
    can = FORK_SERVER in multiprocessing.get_all_start_methods() and settings().masked_model is None
    context = multiprocessing.get_context(FORK_SERVER if can else "spawn")
    if can:
        context.set_forkserver_preload(["app.scan_preload"])
    return context
