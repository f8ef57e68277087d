"""How much of a file is read before it is refused."""

from __future__ import annotations

import time
from dataclasses import dataclass

from app.documents import UnreadableError

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost."""

    file_bytes: int = 100 * MEBIBYTE
    unpacked_bytes: int = 512 * MEBIBYTE
    """Of a packed file, with the packed files in it, all parts together."""
    members: int = 10_000
    """Files in an archive, with the archives in it; parts of a document."""
    pages: int = 2_000
    cells: int = 2_000_000
    seconds: float = 120.0
    """For one file to be read, and for LibreOffice to convert it."""

    def refuse_large(self, size: int) -> None:
        """Refuse a file by its size.

        Raises:
            UnreadableError: it has too many bytes.
        """
        if size > self.file_bytes:
            raise UnreadableError(f"文件超过 {self.file_bytes // MEBIBYTE} MB")


class Deadline:
    """The time by which a file must have been read; asked between pages, rows and members."""

    __slots__ = ("_ends", "_seconds")

    def __init__(self, limits: Limits) -> None:
        """Start the clock."""
        self._seconds = limits.seconds
        self._ends = time.monotonic() + limits.seconds

    def check(self) -> None:
        """Go on, if there is time left.

        Raises:
            UnreadableError: there is none.
        """
        if time.monotonic() > self._ends:
            raise UnreadableError(f"读取超过 {self._seconds:g} 秒")


class Allowance:
    """What may still be unpacked of one file: shared with the archives in it, or they would each begin anew."""

    __slots__ = ("_bytes", "_members")

    def __init__(self, limits: Limits) -> None:
        """Begin with all of it."""
        self._bytes = limits.unpacked_bytes
        self._members = limits.members

    @property
    def bytes_left(self) -> int:
        """Bytes that may still be unpacked."""
        return self._bytes

    def take_members(self, number: int) -> None:
        """Count members.

        Raises:
            UnreadableError: they are too many.
        """
        self._members -= number
        if self._members < 0:
            raise UnreadableError("压缩包中的文件过多")

    def take_bytes(self, number: int) -> None:
        """Count unpacked bytes.

        Raises:
            UnreadableError: they are too many.
        """
        self._bytes -= number
        if self._bytes < 0:
            raise UnreadableError("文件展开后过大")
