"""A receiver of webhooks on loopback: it answers as it is told, and keeps what it was sent."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(slots=True)
class Receiver:
    """What a receiver was sent, and what it answers."""

    port: int
    statuses: list[int]
    """One for each request; then 204."""
    location: str | None = None
    """Where it sends others on to."""
    received: list[tuple[str, dict[str, str], str]] = field(default_factory=list)
    """Path, headers and body of each request."""
    arrived: threading.Event = field(default_factory=threading.Event)

    def url(self, path: str = "/hook") -> str:
        """Give its address."""
        return f"http://127.0.0.1:{self.port}{path}"


@contextmanager
def receiving(*statuses: int) -> Iterator[Receiver]:
    """Receive on a free port."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"])).decode()
            headers = {name.lower(): value for name, value in self.headers.items()}
            receiver.received.append((self.path, headers, body))
            self.send_response(receiver.statuses.pop(0) if receiver.statuses else 204)
            if receiver.location is not None:
                self.send_header("location", receiver.location)
            self.send_header("content-length", "0")
            self.end_headers()
            receiver.arrived.set()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        receiver = Receiver(server.server_port, list(statuses))
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield receiver
        finally:
            server.shutdown()
            thread.join()
