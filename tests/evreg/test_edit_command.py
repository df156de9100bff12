"""``evreg edit``: what it prints, what it refuses, and that it stops."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner

from evreg.cli import evreg
from kb.problems import EvregError, Message
from tests.editing.local_desk import package
from tests.samples import small_kb

_RUN = """
import signal, sys
from pathlib import Path
import editing.form.bundle
package = Path(sys.argv.pop(1))
editing.form.bundle.sveltia = lambda: package
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell may have had it ignored
from evreg.cli import main
main()
"""


@pytest.fixture(autouse=True)
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("editing.form.bundle.sveltia", lambda: package(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


def edit(*arguments: str) -> None:
    CliRunner().invoke(evreg, ["edit", *arguments], catch_exceptions=False)


def test_it_prints_its_address_serves_the_form_and_stops_when_interrupted(tmp_path: Path) -> None:
    command = [sys.executable, "-c", _RUN, str(package(tmp_path)), "edit", "--port", "0", "--no-preview"]
    with subprocess.Popen(
        [*command, "--kb", str(small_kb(tmp_path)), "--lang", "ja"], stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": str(Path.cwd()), "PYTHONUNBUFFERED": "1"},
    ) as server:  # fmt: skip
        assert server.stdout is not None
        line = server.stdout.readline()
        assert line.startswith("編集: http://127.0.0.1:")
        address = line.split()[1].split("(")[0]
        page = httpx.get(address, trust_env=False).text
        assert '<html lang="ja">' in page
        token = page.split('name="evreg-token" content="')[1].split('"')[0]
        start = httpx.get(f"{address}api/start", headers={"X-EVReg-Token": token}, trust_env=False).json()
        assert start["preview"] is False
        assert "kb/entries/glossary/exosome.yaml" in start["entries"]
        assert [item["name"] for item in start["configuration"]["collections"]]
        server.send_signal(signal.SIGINT)
        assert server.wait(20) == 0


def test_a_port_in_use_is_explained(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        with pytest.raises(EvregError) as told:
            edit("--kb", str(small_kb(tmp_path)), "--no-preview", "--port", port)
    assert told.value.where == f"127.0.0.1:{port}"
    assert "--port" in told.value.remedy.en


def test_without_its_program_it_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> Path:
        raise EvregError("@sveltia/cms", *[Message("There is no npm.", "npmがない。")] * 3)

    monkeypatch.setattr("editing.form.bundle.sveltia", missing)
    with pytest.raises(EvregError) as told:
        edit("--kb", str(small_kb(tmp_path)), "--no-preview", "--port", "0")
    assert "npm" in told.value.found.ja


def test_a_folder_that_may_only_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = small_kb(tmp_path)
    closed = root / "entries" / "glossary"
    monkeypatch.setattr("os.access", lambda path, mode: path != closed)
    with pytest.raises(EvregError) as told:
        edit("--kb", str(root), "--no-preview", "--port", "0")
    assert told.value.where == str(closed)
    assert "--kb" in told.value.remedy.ja


def test_no_other_address_can_be_given(tmp_path: Path) -> None:
    answer = CliRunner().invoke(evreg, ["edit", "--host", "0.0.0.0", "--kb", str(small_kb(tmp_path))])
    assert answer.exit_code == 2
    assert "--host" in answer.output
