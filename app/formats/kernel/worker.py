"""The process in which isolated formats are read: files come in by a connection, readings go out.

Run as a module with the number of the connection's descriptor. What fails here fails alone: a workbook whose last
cell is XFD1048576 asks its library for half a terabyte, which ends the process.
"""

from __future__ import annotations

import importlib
import sys
from multiprocessing.connection import Connection

from app.documents import UnreadableError

MOST_MEMORY = 4 * 1024**3
"""Bytes of addresses; of a larger demand only this process dies."""
DAMAGED = "文件损坏或过大，读不下去"


def main(descriptor: int) -> None:
    """Read files until the connection ends."""
    _limit_memory()
    connection = Connection(descriptor)
    while True:
        try:
            module, file, options = connection.recv()
        except EOFError:
            return
        try:
            answer = importlib.import_module(module).FORMAT.read(file, options)
        except UnreadableError as error:
            answer = error
        except Exception:  # noqa: BLE001 its message could quote the file; what is wrong is the file
            answer = UnreadableError(DAMAGED)
        except BaseException as error:
            if type(error).__name__ != "PanicException":
                raise
            # A panic of a Rust library, which is no `Exception`.
            answer = UnreadableError(DAMAGED)
        connection.send(answer)


def _limit_memory() -> None:
    try:
        import resource  # noqa: PLC0415
    except ImportError:
        # Windows has none.
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main(int(sys.argv[1]))
