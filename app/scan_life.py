"""Whether anybody still works on a run: processes that were killed cannot say so themselves."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path

from app.store.database import Database
from app.store.scan_runs import LEASE, Run, RunState
from app.store.scan_shards import process_of
from app.store.scan_signs import Signs, signs_of

QUIET = LEASE // 2
"""Seconds without a sign after which a process is given up: it renews its lease twice as often."""


@dataclass(frozen=True, slots=True)
class Life:
    """What can be told of those who work on a run that is neither done nor stopped. Times are seconds since 1970."""

    last_sign: int | None
    """None if nobody has begun to work."""
    is_working: bool
    free_at: int | None = None
    """When the last shard is free that a process of another machine had; None where nobody need wait."""


def life_of(database: Database, run: Run, now: int | None = None) -> Life | None:
    """Find out whether a run is being worked on; None if nobody should.

    Raises:
        DatabaseError: see there.
    """
    if run.state not in {RunState.PLANNING, RunState.RUNNING}:
        return None
    return judged(signs_of(database, run.number), int(time.time()) if now is None else now)


def judged(signs: Signs, now: int) -> Life:
    """Judge by signs of life."""
    if signs.last is None:
        return Life(None, is_working=False)
    if not signs.owners:
        # Between two shards, for a moment; or it was killed just then.
        return Life(signs.last, is_working=now - signs.last <= QUIET)
    if any(now - seen <= QUIET and not _is_gone(owner) for owner, seen in signs.owners.items()):
        return Life(signs.last, is_working=True)
    # Those of this machine are freed by whoever resumes; of others nobody knows but by the clock.
    elsewhere = [seen + LEASE for owner, seen in signs.owners.items() if process_of(owner) is None]
    free_at = max(elsewhere, default=now)
    return Life(signs.last, is_working=False, free_at=free_at if free_at > now else None)


def _is_gone(owner: str) -> bool:
    process = process_of(owner)
    return process is not None and not is_alive(process)


def is_alive(process: int) -> bool:
    """Tell whether a process of that number runs on this machine."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return not _is_dead_and_unburied(process)


def _is_dead_and_unburied(process: int) -> bool:
    """Tell whether a process has ended, and nobody has asked after it: in a container without an init nobody ever does."""
    try:
        status = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    # Behind the name, which is in brackets and may hold anything.
    return status.rpartition(")")[2].split()[:1] == ["Z"]
