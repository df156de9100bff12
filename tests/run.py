"""``make test``: all tests in parallel; says how to get a browser when there is none, and in CI insists on one."""

from __future__ import annotations

import os
import sys

import pytest

from tests.chromium import HOW_TO_GET_CHROMIUM, find_chromium


def main() -> int:
    arguments = ["-n", str(os.cpu_count() or 2), "--dist", "loadgroup", "-q"]
    if find_chromium() is None:
        print(HOW_TO_GET_CHROMIUM, file=sys.stderr)
        if os.environ.get("CI"):
            return 1
        arguments += ["-m", "not browser"]
    return int(pytest.main([*arguments, *sys.argv[1:]]))


if __name__ == "__main__":
    sys.exit(main())
