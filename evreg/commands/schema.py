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
from kb.vocabulary import vocabularies_of


@click.command()
@click.argument("collection", required=False)
@click.option("--check", is_flag=True, help="Write nothing; exit 1 when a schema file is stale.")
@kb_option
@lang_option
def schema(collection: str | None, check: bool, kb_path: Path | None, lang: Language) -> None:
    """Print the JSON Schema of a collection, or write all of them to kb/schema, and the issue forms of the checkout."""
    if collection:
        click.echo(schema_text(known_collection(collection)), nl=False)
        return
    root = find_root(kb_path)
    stale = [f"schema/{name}.json" for name in (stale_schemas(root) if check else write_schemas(root))]
    stale += _issue_forms(root, check)
    for name in stale:
        click.echo(f"{name}: " + {"en": "stale" if check else "written", "ja": "要更新" if check else "更新"}[lang])
    sys.exit(1 if check and stale else 0)


def _issue_forms(root: Path, check: bool) -> list[str]:
    """The forms on GitHub that were stale; none where there is no checkout with such forms around the entries."""
    from editing.issues.templates import FOLDER, stale_templates, write_templates

    checkout, vocabularies = root.resolve().parent, vocabularies_of(root)
    if not (checkout / FOLDER).is_dir():
        return []
    paths = (
        [path for path, _ in stale_templates(checkout, vocabularies)]
        if check
        else write_templates(checkout, vocabularies)
    )
    return [path.relative_to(checkout).as_posix() for path in paths]
