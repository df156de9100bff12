"""How the build of the site grows: ten times the entries beside the real number of them."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from bench.figures import Figure
from bench.measure import Usage, run
from bench.synthetic import multiplied

#: Entries of the larger knowledge base, as a multiple of the real one.
_LARGER = 10
#: Seconds after which the larger build is given up, so that one mistake cannot hold up all other figures.
_LIMIT = 1800


def figures(root: Path, scratch: Path, rounds: int) -> list[Figure]:
    """Time and memory of both builds, each with a search index of its own still to be made.

    Args:
        root: The checkout.
        scratch: An empty folder.
        rounds: One of each build whatever it says, none when it is 1: the larger build takes minutes.
    """
    if rounds == 1:
        return []
    real = sum(1 for _ in (root / "kb" / "entries").rglob("*.yaml"))
    small, few, once = _built(root, scratch / "real", real)
    large, many, pages = _built(root, scratch / "large", _LARGER * real)
    ended = large.exit_code == 0
    return [
        Figure(
            f"build with {many:,} entries ({pages:,} pages); beside: {few:,} ({once:,} pages)",
            f"{large.seconds:.0f} s" if ended else f"no end in {large.seconds:.0f} s",
            f"{small.seconds:.1f} s",
            f"{large.seconds / small.seconds:.1f} x the time" if ended else "-",
            f"<= {_LARGER * 1.2:.0f} x",
            failed=not ended or bool(small.exit_code),
        ),
        Figure(
            "its peak memory (largest process)",
            f"{large.megabytes:.0f} MB",
            f"{small.megabytes:.0f} MB",
            f"{large.megabytes / small.megabytes:.1f} x",
            "< 4000 MB",
        ),
    ]


def _built(root: Path, folder: Path, wanted: int) -> tuple[Usage, int, int]:
    """What a build used, its entries and its pages; its files are removed again."""
    entries = multiplied(root / "kb", folder / "kb", wanted)
    command = [
        sys.executable,
        "-m",
        "evreg",
        "site",
        "build",
        "--kb",
        str(folder / "kb"),
        "--out",
        str(folder / "site"),
    ]
    used = run(command, cwd=root, limit=_LIMIT)
    pages = sum(1 for _ in (folder / "site").rglob("*.html"))
    shutil.rmtree(folder, ignore_errors=True)
    return used, entries, pages
