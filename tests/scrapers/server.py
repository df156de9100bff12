"""A programmable HTTP server on 127.0.0.1 that can be as friendly or as hostile as a test wants.

with Loopback() as server:
    server.say("/api/v2/version", {"apiVersion": "2.0.5"}, etag='"1"')
    server.say("/search?page=2", Reply(status=503), Reply({"rows": []}))   # first 503, then always the rows
    server.on("/odd", lambda seen: Reply(seen.headers.get("Accept", "")))
    source = server.source("clinicaltrials-gov")                           # the register's entry, moved here, pace 0
    with Fetcher(source, tmp_path, limits=PATIENT, allowance=server.allowance) as fetcher: …
    assert server.count("/api/v2/version") == 1
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import socket
import ssl
import struct
import time
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

from scrapers.fetching.hosts import HOSTS
from scrapers.fetching.limits import Limits
from scrapers.register import Source, register

#: Few and short waits between attempts, yet patience with a busy machine: it must not be taken for a slow server.
PATIENT = Limits(
    connect=10, read=10, total=30, max_bytes=2_000_000, redirects=5, retries=2, backoff=0.01, jitter=0, longest_wait=1
)
#: For servers that are slow on purpose: the fault shows within a second or two.
IMPATIENT = replace(PATIENT, connect=1, read=0.3, total=0.8)


@dataclass(frozen=True)
class Reply:
    """What to answer once.

    ``body``: bytes, text, or a value to be written as JSON; an iterable of bytes objects in ``stream`` goes out without a
    length and ends with the connection. ``etag="auto"`` is made from the body; a matching If-None-Match, or an
    If-Modified-Since equal to ``last_modified``, is answered 304. ``delay`` seconds before the first byte; ``drip``
    seconds between single bytes (of the body, or of everything with ``drip_headers``); ``cut`` ends after so many bytes;
    ``reset`` breaks the connection without an answer; ``raw`` is sent as it is.
    """

    body: Any = b""
    status: int = 200
    content_type: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    etag: str | None = None
    last_modified: str | None = None
    delay: float = 0.0
    drip: float = 0.0
    drip_headers: bool = False
    cut: int | None = None
    reset: bool = False
    raw: bytes | None = None
    stream: Callable[[], Iterable[bytes]] | None = None

    @property
    def content(self) -> bytes:
        if isinstance(self.body, bytes):
            return self.body
        return (self.body if isinstance(self.body, str) else json.dumps(self.body, ensure_ascii=False)).encode()

    @property
    def label(self) -> str:
        if self.content_type is not None:
            return self.content_type
        if isinstance(self.body, str):
            start = self.body.lstrip()[:6].lower()
            return "text/html; charset=utf-8" if start.startswith(("<html", "<!doct")) else "application/xml"
        return "application/octet-stream" if isinstance(self.body, bytes) else "application/json"

    @property
    def tag(self) -> str | None:
        return f'"{hashlib.sha256(self.content).hexdigest()[:16]}"' if self.etag == "auto" else self.etag


@dataclass(frozen=True)
class Seen:
    """One request as it arrived; header names as sent, looked up without regard to case."""

    method: str
    path: str
    query: dict[str, str]
    target: str
    headers: Any
    body: bytes
    status: int = 0
    body_bytes: int = 0

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Loopback:
    """The server; everything not scripted is 404, ``/robots.txt`` included."""

    def __init__(self) -> None:
        self.seen: list[Seen] = []
        self.arrivals: list[float] = []
        self._scripts: dict[str, list[Reply]] = {}
        self._handlers: dict[str, Callable[[Seen], Reply]] = {}
        self._lock, self.stopping = Lock(), Event()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.loopback = self  # type: ignore[attr-defined]
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    def __enter__(self) -> Self:
        # The system gives a port again: what an earlier server of this process asked for there is not for this one.
        for rules in (HOSTS._slots, HOSTS._factory.paces, HOSTS._factory.buckets):
            rules.pop(f"127.0.0.1:{self.port}", None)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopping.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def use_tls(self, context: ssl.SSLContext) -> None:
        """Speak https from now on; ``url`` keeps saying http."""
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True, do_handshake_on_connect=False)

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def allowance(self) -> frozenset[tuple[str, int]]:
        return frozenset((("127.0.0.1", self.port),))

    def source(self, name: str = "clinicaltrials-gov", **changes: Any) -> Source:
        """The register's source, its base moved to this server and without pace; its path is kept."""
        known = register()[name]
        base = f"{self.url}{urlsplit(known.base or '').path}"
        return known.model_copy(update={"base": base, "pace": 0.0, **changes})

    def say(self, target: str, *replies: Any, **options: Any) -> None:
        """Answer ``path`` or ``path?query`` with each reply in turn, the last one for ever.

        The order of query parameters does not matter; a target without query matches any query.
        """
        made = [reply if isinstance(reply, Reply) else Reply(reply) for reply in replies] or [Reply()]
        self._scripts[_key(target)] = [replace(reply, **options) for reply in made] if options else made

    def on(self, path: str, handler: Callable[[Seen], Reply]) -> None:
        """Answer every request to ``path`` by calling ``handler``."""
        self._handlers[path] = handler

    def count(self, path: str) -> int:
        """Requests to ``path``, whatever their query."""
        return sum(1 for seen in self.seen if seen.path == path)

    @property
    def body_bytes(self) -> int:
        """Bytes of bodies sent so far, robots.txt left out."""
        return sum(seen.body_bytes for seen in self.seen if seen.path != "/robots.txt")

    def reply_to(self, seen: Seen) -> Reply:
        with self._lock:
            handler = self._handlers.get(seen.path)
            replies = self._scripts.get(_key(seen.target)) or self._scripts.get(seen.path)
            if handler is None:
                if not replies:
                    return Reply("not scripted", 404, "text/plain")
                return replies.pop(0) if len(replies) > 1 else replies[0]
        return handler(seen)

    def note(self, seen: Seen) -> None:
        with self._lock:
            self.seen.append(seen)

    def enter(self) -> None:
        with self._lock:
            self.arrivals.append(time.monotonic())


