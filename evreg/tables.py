"""Tables in the terminal, aligned also where characters are wide, within 80 columns when piped."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from publish.csv_text import Cell

#: Width of a table that does not go to a terminal.
PIPED_WIDTH = 80
#: Spaces between two columns.
_GAP = 3


def print_table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print rows under headings; what does not fit the width continues on the next line, nothing is cut off.

    The last column takes the room that the others leave.
    """
    from rich import box
    from rich.cells import cell_len
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    texts = [[("" if cell is None else str(cell)) for cell in row] for row in rows]
    console = Console(width=None if sys.stdout.isatty() else PIPED_WIDTH, highlight=False)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    left = console.width
    for number, heading in enumerate(headings):
        needed = max(cell_len(text) for text in (heading, *(row[number] for row in texts)))
        last = number == len(headings) - 1
        width = max(min(needed, left if last else console.width // 2), 4)
        table.add_column(heading, width=width, overflow="fold")
        left -= width + _GAP
    for row in texts:
        table.add_row(*map(Text, row))
    console.print(table)


def print_json(value: Any) -> None:
    """Print JSON with Japanese characters as they are."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def print_csv(headings: Sequence[str], rows: Iterable[Iterable[Cell]]) -> None:
    """Print CSV in the form of the site's data files, without the byte order mark, which is for spreadsheets."""
    from publish.csv_text import safe_csv

    click.echo(safe_csv(headings, rows, with_mark=False), nl=False)
