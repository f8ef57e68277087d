"""Sends one message: to an address that was judged a moment ago, once, without following anything."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Mapping, Sequence
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from threading import Event, Timer
from urllib.parse import urlsplit

from app.webhooks.networks import Network, may_be_sent_to

SECONDS = 15.0
"""From the connection to the status of the answer; Standard Webhooks asks for 15 to 30."""
NO_ANSWER = "没有按时应答"


class NotSentError(Exception):
    """There was no answer; the message is Chinese, short, and quotes nothing."""


def post(url: str, headers: Mapping[str, str], body: bytes, allowed: Sequence[Network]) -> int:
    """Send a message; give the status of the answer, whose body is not read.

    Redirects are not followed: they would lead where nobody has looked.

    Args:
        url: one that `require_sound_url` has let pass.
        headers: besides those of HTTP itself.
        body: the message.
        allowed: see `may_be_sent_to`.

    Raises:
        NotSentError: nothing could be sent, or nothing was answered in time.
    """
    parts = urlsplit(url)
    kind = _CheckedTls if parts.scheme == "https" else _Checked
    connection = kind(parts.hostname or "", parts.port, timeout=SECONDS)
    connection.allowed = allowed
    # A receiver that sends a little now and then would never run into the timeout of a single read.
    late = Event()
    ending = Timer(SECONDS, _end, [connection, late])
    ending.daemon = True
    try:
        ending.start()
        target = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
        connection.request("POST", target, body, dict(headers))
        status = connection.getresponse().status
    except TimeoutError:
        raise NotSentError(NO_ANSWER) from None
    except ssl.SSLError:
        raise NotSentError("证书或加密连接有误") from None
    except (OSError, HTTPException):
        raise NotSentError(NO_ANSWER if late.is_set() else "连接失败") from None
    finally:
        ending.cancel()
        connection.close()
    # To the library, headers that break off are at their end.
    if late.is_set():
        raise NotSentError(NO_ANSWER)
    return status


class _Checked(HTTPConnection):
    """A connection that is made to addresses which may be sent to, and to no others."""

    allowed: Sequence[Network] = ()

    def connect(self) -> None:
        """Look the name up, judge what it means now, and connect to that very address."""
        self.sock = _connected(self.host, self.port, self.allowed)


class _CheckedTls(HTTPSConnection):
    """The same, encrypted; the certificate must be that of the name."""

    allowed: Sequence[Network] = ()

    def connect(self) -> None:
        """See there."""
        plain = _connected(self.host, self.port, self.allowed)
        self.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=self.host)


def _connected(host: str, port: int, allowed: Sequence[Network]) -> socket.socket:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise NotSentError("查不到主机的地址") from None
    fit = [one for one in found if may_be_sent_to(str(one[4][0]), allowed)]
    if not fit:
        raise NotSentError("主机的地址不在允许之内（SHENJIAO_WEBHOOK_NETWORKS）")
    for family, kind, protocol, _, address in fit[:-1]:
        try:
            return _open(family, kind, protocol, address)
        except OSError:
            continue
    family, kind, protocol, _, address = fit[-1]
    return _open(family, kind, protocol, address)


def _open(family: int, kind: int, protocol: int, address: tuple[object, ...]) -> socket.socket:
    opened = socket.socket(family, kind, protocol)
    try:
        opened.settimeout(SECONDS)
        opened.connect(address)
    except OSError:
        opened.close()
        raise
    return opened


def _end(connection: HTTPConnection, late: Event) -> None:
    late.set()
    if connection.sock is not None:
        try:
            connection.sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            return
