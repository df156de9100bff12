"""Serves a built site on this machine and tells open pages to reload. For editors only, never for the public."""

from __future__ import annotations

import sys
import threading
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from kb.problems import EvregError, Message

_EVENTS, _SCRIPT = "/__evreg/events", "/__evreg/reload.js"
#: Only what is served has this script; the built pages do not mention it.
_TAG = f'<script src="{_SCRIPT}"></script></body>'.encode()
_RELOAD = f"""let seen = null;
new EventSource("{_EVENTS}").onmessage = (event) => {{
  if (seen !== null && seen !== event.data) location.reload();
  seen = event.data;
}};
""".encode()
#: Seconds after which a silent connection is written to, so that closed ones are noticed.
_HEARTBEAT = 10.0


class Reload:
    """A number that grows with every change of the site."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._version = 0
        self._closed = False

    def announce(self) -> None:
        """Tell everybody that the site changed."""
        with self._condition:
            self._version += 1
            self._condition.notify_all()

    def close(self) -> None:
        """Let everybody who waits go."""
        with self._condition:
            self._closed = True
            self._condition.notify_all()

    def wait(self, seen: int) -> int | None:
        """The version once it differs from ``seen`` or a heartbeat is due; None after :meth:`close`."""
        with self._condition:
            self._condition.wait_for(lambda: self._closed or self._version != seen, timeout=_HEARTBEAT)
            return None if self._closed else self._version


class _Handler(SimpleHTTPRequestHandler):
    """Files of the site, the reload script and the stream of versions."""

    server_version = "EVReg"

    def __init__(self, *arguments: Any, reload: Reload, **options: Any) -> None:
        self._reload = reload
        super().__init__(*arguments, **options)

    def do_GET(self) -> None:
        """Answer a request."""
        if not self._is_local():
            self.send_error(HTTPStatus.FORBIDDEN)
        elif self.path == _EVENTS:
            self._stream()
        elif self.path == _SCRIPT:
            self._send(HTTPStatus.OK, "text/javascript", _RELOAD)
        else:
            self._file()

    def _is_local(self) -> bool:
        """False when another site's name was made to point here (DNS rebinding)."""
        host = (self.headers.get("Host") or "").rsplit(":", 1)[0]
        return host in ("127.0.0.1", "localhost")

    def _file(self) -> None:
        path = Path(self.translate_path(self.path))
        if path.is_dir() and self.path.split("?")[0].endswith("/"):
            path /= "index.html"
        if path.is_dir():
            super().do_GET()  # adds the missing slash
        elif path.suffix == ".html" and path.is_file():
            self._send(HTTPStatus.OK, "text/html; charset=utf-8", _with_reload(path))
        elif path.is_file():
            super().do_GET()
        else:
            missing = Path(self.directory, "404.html")
            self._send(HTTPStatus.NOT_FOUND, "text/html; charset=utf-8", _with_reload(missing))

    def _send(self, status: HTTPStatus, kind: str, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _stream(self) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        version: int | None = self._reload.wait(-1)
        try:
            while version is not None:
                self.wfile.write(f"data: {version}\n\n".encode())
                self.wfile.flush()
                version = self._reload.wait(version)
        except OSError:
            return  # the page was closed

    def end_headers(self) -> None:
        """Nothing served here may be kept by the browser."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002 - the name is the base class's
        """Requests are not logged."""


def _with_reload(path: Path) -> bytes:
    content = path.read_bytes() if path.is_file() else b"<!doctype html><title>404</title><body></body>"
    return content.replace(b"</body>", _TAG, 1)


class LoopbackServer(ThreadingHTTPServer):
    """A server whose readers may leave in the middle of an answer."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Tell of a fault, but not of a page that was closed or reloaded before all of it had come."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class PreviewServer:
    """The server, on the loopback address only.

    Args:
        folder: The built site; may be replaced while the server runs.
        port: Port to listen on; 0 for any free one.

    Raises:
        EvregError: when the port is taken or may not be used.
    """

    def __init__(self, folder: Path, port: int) -> None:
        self.reload = Reload()
        handler = partial(_Handler, directory=str(folder), reload=self.reload)
        try:
            self._server = LoopbackServer(("127.0.0.1", port), handler)
        except OSError as error:
            raise _busy(port, error) from None
        self._thread = threading.Thread(target=self._server.serve_forever, name="preview", daemon=True)

    @property
    def address(self) -> str:
        """Where the site is to be seen, with a final slash."""
        return f"http://127.0.0.1:{self._server.server_port}/"

    def start(self) -> None:
        """Answer requests in a thread of its own."""
        self._thread.start()

    def stop(self) -> None:
        """Stop answering."""
        self.reload.close()
        if self._thread.is_alive():
            self._server.shutdown()
        self._server.server_close()


def _busy(port: int, error: OSError) -> EvregError:
    return EvregError(
        f"127.0.0.1:{port}",
        Message(f"The port cannot be used: {error.strerror}.", f"ポートを使用できない: {error.strerror}"),
        Message("A free port.", "空いているポートが必要である。"),
        Message(
            f"Choose another one: «make serve PORT={port + 1}» or «evreg site serve --port {port + 1}».",
            f"別のポートを指定する:「make serve PORT={port + 1}」又は「evreg site serve --port {port + 1}」。",
        ),
    )
