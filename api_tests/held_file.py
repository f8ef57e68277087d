"""A file of which the opening hangs, for the tests: whoever reads it is known to have it in hand."""

from __future__ import annotations

import fcntl
import os
import signal
import time
from contextlib import suppress
from pathlib import Path
from typing import Self


class HeldFile:
    """An ordinary file under a lease of Linux: whoever opens it waits until the holder lets it go (45 seconds)."""

    def __init__(self, path: Path) -> None:
        """Make the file."""
        path.write_text("", encoding="utf-8")
        self._path = path

    def __enter__(self) -> Self:
        """Hold it."""
        self._file = os.open(self._path, os.O_RDWR)
        self.hold()
        return self

    def __exit__(self, *_: object) -> None:
        """Let it go."""
        os.close(self._file)

    @property
    def is_awaited(self) -> bool:
        """Tell whether somebody waits for it."""
        return fcntl.fcntl(self._file, fcntl.F_GETLEASE) != fcntl.F_WRLCK

    def hold(self) -> None:
        """Hold it, also against the next one, once who waited for it is gone."""
        with suppress(BlockingIOError):
            # Likewise refused where it is not held yet.
            fcntl.fcntl(self._file, fcntl.F_SETLEASE, fcntl.F_UNLCK)
        # That somebody wants it is asked for; the signal that tells it would end the process, unless it is one of no
        # effect. Who lets go has to choose it anew.
        fcntl.fcntl(self._file, fcntl.F_SETSIG, signal.SIGURG)
        while True:
            # Refused for as long as another one has it open.
            with suppress(BlockingIOError):
                fcntl.fcntl(self._file, fcntl.F_SETLEASE, fcntl.F_WRLCK)
                return
            time.sleep(0.01)
