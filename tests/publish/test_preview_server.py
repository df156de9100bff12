"""The preview's server: loopback only, reload script only in what is served."""

from __future__ import annotations

import http.client
import socket
import struct
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from kb import EvregError
from publish.preview_server import PreviewServer


@pytest.fixture
def server(tmp_path: Path) -> Iterator[PreviewServer]:
    (tmp_path / "ja").mkdir()
    (tmp_path / "index.html").write_text("<body>home</body>", encoding="utf-8")
    (tmp_path / "404.html").write_text("<body>nothing here</body>", encoding="utf-8")
    (tmp_path / "ja" / "index.html").write_text("<body>ホーム</body>", encoding="utf-8")
    (tmp_path / "x.json").write_text("{}", encoding="utf-8")
    made = PreviewServer(tmp_path, 0)
    made.start()
    yield made
    made.stop()


def _leave_early(server: PreviewServer, path: str) -> None:
    """Ask for a file, take its first bytes and reset the connection; return when the server has noticed."""
    before = set(threading.enumerate())
    place = urlsplit(server.address)
    with socket.create_connection((str(place.hostname), int(place.port or 0)), timeout=10) as connection:
        connection.sendall(f"GET {path} HTTP/1.0\r\nHost: {place.netloc}\r\n\r\n".encode())
        assert connection.recv(4)
        answering = set(threading.enumerate()) - before
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    assert answering
    for thread in answering:
        thread.join(10)
        assert not thread.is_alive()


def _get(server: PreviewServer, path: str, host: str | None = None) -> tuple[int, str, str]:
    connection = http.client.HTTPConnection(urlsplit(server.address).netloc, timeout=10)
    try:
        connection.request("GET", path, headers={"Host": host} if host else {})
        answer = connection.getresponse()
        return answer.status, answer.headers.get("Content-Type", ""), answer.read().decode()
    finally:
        connection.close()


def test_pages_are_served_with_the_reload_script(server: PreviewServer, tmp_path: Path) -> None:
    status, kind, body = _get(server, "/ja/?q=1")
    assert (status, kind) == (200, "text/html; charset=utf-8")
    assert body == "ホーム".join(("<body>", '<script src="/__evreg/reload.js"></script></body>'))
    assert "script" not in (tmp_path / "ja" / "index.html").read_text(encoding="utf-8")
    assert "EventSource" in _get(server, "/__evreg/reload.js")[2]


def test_other_files_redirects_and_missing_pages(server: PreviewServer) -> None:
    assert _get(server, "/x.json")[::2] == (200, "{}")
    assert _get(server, "/ja")[0] == 301
    status, _, body = _get(server, "/nowhere/")
    assert status == 404
    assert "nothing here" in body


@pytest.mark.parametrize("path", ["/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/ja/../../secret"])
def test_nothing_outside_the_folder_is_served(server: PreviewServer, tmp_path: Path, path: str) -> None:
    (tmp_path.parent / "secret").write_text("secret", encoding="utf-8")
    assert _get(server, path)[0] == 404


def test_other_names_for_this_machine_are_refused(server: PreviewServer) -> None:
    assert _get(server, "/", host="evil.example")[0] == 403
    assert _get(server, "/", host="localhost:1")[0] == 200


def test_open_pages_hear_of_a_change(server: PreviewServer) -> None:
    with socket.create_connection(("127.0.0.1", urlsplit(server.address).port or 0), timeout=10) as connection:
        connection.sendall(b"GET /__evreg/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
        stream = connection.makefile("rb")
        assert _next_event(stream) == b"data: 0"
        server.reload.announce()
        assert _next_event(stream) == b"data: 1"


def _next_event(stream: object) -> bytes:
    for line in stream:  # type: ignore[attr-defined]
        if line.startswith(b"data:"):
            return bytes(line).strip()
    raise AssertionError("the stream ended")


def test_a_busy_port_is_explained(server: PreviewServer, tmp_path: Path) -> None:
    port = urlsplit(server.address).port or 0
    with pytest.raises(EvregError) as caught:
        PreviewServer(tmp_path, port)
    assert caught.value.where == f"127.0.0.1:{port}"
    assert f"PORT={port + 1}" in caught.value.remedy.en
    assert caught.value.remedy.ja


def test_a_reader_who_leaves_early_causes_no_traceback(
    server: PreviewServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "large.bin").write_bytes(bytes(30_000_000))
    _leave_early(server, "/large.bin")
    assert capsys.readouterr().err == ""
    assert _get(server, "/x.json")[0] == 200


def test_other_faults_of_the_server_are_told(
    server: PreviewServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(_path: Path) -> bytes:
        raise ValueError("a fault of ours")

    monkeypatch.setattr("publish.preview_server._with_reload", broken)
    with pytest.raises(http.client.RemoteDisconnected):
        _get(server, "/")
    assert "a fault of ours" in capsys.readouterr().err
