"""Tables in the terminal, aligned also where characters are wide, within 80 columns when piped."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterable, Sequence
from typing import Any

import click

#: Width of a table that does not go to a terminal.
PIPED_WIDTH = 80


def print_table(headings: Sequence[str], rows: Iterable[Sequence[object]], flexible: int = -1) -> None:
    """Print rows under headings; only column ``flexible`` is shortened when the width does not suffice."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    last = flexible % len(headings)
    for number, heading in enumerate(headings):
        table.add_column(
            heading,
            no_wrap=True,
            overflow="ellipsis",
            ratio=1 if number == last else None,
            min_width=12 if number == last else None,
        )
    for row in rows:
        table.add_row(*(Text("" if cell is None else str(cell)) for cell in row))
    width = None if sys.stdout.isatty() else PIPED_WIDTH
    Console(width=width, highlight=False, soft_wrap=False).print(table)


def print_json(value: Any) -> None:
    """Print JSON with Japanese characters as they are."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def print_csv(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print CSV (RFC 4180)."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(headings)
    writer.writerows(rows)
    click.echo(buffer.getvalue(), nl=False)
