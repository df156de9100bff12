"""Where a real Chromium is, and how to get one."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

HOW_TO_GET_CHROMIUM = (
    "No Chromium was found: the browser tests are left out.\n"
    "  Debian/Ubuntu: sudo apt-get install chromium fonts-noto-cjk\n"
    "  macOS:         brew install --cask chromium  (Google Chrome also works)\n"
    "  elsewhere:     set EVREG_CHROMIUM to the program\n"
    "Chromiumが見つからないため、ブラウザーを使う試験を省きます(上の方法で入手できます)。"
)

#: How it is started.
ARGUMENTS = (
    "--no-sandbox",  # needed when the tests run as root in a container
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_MAC = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)


def find_chromium() -> str | None:
    """The program to start, or ``None``."""
    chosen = os.environ.get("EVREG_CHROMIUM")
    if chosen:
        return chosen if Path(chosen).exists() else None
    found = next((path for name in _NAMES if (path := shutil.which(name))), None)
    return found or next((path for path in _MAC if Path(path).exists()), None)
