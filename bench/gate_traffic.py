"""Traffic as a publishing system makes it at the gate: each request when it is due, whatever became of the others."""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections import Counter, defaultdict, deque
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from bench.load import any_answer, request_bytes

CONNECTIONS = 64
KINDS = {"review": 20, "decide": 10, "verify": 20, "proofread": 30, "read": 20}
"""How often each kind of request comes, in a hundred."""
REMEMBERED = 200
NUMBERS = count(1)


@dataclass(frozen=True, slots=True)
class Made:
    """A review that was answered."""

    id: str
    token: str
    text: str
    findings: tuple[str, ...]


@dataclass(slots=True)
class Measured:
    """What happened."""

    times: list[tuple[str, float]] = field(default_factory=list)
    """Kind of request, and milliseconds from when it was due to its answer."""
    faults: Counter[str] = field(default_factory=Counter)

    def share(self, share: float) -> float:
        """Give the milliseconds within which this share of the requests was answered."""
        ordered = sorted(one for _, one in self.times)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0

    @property
    def p99(self) -> float:
        """The 99th percentile, in milliseconds."""
        return self.share(0.99)

    def by_kind(self) -> dict[str, list[float]]:
        """Give the sorted times of each kind of request."""
        kinds: dict[str, list[float]] = defaultdict(list)
        for kind, one in self.times:
            kinds[kind].append(one)
        return {kind: sorted(times) for kind, times in kinds.items()}


class Traffic:
    """Makes requests, and remembers the reviews that came of them."""

    def __init__(self, drafts: list[str]) -> None:
        """Take the texts that are reviewed."""
        self._drafts = drafts
        self._random = random.Random(20261122)
        self._made: deque[Made] = deque(maxlen=REMEMBERED)

    def next(self) -> tuple[str, bytes, str]:
        """Make a request; give its kind, itself, and the text that it is about."""
        kind = self._random.choices(list(KINDS), weights=list(KINDS.values()))[0]
        text = self._random.choice(self._drafts)
        if kind == "proofread":
            return kind, request_bytes(_json({"text": text})), text
        made = self._random.choice(self._made) if self._made else None
        if kind == "decide" and made is not None and made.findings:
            said = {"finding": self._random.choice(made.findings), "action": "accepted", "actor": "赵小明"}
            return kind, request_bytes(_json(said), f"/v1/reviews/{made.id}/decisions"), ""
        if kind == "verify" and made is not None:
            said = {"token": made.token, "text": made.text}
            return kind, request_bytes(_json(said), "/v1/reviews/verify"), ""
        if kind == "read" and made is not None:
            path = f"/v1/reviews/{made.id}" if self._random.random() < 0.8 else "/v1/reviews?limit=20"
            return kind, request_bytes(b"", path, "GET"), ""
        number = next(NUMBERS)
        body = {"document_id": f"article-{number}", "revision": "1", "channel": "网站", "text": text}
        return "review", request_bytes(_json(body), "/v1/reviews", idempotency_key=f"bench-{number}"), text

    def remember(self, text: str, answer: dict[str, Any]) -> None:
        """Remember a review that was made."""
        names = tuple(finding["id"] for finding in answer["findings"])
        self._made.append(Made(answer["id"], answer["token"], text, names))


async def run(port: int, drafts: list[str], rate: float, seconds: float) -> Measured:
    """Send so many requests a second for some seconds."""
    traffic, measured = Traffic(drafts), Measured()
    due: asyncio.Queue[float | None] = asyncio.Queue()
    senders = [asyncio.create_task(_sender(port, traffic, due, measured)) for _ in range(CONNECTIONS)]
    begun = time.perf_counter()
    for number in range(int(rate * seconds)):
        at = begun + number / rate
        await asyncio.sleep(max(0.0, at - time.perf_counter()))
        due.put_nowait(at)
    for _ in senders:
        due.put_nowait(None)
    await asyncio.gather(*senders)
    return measured


async def _sender(port: int, traffic: Traffic, due: asyncio.Queue[float | None], measured: Measured) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while (at := await due.get()) is not None:
        kind, request, text = traffic.next()
        if reader.at_eof():
            # The server closes what has been idle for some seconds.
            writer.close()
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(request)
        try:
            status, body = await any_answer(reader)
        except (OSError, EOFError) as error:
            measured.faults[type(error).__name__] += 1
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            continue
        measured.times.append((kind, (time.perf_counter() - at) * 1000))
        if status not in {200, 201}:
            measured.faults[f"{kind} {status}"] += 1
        elif kind == "review":
            traffic.remember(text, json.loads(body))
    writer.close()


def _json(said: dict[str, Any]) -> bytes:
    return json.dumps(said, ensure_ascii=False).encode()
