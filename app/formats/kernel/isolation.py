"""Reading a file in another process, which may crash or hang without harm."""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
import threading
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path

import app
from app.documents import UnreadableError
from app.formats.kernel.reading import File, Options, Reading
from app.formats.kernel.worker import DAMAGED

GRACE = 10
"""Seconds beyond the limit, in which the reader may notice the limit by itself, or start."""
POSSIBLE = os.name == "posix"
"""Elsewhere a process cannot be handed a connection by its number."""
FEW_THREADS = {"OMP_NUM_THREADS": "2", "OPENBLAS_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "2"}
"""Each thread reserves addresses, of which a reader has not many; an archive is read by a process a core anyway."""
CODE = str(Path(app.__file__).parents[1])


class Worker:
    """A process that reads one file after the other; it is started when first needed, and again after a crash."""

    def __init__(self) -> None:
        """Start nothing yet."""
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._connection: Connection | None = None
        self._owner = 0

    def read(self, module: str, file: File, options: Options) -> Reading:
        """Have a format read a file.

        Args:
            module: of the format.
            file: what to read.
            options: how; their limit of seconds is kept by force.

        Raises:
            UnreadableError: it cannot be read, takes too long, or crashes its reader.
        """
        with self._lock:
            connection = self._connected()
            try:
                connection.send((module, file, options))
                if not connection.poll(options.limits.seconds + GRACE):
                    self.stop()
                    raise UnreadableError(f"读取超过 {options.limits.seconds:g} 秒")
                answer = connection.recv()
            except (EOFError, OSError):
                self.stop()
                raise UnreadableError(DAMAGED) from None
        if isinstance(answer, UnreadableError):
            raise answer
        assert isinstance(answer, Reading)
        return answer

    def _connected(self) -> Connection:
        # After a fork the process belongs to the parent.
        if self._connection is None or self._owner != os.getpid():
            self._connection, theirs = Pipe()
            self._owner = os.getpid()
            with theirs:
                self._process = subprocess.Popen(  # noqa: S603 - this interpreter, and our module
                    [sys.executable, "-m", "app.formats.kernel.worker", str(theirs.fileno())],
                    pass_fds=(theirs.fileno(),),
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    # A crash writes there what it had in hand.
                    stderr=subprocess.DEVNULL,
                    env=os.environ | FEW_THREADS | {"PYTHONPATH": os.pathsep.join((CODE, *sys.path))},
                )
        return self._connection

    def stop(self) -> None:
        """End the process."""
        if self._connection is not None and self._process is not None and self._owner == os.getpid():
            self._process.kill()
            self._process.wait()
            self._connection.close()
        self._connection = self._process = None


WORKER = Worker()
atexit.register(WORKER.stop)
