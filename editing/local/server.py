"""The server process of the form: one socket on the loopback address, and no way to choose another."""

from __future__ import annotations

import os
import secrets
import socket
import threading
from typing import Final

import uvicorn

from editing.local.app import Desk, create_app
from kb.problems import EvregError, Message

#: There is no option for another address: whoever reaches the form may change entries.
HOST: Final = "127.0.0.1"
#: Connections at once; a browser opens six.
_CONNECTIONS: Final = 64
#: Seconds in which requests under way may end when the server stops.
_STOPPING: Final = 20


class FormServer:
    """The form, answered in a thread of its own.

    Args:
        desk: What is edited, and with what.
        port: Port on the loopback address; 0 for any free one.

    Raises:
        EvregError: when the port is taken or may not be used.
    """

    def __init__(self, desk: Desk, port: int) -> None:
        self._socket = _listening(port)
        self.port: int = self._socket.getsockname()[1]
        self.token = secrets.token_urlsafe(32)
        self._server = uvicorn.Server(
            uvicorn.Config(
                create_app(desk, self.port, self.token),
                ws="none",
                lifespan="off",
                log_level="error",
                access_log=False,
                server_header=False,
                limit_concurrency=_CONNECTIONS,
                timeout_graceful_shutdown=_STOPPING,
                proxy_headers=False,
            )
        )
        self._thread = threading.Thread(target=self._server.run, args=([self._socket],), name="form", daemon=True)

    @property
    def address(self) -> str:
        """Where the form is to be opened, with a final slash."""
        return f"http://{HOST}:{self.port}/"

    def start(self) -> None:
        """Answer requests."""
        self._thread.start()

    def stop(self) -> None:
        """Let saves under way end, then stop answering."""
        self._server.should_exit = True
        if self._thread.is_alive():
            self._thread.join(_STOPPING)
        self._socket.close()


def _listening(port: int) -> socket.socket:
    try:
        return socket.create_server((HOST, port), backlog=128)
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else str(error)
        raise EvregError(
            f"{HOST}:{port}",
            Message(f"The port cannot be used: {reason}.", f"ポートを使用できない({reason})。"),
            Message("A free port.", "空いているポートが必要である。"),
            Message("Choose another one with --port, or 0 for any.", "--portで別のポートを指定する(0で自動選択)。"),
        ) from None
