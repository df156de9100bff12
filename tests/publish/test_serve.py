"""``evreg site serve`` as an editor meets it: a process that follows the files and survives mistakes."""

from __future__ import annotations

import queue
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.observed import observation, write_observed
from publish import serve
from tests.samples import small_kb
from tests.sites import ROOT, small_checkout

_CODE = """
import signal, sys
from pathlib import Path
from publish.serve import serve_site
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell may have had it ignored
serve_site(Path(sys.argv[1]), Path(sys.argv[2]), 0, sys.argv[3])
"""


class Served:
    """A running preview and what it has said."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self._lines: queue.Queue[str] = queue.Queue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line.rstrip("\n"))

    def line(self) -> str:
        return self._lines.get(timeout=60)

    def stop(self) -> None:
        self.process.send_signal(signal.SIGINT)
        self.process.wait(timeout=20)
        self._reader.join(timeout=20)
        assert self.process.stdout is not None
        self.process.stdout.close()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    checkout, root = small_checkout(tmp_path / "checkout"), small_kb(tmp_path)
    process = subprocess.Popen(
        [sys.executable, "-c", _CODE, str(checkout), str(root), "en"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    made = Served(process)
    yield made
    made.stop()
    assert process.returncode == 0


def _page(address: str) -> str:
    with urllib.request.urlopen(address, timeout=10) as answer:
        return str(answer.read().decode("utf-8"))


def test_edits_appear_and_mistakes_are_explained(served: Served, tmp_path: Path) -> None:
    greeting = served.line()
    address = greeting.split()[1]
    assert address.startswith("http://127.0.0.1:")
    assert "guideline g" in _page(f"{address}guidelines/g/")
    path = tmp_path / "kb" / "entries" / "guidelines" / "g.yaml"
    text = path.read_text(encoding="utf-8")

    started = time.monotonic()
    path.write_text(text.replace("guideline g", "An edited title"), encoding="utf-8")
    assert " pages in " in served.line()
    assert time.monotonic() - started < 10  # measured 0.6 s; a busy machine may need longer
    assert "An edited title" in _page(f"{address}guidelines/g/")

    path.write_text(text.replace("title:", "title: ["), encoding="utf-8")
    said = [served.line() for _ in range(4)]
    assert "g.yaml:" in said[0]
    assert [line.split()[0] for line in said[1:]] == ["found", "expected", "to"]
    assert "An edited title" in _page(f"{address}guidelines/g/")

    path.write_text(text, encoding="utf-8")
    assert " pages in " in served.line()
    assert "guideline g" in _page(f"{address}guidelines/g/")


def test_what_sources_state_is_followed_too(tmp_path: Path) -> None:
    root = small_kb(tmp_path)
    assert root / "observed" not in serve._folders(tmp_path, root)
    write_observed(root, observation("register", "guidelines/g", "https://example.org", "2026-07-01", {"status": "x"}))
    assert root / "observed" in serve._folders(tmp_path, root)
