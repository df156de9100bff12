"""Scrapers: reading 250 trials from a registry that takes 20 ms for an answer, beside a plain loop with ``requests``.

Both read the same studies, one process after another, without any pace. The loop asks for one study after another over one
connection and parses it; ours also compares with the entries and writes what the registry states.
"""

from __future__ import annotations

import json
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import requests

from bench import sudden_ends
from bench.figures import Figure
from bench.measure import median
from kb.canonical import canonical_text
from kb.models import model_of
from kb.yaml12 import read_yaml

FEW, TRIALS, MANY = 20, 250, 2_500
NAME = "clinicaltrials-gov"
#: The entry that the synthetic ones are copies of, and what the registry says of all of them (bench.registry_server).
_MODEL = "entries/trials/nct04276987.yaml"
_STATED = {
    "kind": "interventional",
    "product": {"name": "Nebulised exosomes"},
    "status": "recruiting",
    "status_as_of": "2026-06-30",
    "phase": "1",
    "enrolment": {"count": 24, "type": "planned"},
    "dates": {"registered": "2024-12-01", "start": "2025-01-15", "completion": "2027-06"},
    "sponsor": {"name": {"en": "A university hospital", "ja": "「A university hospital」(登録上の名称)"}},
}
#: Every so many entries say something else than the registry.
_DISAGREEING = 10


class Measured(NamedTuple):
    """One run in a process of its own.

    Attributes:
        seconds: Asking, reading and comparing, without start and imports of the process.
        whole: The same with loading the knowledge base and writing what was found.
        megabytes: Peak memory.
        counted: Figures of the run.
        failed: Whether it did not come to its end.
    """

    seconds: float
    whole: float
    megabytes: float
    counted: dict[str, int]
    failed: bool


def figures(root: Path, scratch: Path, rounds: int) -> list[Figure]:
    """All figures about scrapers.

    Args:
        root: The checkout.
        scratch: An empty folder.
        rounds: Repetitions of each comparison.
    """
    with _registry() as address:
        rows = [_round(root, scratch / f"round-{number}", address, TRIALS) for number in range(rounds)]
        large = _round(root, scratch / "many", address, MANY, plain=False)
        ends = _sudden_ends(root, scratch / "ends", address, sudden_ends.ROUNDS if rounds > 1 else 10)
    first, same, moved = ([row[name] for row in rows] for name in ("first", "same", "moved"))
    plain = [row["plain"] for row in rows]
    peak = max(item.megabytes for row in rows for name, item in row.items() if name != "plain")
    ratio = median([theirs.seconds / ours.seconds for ours, theirs in zip(first, plain, strict=True)])
    return [
        Figure(
            f"observe {TRIALS} trials, 20 ms an answer, first run; beside: sequential requests, one study each",
            f"{_seconds(first):.2f} s",
            f"{_seconds(plain):.2f} s",
            f"{ratio:.1f} x faster",
            ">= 4 x",
            any(item.failed for item in (*first, *plain)),
        ),
        _again("again, data unchanged (304s); beside: the first run", first, same, ">= 10 x"),
        _again("again, data version moved, studies unchanged (304s); beside: the first run", first, moved, ""),
        Figure(
            "the whole first run, with loading the entries and writing; beside: the whole run again, version moved",
            f"{median([item.whole for item in first]):.2f} s",
            f"{median([item.whole for item in moved]):.2f} s",
        ),
        Figure(
            "bodies downloaded again, the version included",
            f"{sum(item.counted['bytes'] for item in (*same, *moved)) // rounds:,} bytes",
            goal="< 200",
        ),
        Figure("its peak memory", f"{peak:.0f} MB", "", "", "< 200 MB"),
        Figure(
            f"first run at {MANY:,} trials ({MANY / TRIALS:.0f} x); beside: at {TRIALS}",
            f"{large['first'].seconds:.2f} s, {large['first'].megabytes:.0f} MB",
            f"{_seconds(first):.2f} s",
            f"{large['first'].seconds / _seconds(first):.1f} x the time",
            "",
            large["first"].failed,
        ),
        _again(
            f"again at {MANY:,}, data unchanged (304s); beside: the first run",
            [large["first"]],
            [large["same"]],
            ">= 10 x",
        ),
        _again(
            f"again at {MANY:,}, data version moved, studies unchanged; beside: the first run",
            [large["first"]],
            [large["moved"]],
            "",
        ),
        *ends,
    ]


def _sudden_ends(root: Path, folder: Path, address: str, count: int) -> list[Figure]:
    _write_trials(root / "kb", folder / "kb", FEW)
    entries = shutil.copytree(folder / "kb", folder / "start")
    figures = [_ends("evreg enrich", sudden_ends.enriching(entries, folder / "enrich", address, NAME, count))]
    _ours(address, folder)
    return [*figures, _ends("evreg inbox accept", sudden_ends.accepting(folder / "kb", folder / "accept", count))]


