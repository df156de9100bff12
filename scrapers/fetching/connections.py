"""Connections that look at the peer before a byte is sent and end at the deadline."""

from __future__ import annotations

import contextlib
import socket
from typing import Any

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from scrapers.fetching import exchange


class _Guarded(HTTPConnection):
    _twin: socket.socket | None = None

    def _new_conn(self) -> socket.socket:
        now = exchange.current()
        # Before connecting, so that nothing knocks on a private door; a name server that answers differently the second
        # time (rebinding) is caught by the look at the connected peer.
        for *_, address in _resolved(self.host, self.port):
            now.check_peer(str(address[0]), self.port)
        sock = super()._new_conn()
        try:
            now.check_peer(*sock.getpeername()[:2])
            # Wrapping in TLS empties the socket object; its duplicate still ends the connection.
            self._twin = sock.dup()
        except BaseException:
            sock.close()
            raise
        now.deadline.watch(self._twin)
        return sock

    def request(self, *args: Any, **options: Any) -> None:
        now = exchange.current()
        now.check_time()
        if self._twin is not None:
            now.deadline.watch(self._twin)
        super().request(*args, **options)
        now.sent()

    def close(self) -> None:
        super().close()
        if self._twin is not None:
            self._twin.close()
            self._twin = None


def _resolved(host: str, port: int) -> list[Any]:
    with contextlib.suppress(OSError, UnicodeError):
        return list(socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM))
    return []  # The connection itself will fail and say why.


class _GuardedTls(_Guarded, HTTPSConnection):
    """The same under TLS; certificates are verified by the pool."""


class GuardedPool(HTTPConnectionPool):
    """Connections to one host over http."""

    ConnectionCls = _Guarded


class GuardedTlsPool(HTTPSConnectionPool):
    """Connections to one host over https."""

    ConnectionCls = _GuardedTls
