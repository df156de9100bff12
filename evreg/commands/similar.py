"""``evreg similar``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from evreg.options import kb_option, lang_option
from evreg.tables import print_json
from kb.files import find_root
from kb.problems import Language

if TYPE_CHECKING:
    from search.results import Result


@click.command()
@click.argument("id_", metavar="ID")
@click.option("--limit", type=click.IntRange(1, 100), default=10, show_default=True, help="Entries to show.")
@click.option("--format", "format_", type=click.Choice(["table", "json"]), default="table")
@kb_option
@lang_option
def similar(id_: str, limit: int, format_: str, kb_path: Path | None, lang: Language) -> None:
    """Show the entries nearest to an entry, given by id or COLLECTION/ID."""
    from search.opening import open_search
    from search.places import find_places

    searcher = open_search(find_root(kb_path))
    found = {key: searcher.similar(*key, lang, limit) for key in find_places(searcher.catalogue, id_)}
    if format_ == "json":
        records = [
            {"collection": collection, "id": own, "similar": [_record(result) for result in results]}
            for (collection, own), results in found.items()
        ]
        print_json(records[0] if len(records) == 1 else records)
        return
    for (collection, own), results in found.items():
        click.echo(f"{collection}/{own}")
        for result in results:
            click.echo(f"  {result.score:7.1f}  {result.collection}/{result.id}\n           {result.title}")


def _record(result: Result) -> dict[str, object]:
    record = result.as_json()
    return {name: record[name] for name in ("id", "collection", "title", "url", "score", "language")}
