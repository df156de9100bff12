"""The server process: uvicorn on one socket, with limits on connections and on the time to send a request."""

from __future__ import annotations

import asyncio
import socket
import sys
from collections.abc import Callable
from typing import Any, Final

import h11
import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from kb.problems import EvregError, Message
from search.api.guard import Guard

#: Seconds in which the head of a request must have come; otherwise a few slow connections could occupy the server.
HEAD_SECONDS: Final = 10.0
#: Bytes of a request's first line and headers.
_HEAD_BYTES: Final = 32_768
#: Connections at once; more are answered with 503.
_CONNECTIONS: Final = 512
_STOPPING_SECONDS: Final = 5
#: Seconds for which a searching thread may keep the interpreter to itself. With Python's 5 ms the thread that answers
#: waits so long after each of its many small system calls, while searches run.
_SWITCH_SECONDS: Final = 0.0005


class _Protocol(H11Protocol):
    """HTTP/1.1 as uvicorn reads it, except that nobody may take forever to ask."""

    _patience: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A connection was opened."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """A part of a request has come."""
        super().data_received(data)
        if self.conn.their_state is not h11.IDLE:
            self._stop_waiting()
        elif self._patience is None and self.timeout_keep_alive_task is None:
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection was closed."""
        self._stop_waiting()
        super().connection_lost(exc)

    def _wait(self) -> None:
        self._patience = self.loop.call_later(HEAD_SECONDS, self.transport.close)

    def _stop_waiting(self) -> None:
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None


class _Server(uvicorn.Server):
    """Tells when it answers."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to answer."""
        await super().startup(sockets)
        if self.started:
            self._ready()


def run(app: Guard, host: str, port: int, ready: Callable[[str], None]) -> None:
    """Serve until interrupted.

    Args:
        app: The application.
        host: Address or name to listen on.
        port: Port; 0 for any free one.
        ready: Called with the address, with a final slash, once requests are answered.

    Raises:
        EvregError: when the port is taken or may not be used.
    """
    listening = _socket(host, port)
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{listening.getsockname()[1]}/"
    server = _Server(_configuration(app), lambda: ready(address))
    sys.setswitchinterval(_SWITCH_SECONDS)
    try:
        server.run([listening])
    except KeyboardInterrupt:
        return
    finally:
        listening.close()


def _configuration(app: Any) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        http=_Protocol,
        ws="none",
        log_level="error",
        access_log=False,  # what people search for is not written down
        server_header=False,
        limit_concurrency=_CONNECTIONS,
        timeout_keep_alive=5,
        timeout_graceful_shutdown=_STOPPING_SECONDS,
        h11_max_incomplete_event_size=_HEAD_BYTES,
    )


def _socket(host: str, port: int) -> socket.socket:
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family, backlog=1024)
    except OSError as error:
        raise EvregError(
            f"{host}:{port}",
            Message(f"The port cannot be used: {error.strerror}.", f"ポートを使用できない: {error.strerror}"),
            Message("A free port.", "空いているポートが必要である。"),
            Message("Choose another one with --port.", "--portで別のポートを指定する。"),
        ) from None
