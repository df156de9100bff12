"""``make test``: all tests in parallel; says how to get a browser when there is none, and in CI insists on one."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile

from tests.chromium import HOW_TO_GET_CHROMIUM, find_chromium
from tests.sites import SHARED_SITES


def main() -> int:
    """Run the tests without a browser, then those in one.

    They run in separate processes because the browser's driver leaves an event loop running, in which servers cannot start.
    Sites are built once for both.
    """
    parts = ["not browser", "browser"]
    if find_chromium() is None:
        print(HOW_TO_GET_CHROMIUM, file=sys.stderr)
        if os.environ.get("CI"):
            return 1
        parts.remove("browser")
    workers = ["-n", str(os.cpu_count() or 2), "--dist", "loadgroup", "-q"]
    with tempfile.TemporaryDirectory(prefix="evreg-sites-") as sites:
        codes = [_pytest([*workers, "-m", part, *sys.argv[1:]], sites) for part in parts]
    return max(codes)


def _pytest(arguments: list[str], sites: str) -> int:
    environment = {**os.environ, SHARED_SITES: sites}
    return subprocess.run([sys.executable, "-m", "pytest", *arguments], check=False, env=environment).returncode


if __name__ == "__main__":
    sys.exit(main())
