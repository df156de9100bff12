"""``evreg changes``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evreg.options import kb_option, lang_option
from evreg.tables import print_json, print_table
from kb import load
from kb.files import find_root
from kb.problems import Language

if TYPE_CHECKING:
    from kb.analysis.changes import Changes, EntryChange
    from publish.site import Site


@click.command()
@click.option(
    "--since", required=True, metavar="REV|DATE|DIR", help="Earlier state: a commit, a day or a folder.  [required]"
)
@click.option("--until", metavar="REV|DATE|DIR", help="Later state; the present files by default.")
@click.option("--format", "format_", type=click.Choice(["table", "json", "md"]), default="table")
@kb_option
@lang_option
def changes(since: str, until: str | None, format_: str, kb_path: Path | None, lang: Language) -> None:
    """Tell what entries say differently than at an earlier time, field by field."""
    from kb.analysis.changes import compare
    from kb.analysis.since import state_named
    from kb.analysis.states import folder_state
    from publish.site import Site

    root = find_root(kb_path)
    before = state_named(since, root)
    after = state_named(until, root, "--until") if until else folder_state(root)
    found = compare(before, after)
    site = Site(load(root), lang)
    if format_ == "json":
        print_json(_record(site, found))
    elif format_ == "md":
        from publish.change_markdown import change_markdown

        click.echo(change_markdown(site, found), nl=False)
    else:
        _print(site, found)


def _record(site: Site, found: Changes) -> dict[str, Any]:
    states = {"since": found.before, "until": found.after}
    named = {name: {"name": state.name, "day": state.day or None} for name, state in states.items()}
    return {**named, "counts": found.counts(), "entries": [_entry(site, change) for change in found.entries]}


def _entry(site: Site, change: EntryChange) -> dict[str, Any]:
    from publish.change_words import line

    record: dict[str, Any] = {
        "collection": change.key[0],
        "id": change.key[1],
        "kind": change.kind,
        "title": change.title,
    }
    if change.other:
        record["other"] = "/".join(change.other)
    if change.fields:
        record["compared_as_plain_data"] = change.plain
        record["fields"] = [
            {
                "field": field.name,
                "words": line(site, change.key[0], field).field,
                "before": field.before,
                "after": field.after,
            }
            for field in change.fields
        ]
    return record


def _print(site: Site, found: Changes) -> None:
    from publish.change_words import heading_words, kind_words, line
    from publish.phrases import Phrases

    say = Phrases(site, "changes")
    click.echo(heading_words(site, found))
    if not found.entries:
        click.echo(say("command_none", **{"from": found.before.name}))
    for name, kinds in found.counts().items():
        counted = ", ".join(f"{say(f'kind_{kind}')} {count}" for kind, count in kinds.items())
        click.echo(f"  {site.labels.collection(name)}: {counted}")
    for change in found.entries:
        click.echo(f"\n{kind_words(site, change)}: {'/'.join(change.key)}")
        if change.plain:
            click.echo(say("plain_note"))
        lines = [line(site, change.key[0], field) for field in change.fields]
        if lines:
            absent = say("absent")
            rows = [(item.field, item.before or absent, item.after or absent) for item in lines]
            print_table((say("field"), say("before"), say("after")), rows)
