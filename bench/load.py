"""A plain load on a loopback port: so many connections, each sending its next request when answered."""

from __future__ import annotations

import asyncio
import time


def request_bytes(body: bytes, path: str = "/v1/proofread", method: str = "POST", **headers: str) -> bytes:
    """Make one request; of the headers' names, underscores become hyphens."""
    more = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    head = (
        f"{method} {path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\n"
        f"content-length: {len(body)}\r\n{more}\r\n"
    )
    return head.encode() + body


async def answer(reader: asyncio.StreamReader) -> bytes:
    """Read one answer; give its body.

    Raises:
        RuntimeError: it is not 200.
    """
    status, body = await any_answer(reader)
    if status != 200:
        raise RuntimeError(f"HTTP {status}")
    return body


async def any_answer(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    """Read one answer; give its status and its body."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = int(head.lower().split(b"content-length:", 1)[1].split(b"\r\n", 1)[0])
    return int(head.split(b" ", 2)[1]), await reader.readexactly(length)


async def _one_connection(port: int, requests: list[bytes], stop_at: float) -> list[float]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    times = []
    number = 0
    while time.perf_counter() < stop_at:
        begun = time.perf_counter()
        writer.write(requests[number % len(requests)])
        await answer(reader)
        times.append(time.perf_counter() - begun)
        number += 1
    writer.close()
    return times


async def _all_connections(port: int, requests: list[bytes], connections: int, seconds: float) -> list[float]:
    stop_at = time.perf_counter() + seconds
    turns = (requests[n:] + requests[:n] for n in range(connections))
    answered = await asyncio.gather(*(_one_connection(port, turn, stop_at) for turn in turns))
    return [one for times in answered for one in times]


def load(port: int, requests: list[bytes], connections: int, seconds: float) -> list[float]:
    """Send requests for some seconds and return the time of each answer, in seconds."""
    return asyncio.run(_all_connections(port, requests, connections, seconds))
