"""Runs Pagefind over the HTML of one language; the index is a folder of static files that browsers read in parts."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from kb.problems import EvregError, Message

#: Folder of the index below the root of each language.
FOLDER = "pagefind"
#: Ready-made interfaces that Pagefind writes beside the index; the site has its own.
_UNUSED = ("pagefind-*ui*", "pagefind-highlight.js", "pagefind-worker.js")
#: Computed parts of hand-written pages repeat what entries say; labels would stand in every excerpt.
_EXCLUDED = '[class*="ev-part-"], .headerlink, .ev-facts dt, thead, .ev-sources .ev-badges, .ev-source-facts, .ev-source-supports'


class Indexing:
    """A run of Pagefind; each language has an index of its own, so that both are made side by side.

    The same pages give the same words and fragments, byte for byte; only the values of facets come in any order.

    Args:
        html: Folder with the pages of one language; the index becomes its folder ``pagefind``.
    """

    def __init__(self, html: Path) -> None:
        self._html = html
        command = [sys.executable, "-m", "pagefind", "--silent", "--site", str(html), "--output-subdir", FOLDER]
        self._process = subprocess.Popen(  # noqa: S603 - fixed program, folder of our own
            [*command, "--exclude-selectors", _EXCLUDED],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={**os.environ, "PYTHONWARNINGS": "ignore"},
        )

    def wait(self) -> None:
        """Wait for the index.

        Raises:
            EvregError: when Pagefind gives up.
        """
        said = self._process.communicate()[0].decode("utf-8", "replace").strip()
        if self._process.returncode:
            raise _failed(said)
        for pattern in _UNUSED:
            for path in (self._html / FOLDER).glob(pattern):
                path.unlink()

    def stop(self) -> None:
        """End a run whose result nobody wants any more."""
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()


def _failed(said: str) -> EvregError:
    return EvregError(
        "pagefind",
        Message(f"The search index could not be built: {said}", f"検索索引を作成できなかった: {said}"),
        Message(
            "Pagefind (extended), as requirements.lock names it.", "requirements.lockのPagefind(extended)が必要である。"
        ),
        Message(
            "Run «make serve» to install it, then try again.", "「make serve」でインストールしてから再度実行する。"
        ),
    )
