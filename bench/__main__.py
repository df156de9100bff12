"""``make bench``: the figures that the project promises, measured side by side in one run and printed as a table.

``python -m bench --quick`` leaves out the slow comparisons' repetitions.
"""

from __future__ import annotations

import argparse
import platform
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench import api, claims, form, growth, pagefind, pages, scrapers, search, site, validation
from bench.figures import Figure

ROOT = Path(__file__).parents[1]
#: Name for ``--only`` -> what measures it.
PARTS = {
    "validation": validation.figures,
    "site": site.figures,
    "pages": pages.figures,
    "growth": growth.figures,
    "search": search.figures,
    "pagefind": pagefind.figures,
    "api": api.figures,
    "claims": claims.figures,
    "form": form.figures,
    "scrapers": scrapers.figures,
}


def main() -> int:
    """Measure everything and print it; the exit code tells whether the commands ran, never whether they were fast."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one round of each comparison")
    parser.add_argument("--only", choices=list(PARTS), help="one part")
    arguments = parser.parse_args()
    rounds = 1 if arguments.quick else 3
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="evreg-bench-") as folder:
        for name, measure in PARTS.items():
            if arguments.only in (None, name):
                scratch = Path(folder) / name
                scratch.mkdir()
                figures += measure(ROOT, scratch, rounds)
    _print(figures)
    return 1 if any(figure.failed for figure in figures) else 0


def _print(figures: list[Figure]) -> None:
    table = Table(title=f"EVReg bench, Python {platform.python_version()}, {platform.machine()}", show_lines=False)
    for heading in ("measured", "EVReg", "beside it", "ratio", "goal"):
        table.add_column(heading, overflow="fold")
    for figure in figures:
        table.add_row(figure.name, figure.ours, figure.theirs, figure.ratio, figure.goal)
    Console(width=None if sys.stdout.isatty() else 120).print(table)


if __name__ == "__main__":
    sys.exit(main())
