"""``evreg show``."""

from __future__ import annotations

from pathlib import Path

import click

from evreg.options import kb_option, lang_option
from evreg.tables import print_json
from kb import load
from kb.describe import described_lines
from kb.problems import Language
from kb.selection import find_entry


@click.command()
@click.argument("id_", metavar="ID")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text")
@kb_option
@lang_option
def show(id_: str, format_: str, kb_path: Path | None, lang: Language) -> None:
    """Show an entry by id, former id or COLLECTION/ID; all of them when collections share the id."""
    kb = load(kb_path)
    found = find_entry(kb, id_)
    if format_ == "json":
        records = [
            {"collection": entry.COLLECTION, **entry.model_dump(mode="json", exclude_defaults=True)} for entry in found
        ]
        print_json(records[0] if len(records) == 1 else records)
        return
    for number, entry in enumerate(found):
        click.echo("\n".join(([""] if number else []) + list(described_lines(kb, entry, lang))))
