"""Coroutines of tests, run where no browser is in the way."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

Result = TypeVar("Result")


def run_aside(coroutine: Coroutine[Any, Any, Result]) -> Result:
    """Run a coroutine to its end in a thread of its own, and give what it returns or raises.

    The browser of the page's tests keeps a loop running in the main thread for the rest of the run,
    so ``asyncio.run`` fails there in whatever test comes after them.
    """
    with ThreadPoolExecutor(1) as aside:
        return aside.submit(asyncio.run, coroutine).result()
