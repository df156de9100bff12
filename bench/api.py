"""The HTTP interface under load: mixed requests from many clients on the loopback address, in bounded time."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path
from typing import Final, NamedTuple

import httpx

from bench.figures import Figure

REQUESTS: Final = 10_000
CLIENTS: Final = 32
#: Requests before memory is measured for the first time: caches and thread stacks are filled then.
WARM_UP: Final = 1_000
#: Seconds after which the measurement stops, finished or not.
DEADLINE: Final = 600
#: Growth of the server's memory that counts as flat, in MB: the answers it keeps are at most 8 MB.
FLAT: Final = 24

_WORDS: Final = (
    "exosome", "potency assay", "力価試験", "エキソソーム 規制", "再生医療", "sterility", "NCT04276987", "nct 0427-6987",
    "MISEV", "jurisdiction:JP guideline", "phase:2 status:recruiting", "year:2023..2026", '"extracellular vesicle"',
    "細胞外小胞 AND NOT 化粧品", "exos*", "particle concentration", "安全性", "FDA warning letter", "potancy", "hair",
)  # fmt: skip
_HOSTILE: Final = (
    "*" * 40, "(" * 8 + "exosome", '"' * 99, "(a+)+$", "AND OR NOT", "a:" * 60, "\ufdfa" * 10, "NOT NOT NOT exosome",
)  # fmt: skip
#: Requests that are refused, with the status they must get.
_REFUSED: Final = (
    ("/api/v1/search?q=" + "a%20" * 2_000, 400),
    ("/api/v1/search?q=exosome&limit=101", 400),
    ("/api/v1/search?q=" + "(" * 200, 400),
    ("/api/v1/search?q=" + "%EF%B7%BA" * 50, 400),
    ("/api/v1/entries/no-such-entry", 404),
    ("/api/v1/search?q=" + "a" * 13_000, 414),
)


class Load(NamedTuple):
    """What a run of requests saw: seconds of each, and how often an answer was not what it must be."""

    seconds: list[float]
    wrong: Counter[str]
    total: float


def figures(root: Path, _scratch: Path, rounds: int) -> list[Figure]:
    """The figures about the interface.

    Args:
        root: The checkout.
        rounds: Repetitions; one when few.
    """
    site = root / "build" / "site"
    with _server(root, site if site.is_dir() else None) as (process, address):
        asyncio.run(_run(address, WARM_UP))
        before = _megabytes(process.pid)
        load = asyncio.run(_run(address, REQUESTS))
        after = _megabytes(process.pid)
        again = [asyncio.run(_run(address, REQUESTS)) for _ in range(min(rounds - 1, 1))]
        last = _megabytes(process.pid)
    wrong = sum((item.wrong for item in again), load.wrong)
    p50, p95, p99 = (f"{_percentile(load.seconds, share) * 1000:.0f} ms" for share in (0.5, 0.95, 0.99))
    counted = ", ".join(f"{name} {count}" for name, count in wrong.items())
    return [
        Figure(
            f"{len(load.seconds):,} mixed requests, {CLIENTS} clients on loopback: p50 / p95 / p99",
            f"{p50} / {p95} / {p99}",
            goal="no error",
            failed=bool(wrong) or len(load.seconds) < REQUESTS,
        ),
        Figure("its throughput", f"{len(load.seconds) / load.total:.0f} requests/s"),
        Figure("answers that were not what they must be", counted or "0", goal="0", failed=bool(wrong)),
        Figure(
            f"memory of the server after {WARM_UP:,}, after {REQUESTS:,} more"
            + (", and the same again" if again else ""),
            f"{before:.0f} -> {after:.0f}" + (f" -> {last:.0f}" if again else "") + " MB",
            goal=f"< {FLAT} MB more",
            failed=max(after, last) - before > FLAT,
        ),
    ]


def requests() -> Iterator[tuple[str, int]]:
    """Addresses and the status they must get, without end; a part of them differs each time and is in no cache."""
    pages = cycle(("/", "/ja/", "/guidelines/", "/ja/trials/", "/no/such/page/"))
    refused, words, hostile = cycle(_REFUSED), cycle(_WORDS), cycle(_HOSTILE)
    entries = cycle(("glossary/exosome", "trials/nct04276987", "jurisdictions/jp"))
    number = 0
    while True:
        number += 1
        language = "ja" if number % 2 else "en"
        yield _search(next(words), lang=language), 200
        yield _search(f"{next(words)} {number}", lang=language, offset=str(number % 50)), 200
        yield f"/api/v1/entries/{next(entries)}", 200
        yield f"/api/v1/suggest?q={'exosom'[: 1 + number % 6]}&lang={language}", 200
        yield next(pages), 0
        yield _search(next(hostile), lang=language, limit="100"), 200
        yield next(refused)


def _search(query: str, **parameters: str) -> str:
    return f"/api/v1/search?{httpx.QueryParams({'q': query, **parameters})}"


async def _run(address: str, count: int) -> Load:
    asked = islice(requests(), count)
    seconds: list[float] = []
    wrong: Counter[str] = Counter()
    ends = time.monotonic() + DEADLINE

    async def client() -> None:
        async with httpx.AsyncClient(base_url=address, timeout=30, trust_env=False) as session:
            for path, wanted in asked:
                if time.monotonic() > ends:
                    wrong["out of time"] += 1
                    return
                started = time.perf_counter()
                try:
                    status = (await session.get(path)).status_code
                except httpx.HTTPError as error:
                    wrong[type(error).__name__] += 1
                    continue
                seconds.append(time.perf_counter() - started)
                if status not in ({200, 404} if wanted == 0 else {wanted}):
                    wrong[f"{status} for {wanted or 200}"] += 1

    started = time.perf_counter()
    await asyncio.gather(*(client() for _ in range(CLIENTS)))
    return Load(seconds, wrong, time.perf_counter() - started)


@contextmanager
def _server(root: Path, site: Path | None) -> Iterator[tuple[subprocess.Popen[str], str]]:
    options = ["--site", str(site)] if site else []
    process = subprocess.Popen(
        [sys.executable, "-m", "evreg", "serve", "--port", "0", "--lang", "en", *options],
        cwd=root,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    try:
        assert process.stdout is not None
        found = re.search(r"http://\S+:\d+", process.stdout.readline())
        if found is None:
            raise RuntimeError("the server did not start")
        yield process, found.group()
    finally:
        process.terminate()
        process.wait(timeout=30)
        if process.stdout is not None:
            process.stdout.close()


def _megabytes(pid: int) -> float:
    """Resident memory of a process (Linux: ``/proc``; elsewhere ``ps``)."""
    status = Path(f"/proc/{pid}/status")
    if status.is_file():
        found = re.search(r"VmRSS:\s+(\d+) kB", status.read_text(encoding="ascii"))
        return int(found.group(1)) / 1024 if found else 0.0
    told = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, check=True, text=True)
    return int(told.stdout) / 1024


def _percentile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)] if ordered else 0.0