def _key(target: str) -> str:
    parts = urlsplit(target)
    pairs = sorted(parse_qsl(parts.query, keep_blank_values=True))
    return f"{parts.path}?{pairs}" if pairs else parts.path


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, *_: object) -> None:
        """A client that leaves is part of the tests."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # Otherwise each answer in two pieces waits 40 ms for an acknowledgement.

    def do_GET(self) -> None:
        loopback: Loopback = self.server.loopback  # type: ignore[attr-defined]
        loopback.enter()
        with contextlib.suppress(OSError):
            self._serve(loopback)

    do_POST = do_GET  # noqa: N815
    do_HEAD = do_GET  # noqa: N815

    def _serve(self, loopback: Loopback) -> None:
        parts = urlsplit(self.path)
        seen = Seen(
            self.command,
            parts.path,
            dict(parse_qsl(parts.query, keep_blank_values=True)),
            self.path,
            self.headers,
            self.rfile.read(int(self.headers.get("Content-Length") or 0)),
        )
        reply = loopback.reply_to(seen)
        status = 304 if reply.status == 200 and self._is_current(reply) else reply.status
        size = 0 if status == 304 or reply.stream else len(reply.content)
        loopback.note(replace(seen, status=status, body_bytes=size))
        if loopback.stopping.wait(reply.delay) or reply.reset:
            self._reset()
            return
        self._send(loopback, reply, status)

    def _is_current(self, reply: Reply) -> bool:
        asked = self.headers.get("If-None-Match")
        if asked is not None and reply.tag is not None:
            return asked == reply.tag
        return reply.last_modified is not None and self.headers.get("If-Modified-Since") == reply.last_modified

    def _send(self, loopback: Loopback, reply: Reply, status: int) -> None:
        if reply.raw is not None:
            self._write(loopback, reply.raw, reply.drip)
            self.close_connection = True
            return
        head = self._head(reply, status)
        self._write(loopback, head, reply.drip if reply.drip_headers else 0)
        if reply.stream is not None:
            for piece in reply.stream():
                self.wfile.write(piece)
            self.close_connection = True
        elif status != 304 and self.command != "HEAD":
            self._write(loopback, reply.content[: reply.cut], reply.drip)
            self.close_connection = reply.cut is not None

    def _head(self, reply: Reply, status: int) -> bytes:
        lines = {"Content-Type": reply.label} if reply.label else {}
        if reply.tag:
            lines["ETag"] = reply.tag
        if reply.last_modified:
            lines["Last-Modified"] = reply.last_modified
        if reply.stream is not None:
            lines["Connection"] = "close"
        elif status != 304:
            lines["Content-Length"] = str(len(reply.content))
        lines.update(reply.headers)
        text = f"HTTP/1.1 {status} Scripted\r\n" + "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        return f"{text}\r\n".encode("latin-1")

    def _write(self, loopback: Loopback, data: bytes, drip: float) -> None:
        if not drip:
            self.wfile.write(data)
            return
        for byte in data:
            self.wfile.write(bytes((byte,)))
            if loopback.stopping.wait(drip):
                return

    def _reset(self) -> None:
        self.close_connection = True
        with contextlib.suppress(OSError):
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def gzip_bomb(size: int) -> bytes:
    """``size`` zero bytes as one gzip stream; its check sum, which nobody should ever reach, is wrong."""
    packer, piece = zlib.compressobj(9, wbits=31), bytes(1_000_000)
    first = packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH)
    # After a full flush every further piece is written with the same bytes.
    next_one = packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH)
    return first + next_one * (size // len(piece) - 1) + packer.flush()
