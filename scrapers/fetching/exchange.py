"""The request that this thread is busy with: for whom, where it may lead, and when it is cut off."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from threading import Lock, Timer

from scrapers import faults
from scrapers.fetching.addresses import HostPort, may_reach
from scrapers.fetching.limits import Limits


class Deadline:
    """Ends a connection when the total time is over.

    A socket's own time limit starts anew with every byte, so a server that drips one byte every few seconds would never
    run into it: in headers, in chunk sizes or in the body.
    """

    def __init__(self, seconds: float) -> None:
        self.expired = False
        self._seconds = seconds
        self._lock = Lock()
        self._timer: Timer | None = None
        self._twin: socket.socket | None = None

    def watch(self, sock: socket.socket) -> None:
        """Start the time of a new attempt that uses ``sock``."""
        self.stop()
        # A duplicate of our own: a connection that ends with its answer closes its socket before the body is read.
        self._twin = sock.dup()
        self._timer = Timer(self._seconds, self._cut)
        self._timer.daemon = True
        self._timer.start()

    def stop(self) -> None:
        """The attempt is over."""
        with self._lock:
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None
            if self._twin is not None:
                self._twin.close()
                self._twin = None

    def _cut(self) -> None:
        with self._lock, contextlib.suppress(OSError):
            if self._twin is not None:
                self.expired = True
                self._twin.shutdown(socket.SHUT_RDWR)


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request with its rules."""

    source: str
    url: str
    limits: Limits
    allowance: frozenset[HostPort]
    deadline: Deadline
    #: Called when the request has left and the waiting begins.
    sent: Callable[[], None] = lambda: None

    def check_peer(self, address: str, port: int) -> None:
        """Raise ``not-public`` unless the peer may be reached.

        Raises:
            SourceFault: the peer is loopback, private, link-local or otherwise not public.
        """
        if not may_reach(address, port, self.allowance):
            raise faults.not_public(self.source, self.url, address)

    def check_time(self) -> None:
        """Raise ``too-slow`` once the deadline has cut the connection.

        Raises:
            SourceFault: the total time is over.
        """
        if self.deadline.expired:
            raise faults.too_slow(self.source, self.url, self.limits.total)


_CURRENT: ContextVar[Exchange] = ContextVar("exchange")


def current() -> Exchange:
    """The exchange of this thread.

    Raises:
        LookupError: a connection is used outside of an adapter.
    """
    return _CURRENT.get()


@contextmanager
def conducted(exchange: Exchange) -> Iterator[Exchange]:
    """Make ``exchange`` the current one of this thread and stop its clock at the end."""
    token = _CURRENT.set(exchange)
    try:
        yield exchange
    finally:
        exchange.deadline.stop()
        _CURRENT.reset(token)
