"""``evreg schema``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from evreg.options import kb_option, lang_option
from kb.files import find_root
from kb.problems import Language
from kb.schema_export import schema_text, stale_schemas, write_schemas
from kb.selection import known_collection


@click.command()
@click.argument("collection", required=False)
@click.option("--check", is_flag=True, help="Write nothing; exit 1 when a schema file is stale.")
@kb_option
@lang_option
def schema(collection: str | None, check: bool, kb_path: Path | None, lang: Language) -> None:
    """Print the JSON Schema of a collection, or write all of them to kb/schema."""
    if collection:
        click.echo(schema_text(known_collection(collection)), nl=False)
        return
    root = find_root(kb_path)
    stale = list(stale_schemas(root)) if check else write_schemas(root)
    for name in stale:
        click.echo(
            f"schema/{name}.json: " + {"en": "stale" if check else "written", "ja": "要更新" if check else "更新"}[lang]
        )
    sys.exit(1 if check and stale else 0)
