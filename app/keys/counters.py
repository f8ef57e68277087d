"""Counting how often something is done, so that a minute's worth is in stock and what is used grows back evenly.

For each thing one number is kept: when its stock will be full again. That is a token bucket in the form that telephone
exchanges use (GCRA, ITU-T I.371), and small enough for the workers of a machine to share in a file.
"""

from __future__ import annotations

import mmap
import os
import secrets
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MINUTE = 60.0
PLACES = 8192
"""Things counted."""
NUMBER_BYTES = 8
SEED_BYTES = 32
ROUNDING = 1e-6
"""Seconds; sums of fractions are not exact."""


class Counters:
    """Counters of one process."""

    def __init__(self) -> None:
        """Begin with every stock full."""
        self.seed = secrets.token_bytes(SEED_BYTES)
        """What those who share the counters spread names over the places with; unknown to everybody else."""
        self._full_at: array[float] | memoryview[float] = array("d", bytes(PLACES * NUMBER_BYTES))

    def take(self, place: int, per_minute: int, now: float) -> float:
        """Use one of what is in stock at a place.

        Args:
            place: below PLACES.
            per_minute: how many are in a full stock, and how many grow back in a minute.
            now: seconds of a clock that only goes forward, the same for all who share the counters.

        Returns:
            0, or the seconds until there will be one if there is none.
        """
        step = MINUTE / per_minute
        with self._alone():
            full_at = max(self._full_at[place], now)
            if full_at > now + MINUTE + ROUNDING:
                # No stock takes that long: the number is of another boot, whose clock was elsewhere.
                full_at = now
            wait = full_at + step - MINUTE - now
            if wait > ROUNDING:
                return wait
            self._full_at[place] = full_at + step
            return 0.0

    @contextmanager
    def _alone(self) -> Iterator[None]:
        yield


class SharedCounters(Counters):
    """Counters that all processes of a machine share which name the same file."""

    def __init__(self, file: Path) -> None:
        """Open the file; whoever comes first makes it.

        Raises:
            OSError: it cannot be made or opened.
        """
        super().__init__()
        self._file = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        size = SEED_BYTES + PLACES * NUMBER_BYTES
        with self._alone():
            if os.fstat(self._file).st_size < size:
                os.ftruncate(self._file, size)
                os.pwrite(self._file, self.seed, 0)
            self.seed = os.pread(self._file, SEED_BYTES, 0)
        self._full_at = memoryview(mmap.mmap(self._file, size))[SEED_BYTES:].cast("d")

    @contextmanager
    def _alone(self) -> Iterator[None]:
        # A process that is killed lets go of it. Not on Windows: there each process counts for itself.
        import fcntl  # noqa: PLC0415

        fcntl.lockf(self._file, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.lockf(self._file, fcntl.LOCK_UN)