def _ends(name: str, ends: sudden_ends.Ends) -> Figure:
    return Figure(
        f"{name} killed (-9) at {ends.rounds} random moments, {ends.unfinished} of them before the end",
        f"{ends.invalid} times not valid, {ends.different} times another result after the next run",
        goal="0, 0",
        failed=bool(ends.invalid or ends.different),
    )


def _again(name: str, first: list[Measured], later: list[Measured], goal: str) -> Figure:
    ratio = median([one.seconds / other.seconds for one, other in zip(first, later, strict=True)])
    return Figure(
        name,
        f"{_seconds(later):.2f} s",
        f"{_seconds(first):.2f} s",
        f"{ratio:.1f} x faster",
        goal,
        any(item.failed for item in later),
    )


def _seconds(runs: list[Measured]) -> float:
    return median([item.seconds for item in runs])


def _round(root: Path, folder: Path, address: str, count: int, *, plain: bool = True) -> dict[str, Measured]:
    folder.mkdir()
    _write_trials(root / "kb", folder / "kb", count)
    requests.get(f"{address}/move", {"to": "2026-07-01T09:00:00"}, timeout=10)
    found = {"first": _child("ours", address, folder), "same": _child("ours", address, folder)}
    requests.get(f"{address}/move", {"to": "2026-07-02T09:00:00"}, timeout=10)
    found["moved"] = _child("ours", address, folder)
    if plain:
        found["plain"] = _child("plain", address, folder)
    return found


def _write_trials(source: Path, target: Path, count: int) -> None:
    shutil.copytree(source / "vocabularies", target / "vocabularies")
    folder = target / "entries" / "trials"
    folder.mkdir(parents=True)
    data = read_yaml(source / _MODEL)
    for number in range(count):
        nct = f"NCT{90_000_000 + number}"
        entry = (
            data
            | _STATED
            | ({} if number % _DISAGREEING else {"status": "completed"})
            | {
                "id": nct.lower(),
                "aliases": [],
                "registrations": [{"registry": "ClinicalTrials.gov", "number": nct}],
            }
        )
        (folder / f"{nct.lower()}.yaml").write_text(canonical_text(entry, model_of("trials")), encoding="utf-8")


@contextmanager
def _registry() -> Iterator[str]:
    command = [sys.executable, "-m", "bench.registry_server"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("no pipes")
        try:
            yield f"http://127.0.0.1:{int(process.stdout.readline())}"
        finally:
            process.stdin.close()


def _child(what: str, address: str, folder: Path) -> Measured:
    done = subprocess.run(
        [sys.executable, "-m", "bench.scrapers", what, address, str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        print(done.stderr, file=sys.stderr)
        return Measured(float("nan"), float("nan"), 0.0, {"bytes": 0}, failed=True)
    return Measured(**json.loads(done.stdout), failed=False)


def _ours(address: str, folder: Path) -> tuple[float, dict[str, int]]:
    from datetime import date
    from urllib.parse import urlsplit

    from scrapers.errand import Errand, Means
    from scrapers.modules import module_of
    from scrapers.register import register
    from scrapers.run import enrich
    from scrapers.source import SourceModule

    source = register()[NAME].model_copy(update={"base": f"{address}/api/v2", "pace": 0.0})
    module = SourceModule(NAME, observe=module_of(NAME).observe)
    port = urlsplit(address).port or 0
    means = Means({NAME: source}, lambda _: module, folder / "http", allowance=frozenset({("127.0.0.1", port)}))
    (report,) = enrich(folder / "kb", Errand((NAME,), date(2026, 7, 2)), means).sources
    if report.fault is not None:
        raise report.fault
    counted = {"observed": report.kept.observed, "bytes": report.downloaded_bytes, "answers": report.asked}
    return report.seconds, counted


def _plain(address: str, folder: Path) -> tuple[float, dict[str, int]]:
    size, started = 0, time.perf_counter()
    with requests.Session() as session:
        for path in sorted((folder / "kb" / "entries" / "trials").glob("*.yaml")):
            answer = session.get(f"{address}/api/v2/studies/{path.stem.upper()}", timeout=30)
            size += len(answer.content) if answer.json()["protocolSection"] else 0
    return time.perf_counter() - started, {"bytes": size}


def main() -> None:
    """Measure one run in this process and print it as JSON."""
    what, address, folder = sys.argv[1:]
    # What the first call would import is no part of the work.
    if what == "ours":
        from scrapers.modules import module_of

        module_of(NAME)
        import_module("scrapers.run")
    started = time.perf_counter()
    seconds, counted = {"ours": _ours, "plain": _plain}[what](address, Path(folder))
    whole = time.perf_counter() - started
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "whole": whole, "megabytes": megabytes, "counted": counted}))


if __name__ == "__main__":
    main()
