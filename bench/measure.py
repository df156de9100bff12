"""Running whole commands and asking the operating system what they used."""

from __future__ import annotations

import os
import signal
import statistics
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple


class Usage(NamedTuple):
    """What one run used: wall seconds and the peak memory of its largest process in MB."""

    seconds: float
    megabytes: float
    exit_code: int


def run(
    command: Sequence[str],
    cwd: Path | None = None,
    environment: Mapping[str, str] | None = None,
    limit: float | None = None,
) -> Usage:
    """Run a command with its output discarded, to its end or for ``limit`` seconds (its exit code is then not 0)."""
    started = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=cwd,
        env={**os.environ, **(environment or {})},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=limit is not None,
    )
    if limit is not None:
        # The whole session: a build has processes of its own, which would go on.
        ending = threading.Timer(limit, os.killpg, (process.pid, signal.SIGKILL))
        ending.daemon = True
        ending.start()
    _, status, used = os.wait4(process.pid, 0)
    if limit is not None:
        ending.cancel()
    process.returncode = os.waitstatus_to_exitcode(status)
    return Usage(time.perf_counter() - started, used.ru_maxrss / 1024, process.returncode)


def pairs(ours: Sequence[Sequence[str]], theirs: Sequence[Sequence[str]], rounds: int) -> list[tuple[Usage, Usage]]:
    """Run both in turn, ``rounds`` times; each side may consist of several commands whose times add up."""
    return [(total(ours), total(theirs)) for _ in range(rounds)]


def total(commands: Sequence[Sequence[str]]) -> Usage:
    """The sum of the times, the largest memory and the first failing exit code of several commands."""
    used = [run(command) for command in commands]
    failed = next((item.exit_code for item in used if item.exit_code), 0)
    return Usage(sum(item.seconds for item in used), max(item.megabytes for item in used), failed)


def median(values: Sequence[float]) -> float:
    """The median."""
    return statistics.median(values)
