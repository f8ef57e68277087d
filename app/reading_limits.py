"""How much of a file is read, as the site has set it."""

from __future__ import annotations

from app.formats.kernel.limits import Limits
from app.settings import Settings


def limits_of(chosen: Settings) -> Limits:
    """Read the limits of a site."""
    return Limits(
        file_bytes=chosen.file_limit,
        unpacked_bytes=chosen.unpacked_limit,
        members=chosen.member_limit,
        pages=chosen.page_limit,
        cells=chosen.cell_limit,
        seconds=chosen.reading_seconds,
    )
