"""``evreg validate``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from evreg.options import kb_option, lang_option
from evreg.progress import progress_bar
from kb.facts_cache import FactsCache
from kb.files import find_root
from kb.problems import Language
from kb.report_text import github_annotation, problem_text, problems_json
from kb.validation import Report


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--format", "format_", type=click.Choice(["text", "json", "github"]), default="text")
@click.option("--strict", is_flag=True, help="Warnings fail too.")
@click.option("--notes", is_flag=True, help="Print notes (level info) as text too; JSON always has them.")
@kb_option
@lang_option
def validate(
    paths: tuple[Path, ...], format_: str, strict: bool, notes: bool, kb_path: Path | None, lang: Language
) -> None:
    """Check entries: all of them, or the given files and folders with all their links."""
    from kb.validation import validate as run

    root = find_root(kb_path)
    cache = FactsCache(root)
    with progress_bar("validate") as progress:
        report = run(root, paths, progress, cache=cache)
    cache.save()
    _print(report, format_, notes, lang)
    sys.exit(1 if report.failed(strict) else 0)


def _print(report: Report, format_: str, notes: bool, lang: Language) -> None:
    if format_ == "json":
        click.echo(problems_json(report.problems))
        return
    write = problem_text if format_ == "text" else github_annotation
    for problem in report.problems:
        if problem.level != "info" or notes or format_ == "github":
            click.echo(write(problem, lang))
    if format_ == "text":
        click.echo(_summary(report, lang))


def _summary(report: Report, lang: Language) -> str:
    errors, warnings, infos = (report.count(level) for level in ("error", "warning", "info"))
    if lang == "ja":
        return f"{report.files}件を検査: エラー{errors}件、警告{warnings}件、情報{infos}件(--notesで表示)。"
    return f"{report.files} files: {errors} errors, {warnings} warnings, {infos} notes (--notes shows them)."
