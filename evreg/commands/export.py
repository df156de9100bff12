"""``evreg export``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evreg.options import kb_option, lang_option
from evreg.progress import status
from kb import load
from kb.models import COLLECTIONS
from kb.problems import EvregError, Language, Message, near_miss

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

_FORMATS = ("json", "csv", "xlsx", "sqlite", "parquet", "bibtex", "ris", "csl", "datapackage")


class _Named(click.ParamType[str]):
    """One of some names; another one is answered in four parts, with the near miss."""

    def __init__(self, name: str, names: Sequence[str], kind: Message) -> None:
        self.name, self._names, self._kind = name, names, kind

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if value in self._names:
            return value
        near = near_miss(value.lower(), self._names)
        raise EvregError(
            f"export: {self.name}",
            Message(
                f"«{value}» is not a {self._kind.en}.{near.en}", f"「{value}」という{self._kind.ja}はない。{near.ja}"
            ),
            Message(f"One of: {', '.join(self._names)}.", f"次のいずれかとする: {'、'.join(self._names)}。"),
            Message("See «evreg export --help».", "「evreg export --help」を参照する。"),
        )

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        return [CompletionItem(name) for name in self._names if name.startswith(incomplete)]


@click.command()
@click.argument(
    "formats",
    nargs=-1,
    required=True,
    metavar="FORMAT...",
    type=_Named("FORMAT", _FORMATS, Message("format", "形式")),
)
@click.option(
    "--collection",
    "collections",
    multiple=True,
    type=_Named("--collection", COLLECTIONS, Message("collection", "コレクション")),
    help="Only this collection; may be repeated.",
)
@click.option(
    "--out", type=click.Path(path_type=Path), default=Path(), help="Folder to write to (default: the present one)."
)
@kb_option
@lang_option
def export(
    formats: tuple[str, ...], collections: tuple[str, ...], out: Path, kb_path: Path | None, lang: Language
) -> None:
    """Write the knowledge base as data files.

    Formats: json csv xlsx sqlite parquet bibtex ris csl datapackage. One file, table or sheet for each collection, named
    after it; bibtex, ris and csl hold the sources; datapackage describes the CSV files, which come with it.
    """
    from publish.data.formats import data_files
    from publish.data.writing import write_data

    with status("export") as step:
        written = write_data(data_files(load(kb_path), formats, collections), out, step)
    size = sum(path.stat().st_size for path in written) / 1e6
    click.echo(
        f"{len(written)} files, {size:.1f} MB: {out.resolve()}"
        if lang == "en"
        else f"{len(written)}ファイル、{size:.1f} MB: {out.resolve()}"
    )
