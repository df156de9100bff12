"""``evreg new``."""

from __future__ import annotations

from pathlib import Path

import click

from evreg.options import kb_option, lang_option
from kb.atomic import write_text
from kb.files import find_root
from kb.problems import EvregError, Language, Message
from kb.selection import known_collection
from kb.template import template
from kb.vocabulary import vocabularies_of


@click.command()
@click.argument("collection")
@click.argument("id_", metavar="ID")
@click.option("--stdout", is_flag=True, help="Print the template instead of writing the file.")
@kb_option
@lang_option
def new(collection: str, id_: str, stdout: bool, kb_path: Path | None, lang: Language) -> None:
    """Start an entry from a template in which every field is explained."""
    root = find_root(kb_path)
    text = template(known_collection(collection), id_, vocabularies_of(root))
    if stdout:
        click.echo(text, nl=False)
        return
    path = root / "entries" / collection / f"{id_}.yaml"
    if path.exists():
        raise EvregError(
            path.as_posix(),
            Message("This entry exists.", "このエントリーはすでに存在する。"),
            Message("An id that is not taken.", "使われていないIDを指定する。"),
            Message("Choose another id, or edit the file.", "別のIDを選ぶか、既存のファイルを編集する。"),
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    write_text(path, text)
    click.echo(path.as_posix())
