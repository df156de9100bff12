"""``evreg translations``: which texts of the two languages are in step, approving them, and files for translation tools."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evreg.commands.translations_choice import (
    agreed,
    chosen_pairs,
    name_to_approve,
    one_entry,
    where_needs_collection,
)
from evreg.commands.translations_view import (
    print_import,
    print_pairs,
    print_recorded,
    print_stale,
    print_status,
    stale_records,
    status_records,
)
from evreg.options import kb_option, lang_option
from evreg.tables import print_json
from kb import KnowledgeBase, load
from kb.knowledge_base import key_of
from kb.models import COLLECTIONS
from kb.problems import Language
from kb.selection import known_collection, select

if TYPE_CHECKING:
    from kb.models.core import Entry
    from kb.translations.standing import PairState

_yes = click.option("--yes", is_flag=True, help="Do it without asking.")


@click.group()
def translations() -> None:
    """Tell which texts stand as translations of each other, approve them, exchange them with translation tools."""


@translations.command()
@click.argument("collection", required=False)
@click.option("--stale", is_flag=True, help="List the pairs out of step with both texts.")
@click.option("--format", "format_", type=click.Choice(["table", "json"]), default="table", show_default=True)
@kb_option
@lang_option
def status(collection: str | None, stale: bool, format_: str, kb_path: Path | None, lang: Language) -> None:
    """Count pairs of texts that are in step, out of step and not recorded, by collection."""
    from kb.translations.overview import parity

    kb = load(kb_path)
    wanted = (known_collection(collection),) if collection else COLLECTIONS
    if not stale:
        counted = [item for item in parity(kb) if item.collection in wanted]
        print_json(status_records(counted)) if format_ == "json" else print_status(counted, lang)
        return
    found = {key_of(entry): pairs for entry, pairs in _pairs(kb, wanted, ("stale",))}
    if format_ == "json":
        print_json(stale_records(kb, found))
    else:
        print_stale(kb, found, lang)


@translations.command()
@click.argument("entry_id", metavar="ID")
@click.argument("fields", metavar="[FIELD]...", nargs=-1)
@click.option("--all", "all_", is_flag=True, help="Every pair of the entry that nobody has examined.")
@click.option("--by", required=True, metavar="NAME", help="Who compared both texts and knows both languages.")
@_yes
@kb_option
@lang_option
def approve(
    entry_id: str, fields: tuple[str, ...], all_: bool, by: str, yes: bool, kb_path: Path | None, lang: Language
) -> None:
    """Record that a person compared the English and the Japanese text of an entry's fields."""
    from kb.translations.approving import approve as approve_pairs
    from kb.translations.overview import entry_states
    from kb.translations.records import known_name

    name = known_name(by)
    kb = load(kb_path)
    entry = one_entry(kb, entry_id)
    states = chosen_pairs(entry_states(kb, entry), fields, all_, entry_id)
    print_pairs(entry, states, lang)
    if not states or not agreed(
        yes, lang, f"Approve {len(states)} as {name}?", f"{name}として{len(states)}組を承認しますか"
    ):
        return
    seen = {key_of(entry): [item.pair for item in states]}
    print_recorded(approve_pairs(_root(kb), seen, name, date.today()), lang)


@translations.command()
@click.argument("collections", metavar="[COLLECTION]...", nargs=-1)
@kb_option
@lang_option
def record(collections: tuple[str, ...], kb_path: Path | None, lang: Language) -> None:
    """Record new pairs as they stand, examined by nobody, so that a later change of one side is noticed."""
    from kb.translations.approving import record_new

    wanted = [known_collection(name) for name in collections] or list(COLLECTIONS)
    kb = load(kb_path)
    keys = {key_of(entry) for entry in kb if entry.COLLECTION in wanted}
    print_recorded(record_new(_root(kb), keys, date.today()), lang)


@translations.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--source", type=click.Choice(["en", "ja"]), default="en", show_default=True, help="Translate from this.")
@click.option("--collection", help="Only this collection.")
@click.option("--where", "conditions", multiple=True, metavar="FIELD=VALUE", help="Keep matching entries; repeatable.")
@click.option("--stale", is_flag=True, help="Only pairs out of step.")
@kb_option
@lang_option
def export(
    file: Path,
    source: Language,
    collection: str | None,
    conditions: tuple[str, ...],
    stale: bool,
    kb_path: Path | None,
    lang: Language,
) -> None:
    """Write an XLIFF 2.0 file for a translation tool."""
    from editing.xliff.writing import ExportedEntry, xliff
    from kb.atomic import write_bytes

    if conditions and not collection:
        raise where_needs_collection()
    kb = load(kb_path)
    wanted = (known_collection(collection),) if collection else COLLECTIONS
    exported = [
        ExportedEntry(entry, pairs) for entry, pairs in _pairs(kb, wanted, ("stale",) if stale else (), conditions)
    ]
    write_bytes(file, xliff(exported, source))
    number = sum(len(item.pairs) for item in exported)
    click.echo(
        f"{file}: {number} pairs of {len(exported)} entries"
        if lang == "en"
        else f"{file}: {len(exported)}件のエントリーの{number}組"
    )


@translations.command(name="import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--approve", "approve_", is_flag=True, help="Approve units that the tool marks as reviewed or final.")
@click.option("--by", metavar="NAME", help="With --approve: who examined them.")
@_yes
@kb_option
@lang_option
def import_(file: Path, approve_: bool, by: str | None, yes: bool, kb_path: Path | None, lang: Language) -> None:
    """Take over translations from an XLIFF 2.0 file that «export» wrote; shows every change first."""
    from editing.xliff.importing import carry_out, plan_import
    from editing.xliff.reading import read_xliff
    from kb.translations.records import known_name

    name = name_to_approve(approve_, by)
    kb = load(kb_path)
    plan = plan_import(_root(kb), read_xliff(file), file)
    approvals = sum(map(len, plan.approvable().values())) if name else 0
    print_import(plan, kb.vocabularies, approvals, lang)
    if not (plan.drafts or approvals) or not agreed(yes, lang, "Write this?", "書き込みますか"):
        return
    written = carry_out(_root(kb), plan, date.today(), known_name(name) if name else None)
    for path in written:
        click.echo(path.as_posix())


def _pairs(
    kb: KnowledgeBase, collections: tuple[str, ...], states: tuple[str, ...], conditions: tuple[str, ...] = ()
) -> Iterator[tuple[Entry, list[PairState]]]:
    """Entries that are not withdrawn with those of their pairs that are in one of the states; all pairs when none is named."""
    from kb.translations.overview import entry_states

    for collection in collections:
        for entry in select(kb, collection, conditions):
            found = [item for item in entry_states(kb, entry) if not states or item.state in states]
            if found and not entry.withdrawn:
                yield entry, found


def _root(kb: KnowledgeBase) -> Path:
    if kb.root is None:  # pragma: no cover - what is loaded from a folder has one
        raise ValueError("a knowledge base without a folder")
    return kb.root
