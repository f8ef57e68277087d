"""Killing the server amid writes: what it has answered must be there, what it has not must be done once."""

from __future__ import annotations

import http.client
import json
import os
import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from sqlalchemy import select

from app.store.database import Database
from app.store.gate_tables import DECISIONS, REVIEWS
from bench.serving_speed import UVICORN, running

WRITERS = 4
SHORTEST, LONGEST = 0.3, 1.5
"""Seconds of writing before a kill, drawn anew each time."""
PATIENCE = 60.0
SEED = 20261122


@dataclass(frozen=True, slots=True)
class Killed:
    """What came of it."""

    kills: int
    answered: int
    """Writes that were answered with 201."""
    lost: int
    """Of those, the ones that are not in the database."""
    repeated: int
    """Writes that were under way at a kill, sent again with the same key."""
    twice: int
    """Of those, the ones that are there more than once."""


@dataclass(slots=True)
class _Log:
    """What the writers know."""

    reviews: set[str] = field(default_factory=set)
    decided: set[tuple[str, str]] = field(default_factory=set)
    """Review and finding."""
    unknown: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Bodies of reviews that were not answered, by key."""
    numbers: Iterator[int] = field(default_factory=count)
    stopped: bool = False


def keep_killing(url: str, drafts: list[str], kills: int) -> Killed:
    """Start, write and kill so many times; then see what is there.

    Args:
        url: of the database; the environment names it to the server.
        drafts: texts to be reviewed.
        kills: how often.
    """
    log, chance = _Log(), random.Random(SEED)
    server = (*UVICORN, "--factory", "app.main:create_app")
    repeated: set[str] = set()
    for _ in range(kills):
        with running(server) as (port, process, _):
            repeated |= _send_again(port, log)
            log.stopped = False
            known = len(log.reviews)
            writers = [
                threading.Thread(target=_write, args=(port, drafts, log, chance.random()))
                for _ in range(WRITERS)
            ]
            for writer in writers:
                writer.start()
            _wait_for_writes(log, known)
            time.sleep(chance.uniform(SHORTEST, LONGEST))
            os.kill(process, signal.SIGKILL)
            log.stopped = True
            for writer in writers:
                writer.join()
    with running(server) as (port, _, _):
        repeated |= _send_again(port, log)
    lost, twice = _look(url, log, repeated)
    return Killed(kills, len(log.reviews) + len(log.decided), lost, len(repeated), twice)


def _wait_for_writes(log: _Log, known: int) -> None:
    give_up = time.monotonic() + PATIENCE
    while len(log.reviews) == known:
        if time.monotonic() > give_up:
            raise RuntimeError("nothing is written")
        time.sleep(0.01)


def _write(port: int, drafts: list[str], log: _Log, seed: float) -> None:
    chance = random.Random(seed)
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as connection:
        while not log.stopped and _write_one(connection, chance.choice(drafts), log):
            pass


def _write_one(connection: http.client.HTTPConnection, draft: str, log: _Log) -> bool:
    """Have a draft reviewed and a finding decided; tell whether the server was there all the time."""
    key = f"kill-{next(log.numbers)}"
    log.unknown[key] = {"document_id": key, "revision": "1", "channel": "网站", "text": draft}
    try:
        made = _post(connection, "/v1/reviews", log.unknown[key], key)
        log.reviews.add(made["id"])
        del log.unknown[key]
        for finding in made["findings"][:1]:
            said = {"finding": finding["id"], "action": "accepted", "actor": "赵小明"}
            _post(connection, f"/v1/reviews/{made['id']}/decisions", said, key)
            log.decided.add((made["id"], finding["id"]))
    except (OSError, http.client.HTTPException):
        return False
    return True


def _send_again(port: int, log: _Log) -> set[str]:
    repeated = set(log.unknown)
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as connection:
        for key, body in log.unknown.items():
            log.reviews.add(_post(connection, "/v1/reviews", body, key)["id"])
    log.unknown.clear()
    return repeated


def _post(connection: http.client.HTTPConnection, path: str, body: dict[str, Any], key: str) -> Any:
    headers = {"content-type": "application/json", "idempotency-key": key}
    connection.request("POST", path, json.dumps(body).encode(), headers)
    response = connection.getresponse()
    answer = response.read()
    if response.status != 201:
        raise RuntimeError(f"HTTP {response.status}")
    return json.loads(answer)


def _look(url: str, log: _Log, repeated: set[str]) -> tuple[int, int]:
    database = Database(url)
    with database.reading() as connection:
        named = connection.execute(select(REVIEWS.c.number, REVIEWS.c.id))
        names: dict[int, str] = {row.number: row.id for row in named}
        chosen = select(DECISIONS.c.review, DECISIONS.c.finding)
        decided = {(names[row.review], row.finding) for row in connection.execute(chosen)}
        times = Counter(connection.scalars(select(REVIEWS.c.document_id)))
    database.close()
    lost = len(log.reviews - set(names.values())) + len(log.decided - decided)
    return lost, sum(times[key] != 1 for key in repeated)
