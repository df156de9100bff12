"""Validation: the whole knowledge base beside check-jsonschema, one changed file, and ten times the entries."""

from __future__ import annotations

import sys
from pathlib import Path

from bench.figures import Figure
from bench.measure import Usage, median, pairs, run
from bench.synthetic import multiplied
from kb.files import entry_files

_EVREG = [sys.executable, "-m", "evreg"]
SYNTHETIC_ENTRIES = 10_000


def figures(root: Path, scratch: Path, rounds: int) -> list[Figure]:
    """All figures about validation.

    Args:
        root: The checkout.
        scratch: An empty folder.
        rounds: Repetitions of each comparison.
    """
    return [
        *_whole(root, rounds),
        *_one_file(root, scratch, rounds),
        *_growth(root, scratch, rounds),
    ]


def _check_jsonschema(root: Path) -> list[list[str]]:
    files: dict[str, list[str]] = {}
    for file in entry_files(root / "kb"):
        files.setdefault(file.collection, []).append(str(file.path))
    tool = [sys.executable, "-m", "check_jsonschema", "--schemafile"]
    return [[*tool, str(root / "kb" / "schema" / f"{name}.json"), *paths] for name, paths in files.items()]


def _whole(root: Path, rounds: int) -> list[Figure]:
    ours = [*_EVREG, "validate", "--kb", str(root / "kb")]
    measured = pairs([ours], _check_jsonschema(root), rounds)
    seconds = [(a.seconds, b.seconds) for a, b in measured]
    failed = any(a.exit_code or b.exit_code for a, b in measured)
    return [
        Figure(
            f"validate all {sum(1 for _ in entry_files(root / 'kb'))} entries; beside: check-jsonschema, same files",
            f"{median([a for a, _ in seconds]):.2f} s",
            f"{median([b for _, b in seconds]):.2f} s",
            f"{median([b / a for a, b in seconds]):.1f} x faster",
            ">= 8 x",
            failed,
        ),
        Figure("its peak memory", f"{max(a.megabytes for a, _ in measured):.0f} MB", "", "", "< 300 MB"),
    ]


def _one_file(root: Path, scratch: Path, rounds: int) -> list[Figure]:
    file = str(next(file.path for file in entry_files(root / "kb") if file.collection == "guidelines"))
    command = [*_EVREG, "validate", file, "--kb", str(root / "kb")]
    cache = {"XDG_CACHE_HOME": str(scratch / "cache")}
    first = run(command, environment=cache)
    later = [run(command, environment=cache) for _ in range(max(rounds, 3))]
    return [
        Figure(
            "validate one file with all its links, new process",
            f"{median([u.seconds for u in later]):.2f} s",
            "",
            "",
            "< 0.7 s",
            _failed(later),
        ),
        Figure("the same without any cache on the machine", f"{first.seconds:.2f} s", "", "", ""),
    ]


def _growth(root: Path, scratch: Path, rounds: int) -> list[Figure]:
    large = scratch / "large"
    count = multiplied(root / "kb", large, SYNTHETIC_ENTRIES)
    small_count = sum(1 for _ in entry_files(root / "kb"))
    grown = count / small_count
    rows: list[Figure] = []
    cache = {"XDG_CACHE_HOME": str(scratch / "cache-large")}
    for name, extra in (("validate all", []), ("validate one file", [str(_a_guideline(large))])):
        small_extra = [str(_a_guideline(root / "kb"))] if extra else []
        small = [
            run([*_EVREG, "validate", *small_extra, "--kb", str(root / "kb")], environment=cache) for _ in range(rounds)
        ]
        big = [run([*_EVREG, "validate", *extra, "--kb", str(large)], environment=cache) for _ in range(rounds)]
        rows.append(_row(name, small, big, count, grown))
    return rows


def _row(name: str, small: list[Usage], big: list[Usage], count: int, grown: float) -> Figure:
    before, after = median([u.seconds for u in small]), median([u.seconds for u in big])
    memory = f"{max(u.megabytes for u in small):.0f} -> {max(u.megabytes for u in big):.0f} MB"
    return Figure(
        f"{name} at {count:,} entries ({grown:.1f} x); beside: at the real size",
        f"{after:.2f} s, {memory}",
        f"{before:.2f} s",
        f"{after / before:.1f} x the time",
        "",
        _failed([*small, *big]),
    )


def _a_guideline(root: Path) -> Path:
    return next(file.path for file in entry_files(root) if file.collection == "guidelines")


def _failed(runs: list[Usage]) -> bool:
    return any(item.exit_code for item in runs)
