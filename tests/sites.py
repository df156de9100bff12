"""Checkouts and built sites for tests; a site is built once and shared by all test processes."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
#: Environment variable: the folder of the sites that several runs of the tests share.
SHARED_SITES = "EVREG_TEST_SITES"
_PROBLEMS = (
    "quality-specifications",
    "manufacturing-standardisation",
    "safety",
    "potency",
    "regulatory-disharmony",
)
_STUB = {
    "en": "# A page\n\n## Method {#method}\n\n## Licence {#licence}\n\n## Disclaimer {#disclaimer}\n",
    "ja": "# ページ\n\n## 方法 {#method}\n\n## ライセンス {#licence}\n\n## 免責 {#disclaimer}\n",
}
#: Pages whose links lead to entries of the first edition, which small knowledge bases lack.
_STUBBED = ("about.md", "challenges.md")


def small_checkout(folder: Path) -> Path:
    """A checkout with the real configuration, theme and home page, but without links to particular entries."""
    shutil.copytree(ROOT / "docs", folder / "docs")
    shutil.copy(ROOT / "mkdocs.yml", folder / "mkdocs.yml")
    anchors = "".join(f"\n## {name} {{#{name}}}\n" for name in _PROBLEMS)
    for language, text in _STUB.items():
        for name in _STUBBED:
            (folder / "docs" / language / name).write_text(text + anchors, encoding="utf-8")
    return folder


def built_once(shared: Path, build: Callable[[Path], None]) -> Path:
    """The folder that ``build`` filled; the first process builds, the others wait.

    Args:
        shared: Where all processes of this run look, unless ``tests.run`` named a folder for all of its runs.
        build: Fills the folder that it is given.
    """
    if SHARED_SITES in os.environ:
        shared = Path(os.environ[SHARED_SITES], shared.name)
    lock, done = shared.with_suffix(".lock"), shared.with_suffix(".done")
    try:
        os.close(os.open(lock, os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        deadline = time.monotonic() + 180
        while not done.exists():
            if time.monotonic() > deadline:
                raise TimeoutError(f"{shared} was not built by the process that began it") from None
            time.sleep(0.05)
        return shared
    try:
        build(shared)
    finally:
        done.touch()
    return shared
