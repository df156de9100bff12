"""``evreg fmt``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from evreg.options import kb_option, lang_option
from evreg.progress import progress_bar
from kb.files import EntryFile, entry_files, find_root
from kb.formatting import format_file
from kb.problems import Language, YamlProblem
from kb.report_text import problem_text
from kb.validation import unreadable, wanted_files


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--check", is_flag=True, help="Write nothing; exit 1 when a file is not canonical.")
@kb_option
@lang_option
def fmt(paths: tuple[Path, ...], check: bool, kb_path: Path | None, lang: Language) -> None:
    """Write entries in their canonical form; comments stay, values never change."""
    root = find_root(kb_path)
    files = list(entry_files(root))
    wanted = wanted_files(files, paths, root)
    chosen = [file for file in files if file.path in wanted]
    changed, unread = _format(chosen, check, lang)
    verb = {"en": "would change" if check else "changed", "ja": "整形が必要" if check else "整形"}[lang]
    for name in changed:
        click.echo(f"{name}: {verb}")
    click.echo(
        f"{len(chosen)} files, {len(changed)} {verb}" if lang == "en" else f"{len(chosen)}件中{len(changed)}件を{verb}"
    )
    sys.exit(1 if unread or (check and changed) else 0)


def _format(files: Sequence[EntryFile], check: bool, lang: Language) -> tuple[list[str], int]:
    changed: list[str] = []
    unread = 0
    with progress_bar("fmt") as progress:
        for done, file in enumerate(files, 1):
            try:
                if format_file(file, check):
                    changed.append(file.name)
            except YamlProblem as problem:
                unread += 1
                click.echo(problem_text(unreadable(file.name, problem), lang), err=True)
            progress(done, len(files))
    return changed, unread
