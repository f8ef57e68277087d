"""What the routes share: the engine of the application, and how it is given a text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, TypeVar

from anyio import CapacityLimiter, to_thread
from fastapi import Depends, Request

from app.engine import Engine
from app.live_layer import LiveLayer
from app.reviews import Reviews
from app.site.layer import SiteLayer

T = TypeVar("T")
LONG_TEXTS_AT_ONCE = 2
"""More would only take the interpreter from each other and from the short ones."""


class Proofreader:
    """Runs work on texts so that a long one holds nobody up."""

    def __init__(self, engine: Engine, live: LiveLayer, long_text: int) -> None:
        """Take the engine, the site's layer, and the length in code points from which on a thread is used."""
        self.engine = engine
        self._live = live
        self.long_text = long_text
        self._limiter = CapacityLimiter(LONG_TEXTS_AT_ONCE)

    @property
    def layer(self) -> SiteLayer:
        """The layer of this moment. Ask once for each text: the next moment may have another."""
        return self._live.layer

    async def run(self, text: str, work: Callable[[], T]) -> T:
        """Do some work on a text: at once if it is short, else in a thread."""
        if len(text) < self.long_text:
            return work()
        return await to_thread.run_sync(work, limiter=self._limiter)


# Async although it awaits nothing: a plain function would be sent through a thread for every request.
async def _proofreader(request: Request) -> Proofreader:
    proofreader: Proofreader = request.app.state.proofreader
    return proofreader


ProofreaderOf = Annotated[Proofreader, Depends(_proofreader)]


async def _reviews(request: Request) -> Reviews:
    reviews: Reviews = request.app.state.reviews
    return reviews


ReviewsOf = Annotated[Reviews, Depends(_reviews)]
