"""``evreg duplicates``."""

from __future__ import annotations

from pathlib import Path

import click

from evreg.options import kb_option, lang_option
from evreg.tables import print_json
from kb import load
from kb.problems import Language


@click.command()
@click.option("--format", "format_", type=click.Choice(["table", "json"]), default="table")
@kb_option
@lang_option
def duplicates(format_: str, kb_path: Path | None, lang: Language) -> None:
    """List pairs of entries that may be one thing described twice, for editors to look at."""
    from search.duplicates import likely_duplicates

    kb = load(kb_path)
    pairs = likely_duplicates(kb)
    if format_ == "json":
        print_json(
            [
                {
                    "first": "/".join(pair.first),
                    "second": "/".join(pair.second),
                    "likeness": pair.likeness,
                    "reason": pair.reason._asdict(),
                }
                for pair in pairs
            ]
        )
        return
    for pair in pairs:
        click.echo(f"{pair.likeness:.2f}  {getattr(pair.reason, lang)}")
        for key in (pair.first, pair.second):
            click.echo(f"      {'/'.join(key)}  {getattr(kb.entry(key).title, lang)}")
    click.echo(f"{len(pairs)} pairs" if lang == "en" else f"{len(pairs)}組")
