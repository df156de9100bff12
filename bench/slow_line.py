"""A built site behind a reader's line, with a count of what goes over it."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

#: A reader's line: 40 ms to the server, 10 Mbit/s.
_LATENCY, _BYTES_PER_SECOND = 0.04, 1_250_000
_KINDS = {
    ".html": "text/html",
    ".js": "text/javascript",
    ".css": "text/css",
    ".json": "application/json",
    ".svg": "image/svg+xml",
}


@contextmanager
def slow_line(site: Path) -> Iterator[tuple[str, dict[str, int]]]:
    """The site behind a slow line; path -> bytes sent."""
    sent: dict[str, int] = {}
    turn = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            file = site / path.lstrip("/")
            file = file / "index.html" if file.is_dir() else file
            content = _compressed(file) if file.is_file() else b""
            time.sleep(_LATENCY)
            with turn:  # one line for all requests
                time.sleep(len(content) / _BYTES_PER_SECOND)
            sent[path] = len(content)
            self.send_response(200 if file.is_file() else 404)
            self.send_header("Content-Type", _KINDS.get(file.suffix, "application/octet-stream"))
            if file.suffix in _KINDS:
                self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002 - the base class's name
            """Requests are not logged."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/", sent
    server.shutdown()
    server.server_close()


_kept: dict[Path, bytes] = {}


def _compressed(file: Path) -> bytes:
    """As a host sends it: texts gzipped, Pagefind's own files as they are."""
    if file not in _kept:
        content = file.read_bytes()
        _kept[file] = gzip.compress(content, 6) if file.suffix in _KINDS else content
    return _kept[file]
