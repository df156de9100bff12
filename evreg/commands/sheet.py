"""``evreg sheet``: entries as a workbook for Excel or LibreOffice, and its edits back."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evreg.commands.inbox_view import printable
from evreg.options import kb_option, lang_option
from evreg.progress import progress_bar
from kb.atomic import write_bytes
from kb.files import EntryFile, entry_files, find_root
from kb.problems import EvregError, Language, Message
from kb.selection import known_collection, select

if TYPE_CHECKING:
    from editing.sheet.applying import Choice
    from editing.sheet.importing import Plan

_FILE = click.argument("file", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE.xlsx")


@click.group()
def sheet() -> None:
    """Edit many entries at once in a spreadsheet."""


@sheet.command("export")
@_FILE
@click.option("--collection", "collections", multiple=True, help="Only this collection; may be repeated.")
@click.option("--where", "conditions", multiple=True, metavar="FIELD=VALUE", help="Keep matching entries; repeatable.")
@click.option("--overwrite", is_flag=True, help="Replace a workbook that is there, with whatever was edited in it.")
@kb_option
@lang_option
def export(
    file: Path, collections: tuple[str, ...], conditions: tuple[str, ...], overwrite: bool,
    kb_path: Path | None, lang: Language,
) -> None:  # fmt: skip
    """Write entries to a workbook, both languages side by side, with help in it."""
    from editing.sheet.exporting import workbook
    from editing.sheet.staleness import stale_texts

    root, names = find_root(kb_path), [known_collection(name) for name in collections]
    if file.suffix.lower() != ".xlsx":
        raise _no_xlsx(file)
    if file.exists() and not overwrite:
        raise _exists(file)
    files = _chosen(root, names, conditions)
    with progress_bar("sheet") as progress:
        content = workbook(root, files, date.today(), names, stale_texts(root), progress)
    write_bytes(file, content)
    size = f"{len(content) / 1_000_000:.1f} MB"
    click.echo(f"{file}: {len(files)} entries, {size}" if lang == "en" else f"{file}: エントリー{len(files)}件、{size}")


@sheet.command("import")
@_FILE
@click.option("--yes", is_flag=True, help="Write without asking, if nothing is wrong.")
@click.option(
    "--conflicts", type=click.Choice(["stop", "mine", "theirs"]), default="stop",
    help="Where somebody else changed the same cell: write nothing, or take the workbook's values, or the entry's.",
)  # fmt: skip
@click.option("--wait", default=0.0, help="Seconds to wait for another writer.")
@kb_option
@lang_option
def import_(file: Path, yes: bool, conflicts: str, wait: float, kb_path: Path | None, lang: Language) -> None:
    """Show what was edited in a workbook and, after a yes, write it; what others changed meanwhile stays."""
    from editing.sheet.importing import carry_out, plan_import
    from editing.sheet.report import report
    from kb.vocabulary import vocabularies_of

    root = find_root(kb_path)
    with progress_bar("sheet") as progress:
        plan = plan_import(root, file, date.today(), _choice(conflicts), progress)
    for line in report(plan, vocabularies_of(root), lang):
        click.echo(printable(line))
    if plan.problems or plan.conflicts:
        sys.exit(1)
    if not plan.ready:
        return
    if not (yes or _agreed(plan, lang)):
        click.echo("\nNothing was written." if lang == "en" else "\n何も書き込んでいない。")
        sys.exit(1)
    written = carry_out(root, plan, date.today(), wait)
    click.echo(f"\n{_some(len(written), 'file')} written." if lang == "en" else f"\n{len(written)}件を書き込んだ。")


def _some(count: int, noun: str) -> str:
    """«1 file», «2 files»."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def _choice(text: str) -> Choice:
    return "mine" if text == "mine" else "theirs" if text == "theirs" else "stop"


def _agreed(plan: Plan, lang: Language) -> bool:
    """The answer of a person; without a terminal nobody can be asked.

    Raises:
        EvregError: when there is no terminal.
    """
    if not sys.stdin.isatty():
        raise EvregError(
            "--yes",
            Message(
                "Nobody can be asked here, so nothing was written.",
                "確認を求める相手がいないため、何も書き込んでいない。",
            ),
            Message("A yes at the terminal, or --yes.", "端末での承諾、又は--yesが必要である。"),
            Message("Add --yes when the changes above are right.", "上記の変更でよければ--yesを付けて実行する。"),
        )
    count = len(plan.drafts)
    asked = f"Write {_some(count, 'file')}?" if lang == "en" else f"{count}件を書き込むか。"
    return click.confirm(f"\n{asked}")


def _chosen(root: Path, names: Sequence[str], conditions: tuple[str, ...]) -> list[EntryFile]:
    """The files of the entries that are wanted; without collections, those that have the fields of the conditions.

    Raises:
        EvregError: when a collection that was named, or every one, has no such field.
    """
    files = [file for file in entry_files(root) if not names or file.collection in names]
    if not conditions:
        return files
    from kb import load

    known, wanted = load(root), set[tuple[str, str]]()
    faults: list[EvregError] = []
    asked = list(dict.fromkeys(names or (file.collection for file in files)))
    for name in asked:
        try:
            wanted.update((entry.COLLECTION, entry.id) for entry in select(known, name, conditions))
        except EvregError as error:
            faults.append(error)
    if faults and (names or len(faults) == len(asked)):
        raise faults[0]
    return [file for file in files if (file.collection, file.stem) in wanted]


def _no_xlsx(file: Path) -> EvregError:
    return EvregError(
        str(file),
        Message(f"The name ends in «{file.suffix or file.name}».", f"拡張子が「{file.suffix or file.name}」である。"),
        Message("A name that ends in «.xlsx».", "拡張子は「.xlsx」とする。"),
        Message("Give the file such a name.", "ファイル名を改める。"),
    )


def _exists(file: Path) -> EvregError:
    return EvregError(
        str(file),
        Message(
            "There is a file of this name; it may hold edits.", "同名のファイルがあり、編集内容を含む可能性がある。"
        ),
        Message("A new name.", "新しい名前とする。"),
        Message("Choose another name, or add --overwrite.", "別の名前にするか、--overwriteを付ける。"),
    )
