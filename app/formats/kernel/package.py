"""Documents that are zip packages: proved to be no bombs before anything else opens them.

Sizes that a package declares are not believed: every part is unpacked once and counted, since the
libraries that read it afterwards unpack what is there, not what is declared.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy

from app.documents import UnreadableError
from app.formats.kernel.limits import Allowance, Deadline
from app.zip_errors import ZIP_ERRORS

STRETCH = 1 << 20
OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"


@contextmanager
def opened(
    content: bytes, allowance: Allowance, deadline: Deadline, damaged: str
) -> Iterator[zipfile.ZipFile]:
    """Open a package that holds no more than is allowed.

    Args:
        content: the package.
        allowance: what may be unpacked.
        deadline: by when.
        damaged: what to say, in Chinese, if it is broken.

    Raises:
        UnreadableError: it is broken, holds too much, or took too long.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
            allowance.take_members(len(parts))
            for part in parts:
                _count(package, part, allowance, deadline)
            yield package
    except ZIP_ERRORS:
        raise UnreadableError(damaged) from None


def _count(package: zipfile.ZipFile, part: zipfile.ZipInfo, allowance: Allowance, deadline: Deadline) -> None:
    # zipfile stops at the size declared, and then takes the check sum; with one that is out of reach it reads to the
    # true end.
    whole = copy(part)
    whole.file_size = allowance.bytes_left + 2 * STRETCH
    with package.open(whole) as content:
        while stretch := content.read(STRETCH):
            allowance.take_bytes(len(stretch))
            deadline.check()
