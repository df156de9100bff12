"""A real server on the loopback address, and the command that starts it."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner

import kb
from evreg.built_site import is_up_to_date, remember
from evreg.commands import serve as command
from kb.problems import EvregError
from search.api import server
from search.api.guard import Guard
from tests.samples import small_kb
from tests.search.api_site import four_parts, write_entries, write_site
from tests.sites import ROOT


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running «evreg serve»; it ends when it is interrupted."""
    folder = tmp_path_factory.mktemp("served")
    write_entries(folder)
    write_site(folder / "site")
    process = subprocess.Popen(
        [sys.executable, "-m", "evreg", "serve", "--port", "0", "--site", str(folder / "site"), "--kb", str(folder)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "EVREG_LANG": "en", "XDG_CACHE_HOME": str(folder / "cache"), "PYTHONUNBUFFERED": "1"},
    )
    assert process.stdout is not None
    found = re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline())
    assert found is not None
    yield found.group()
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=30) == 0
    process.stdout.close()


def test_site_and_interface_on_one_origin(address: str) -> None:
    with httpx.Client(base_url=address, trust_env=False) as session:
        assert session.get("/").text == "home"
        assert session.get("/glossary/exosome", follow_redirects=True).text == "exosome page"
        answer = session.get("/api/v1/search", params={"q": "エクソソーム", "lang": "ja"})
        assert answer.json()["results"][0]["id"] == "exosome"
        assert "server" not in answer.headers
        moved = session.get("/api/v1/entries/particles", follow_redirects=True)
        assert moved.url.path == "/api/v1/entries/attributes/count"
        assert session.head("/api/v1/search", params={"q": "a"}).content == b""
        four_parts(session.post("/api/v1/search", content=b"x" * 1_000_000))
        four_parts(session.get("/api/v1/search", params={"q": "あ" * 1_200}))


def _raw(address: str, content: bytes) -> bytes:
    host, port = address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=30) as connection:
        connection.sendall(content)
        connection.shutdown(socket.SHUT_WR)
        answer = b""
        while part := connection.recv(65_536):
            answer += part
    return answer


@pytest.mark.parametrize(
    "content",
    [
        b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"y" * 100_000 + b"\r\n\r\n",
        b"\x16\x03\x01\x00\xa5\x01\x00\x00\xa1\x03\x03",
        b"GET /api/v1/search?q=\xe3\x82\xa8 HTTP/1.1\r\nHost: a\r\n\r\n",
        b"\r\n\r\n\x00",
    ],
)
def test_what_is_no_request_is_refused_and_the_server_stays(address: str, content: bytes) -> None:
    assert _raw(address, content)[:12] in (b"HTTP/1.1 400", b"HTTP/1.1 414", b"")
    assert httpx.get(f"{address}/api/v1/search?q=exosome", trust_env=False).status_code == 200


def test_a_websocket_is_not_opened(address: str) -> None:
    asked = b"GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\n\r\n"
    assert b"101 " not in _raw(address, asked)[:40]


def test_a_taken_port_is_told_in_four_parts(address: str) -> None:
    port = int(address.rsplit(":", 1)[1])

    async def app(*_arguments: object) -> None: ...

    with pytest.raises(EvregError, match="cannot be used"):
        server.run(Guard(app), "127.0.0.1", port, lambda _address: None)


def test_who_never_asks_is_sent_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "HEAD_SECONDS", 0.1)
    closed: list[bytes] = []

    async def app(*_arguments: object) -> None: ...

    def visit(address: str) -> None:
        host, port = address.removeprefix("http://").rstrip("/").split(":")
        connection = socket.create_connection((host, int(port)), timeout=30)
        connection.sendall(b"GET / HTTP/1.1\r\nX:")

        def read() -> None:
            closed.append(connection.recv(10))
            connection.close()
            os.kill(os.getpid(), signal.SIGINT)

        reader.append(threading.Thread(target=read))
        reader[0].start()

    import threading

    reader: list[threading.Thread] = []
    server.run(Guard(app), "127.0.0.1", 0, visit)
    reader[0].join()
    assert closed == [b""]


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "example.org", ""])
def test_other_machines_are_let_in_only_when_asked_for(host: str) -> None:
    with pytest.raises(EvregError, match="Other machines"):
        CliRunner().invoke(command.serve, ["--host", host], catch_exceptions=False)


@pytest.mark.parametrize(
    ("host", "local"), [("127.0.0.1", True), ("127.8.8.8", True), ("::1", True), ("localhost", True)]
)
def test_loopback_addresses(host: str, local: bool) -> None:
    assert command._is_loopback(host) is local


def test_a_site_is_built_again_only_when_something_changed(tmp_path: Path) -> None:
    checkout = tmp_path / "checkout"
    (checkout / "docs").mkdir(parents=True)
    (checkout / "mkdocs.yml").write_text("site_name: x\n", encoding="utf-8")
    root, out = small_kb(tmp_path), checkout / "build" / "site"
    assert not is_up_to_date(checkout, root, out)
    write_site(out)
    assert not is_up_to_date(checkout, root, out)  # nobody knows from what it was built
    remember(checkout, root, out)
    assert is_up_to_date(checkout, root, out)

    entry = root / "entries" / "guidelines" / "g.yaml"
    entry.write_text(entry.read_text(encoding="utf-8").replace("guideline g", "edited"), encoding="utf-8")
    assert not is_up_to_date(checkout, root, out)
    remember(checkout, root, out)
    assert is_up_to_date(checkout, root, out)
    (checkout / "docs" / "new.md").write_text("x", encoding="utf-8")
    assert not is_up_to_date(checkout, root, out)
    remember(checkout, root, out)
    shutil.copytree(root, tmp_path / "other" / "kb")
    assert not is_up_to_date(checkout, tmp_path / "other" / "kb", out)
    (out / "index.html").unlink()
    assert not is_up_to_date(checkout, root, out)


def test_the_command_builds_the_site_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built: list[Path] = []

    def build(_kb: object, _checkout: Path, out: Path, _step: object, _related: object, _form: object) -> None:
        built.append(write_site(out))

    monkeypatch.setattr("publish.build.build_site", build)
    monkeypatch.setattr(command, "find_checkout", lambda: tmp_path / "checkout")
    (tmp_path / "checkout" / "docs").mkdir(parents=True)
    (tmp_path / "checkout" / "mkdocs.yml").touch()
    root = small_kb(tmp_path)
    for _ in range(2):
        command._up_to_date_site(kb.load(root), root, lambda _step: None, "en")
    assert built == [tmp_path / "checkout" / "build" / "site"]
