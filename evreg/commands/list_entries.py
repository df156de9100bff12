"""``evreg list``."""

from __future__ import annotations

from pathlib import Path

import click

from evreg.options import kb_option, lang_option
from evreg.tables import print_csv, print_json, print_table
from kb import load
from kb.problems import Language
from kb.selection import select
from kb.statistics import jurisdictions_of


@click.command(name="list")
@click.argument("collection")
@click.option("--where", "conditions", multiple=True, metavar="FIELD=VALUE", help="Keep matching entries; repeatable.")
@click.option("--format", "format_", type=click.Choice(["table", "json", "csv"]), default="table")
@kb_option
@lang_option
def list_entries(
    collection: str, conditions: tuple[str, ...], format_: str, kb_path: Path | None, lang: Language
) -> None:
    """List the entries of a collection."""
    entries = select(load(kb_path), collection, conditions)
    if format_ == "json":
        print_json([entry.model_dump(mode="json", exclude_defaults=True) for entry in entries])
        return
    if format_ == "csv":
        headings = ("id", "title_en", "title_ja", "jurisdictions", "confidence", "review", "verified")
        print_csv(
            headings,
            (
                (
                    e.id,
                    e.title.en,
                    e.title.ja,
                    " ".join(jurisdictions_of(e)),
                    e.confidence,
                    e.review.status,
                    e.review.verified,
                )
                for e in entries
            ),
        )
        return
    rows = [(e.id, " ".join(jurisdictions_of(e)), getattr(e.title, lang)) for e in entries]
    print_table(("id", "where" if lang == "en" else "国・地域", "title" if lang == "en" else "題名"), rows)
    click.echo(f"{len(entries)} entries" if lang == "en" else f"{len(entries)}件")
