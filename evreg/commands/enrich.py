"""``evreg enrich``: ask live sources and keep what they state."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evreg.options import kb_option, lang_option
from evreg.progress import progress_bar
from evreg.tables import print_json, print_table
from kb.files import find_root
from kb.problems import EvregError, Language, Message, shorten
from kb.report_text import error_text

if TYPE_CHECKING:
    from scrapers.register import Source
    from scrapers.report import Report

_HEADINGS = {
    "en": ("source", "asked", "same", "changed", "new", "state"),
    "ja": ("情報源", "応答", "不変", "変化", "提案", "状態"),
}
#: All four parts of a fault follow below the table.
_LONGEST_STATE = 100
_WELL = {"en": "ok", "ja": "正常"}
_DRY = {"en": "Nothing was written (--dry-run).", "ja": "何も書き込んでいない(--dry-run)。"}
_NEXT = {"en": "Decide with «evreg inbox».", "ja": "「evreg inbox」で採否を決める。"}
_RESTING = {"en": "not due before {day}: {name}", "ja": "{day}まで対象外: {name}"}


@click.command()
@click.argument("names", nargs=-1, metavar="[SOURCE...]")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Only what changed from this day on.")
@click.option("--limit", type=click.IntRange(1), help="At most so many entries and candidates of each source.")
@click.option("--except", "left_out", multiple=True, metavar="SOURCE", help="Leave this source out; may be repeated.")
@click.option("--dry-run", is_flag=True, help="Write nothing, and print the same report.")
@click.option("--offline", is_flag=True, help="Read only what was fetched before.")
@click.option("--wait", default=0.0, help="Seconds to wait for another writer.")
@click.option(
    "--file",
    "files",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False, readable=True),
    help="A file that you saved, for one source that is read by hand; may be repeated.",
)
@click.option("--format", "format_", type=click.Choice(["table", "json", "md"]), default="table")
@kb_option
@lang_option
def enrich(
    names: tuple[str, ...],
    since: datetime | None,
    limit: int | None,
    left_out: tuple[str, ...],
    dry_run: bool,
    offline: bool,
    wait: float,
    files: tuple[Path, ...],
    format_: str,
    kb_path: Path | None,
    lang: Language,
) -> None:
    """Ask live sources; facts and proposals are kept, entries are never changed.

    Without a name every source is asked that programs may read and that is due. Exit code 1 when a source failed.
    """
    from scrapers import health
    from scrapers.errand import Errand, usual_means
    from scrapers.run import enrich as run

    means, root = usual_means(), find_root(kb_path)
    chosen, resting = _chosen(names, left_out, files, means.sources)
    errand = Errand(chosen, date.today(), since.date() if since else None, limit, dry_run, offline, wait, files)
    with progress_bar("enrich") as progress:
        report = run(root, errand, means, progress)
    if not (dry_run or offline):
        health.remember(report)
    _print(report, resting, format_, lang)
    sys.exit(1 if report.failed else 0)


def _chosen(
    names: tuple[str, ...], left_out: tuple[str, ...], files: tuple[Path, ...], sources: Mapping[str, Source]
) -> tuple[tuple[str, ...], dict[str, str]]:
    """The sources to ask, and those that rest until a day."""
    from scrapers import health
    from scrapers.register import source_named

    without = {source_named(name, sources).name for name in left_out}
    named = tuple(source_named(name, sources).name for name in dict.fromkeys(names) if name not in without)
    if files and len(named) != 1:
        raise _files_of_what(len(named))
    if names:
        return named, {}
    known, today = health.read_health(), date.today()
    asked = {name: source for name, source in sources.items() if source.unattended and name not in without}
    rest = {
        name: day.isoformat() for name, source in asked.items() if (day := health.resting_until(source, known, today))
    }
    return tuple(name for name in asked if name not in rest), rest


def _print(report: Report, resting: dict[str, str], format_: str, lang: Language) -> None:
    if format_ == "json":
        print_json(report.as_json() | {"resting": resting})
        return
    if format_ == "md":
        from scrapers.report_markdown import report_markdown

        click.echo(report_markdown(report), nl=False)
    else:
        _print_table(report, resting, lang)
    for item in report.failed:
        if item.fault is not None:
            click.echo(error_text(item.fault, lang), err=True)


def _print_table(report: Report, resting: dict[str, str], lang: Language) -> None:
    rows = []
    for item in report.sources:
        kept = item.kept
        state = _WELL[lang] if item.fault is None else shorten(getattr(item.fault.found, lang), _LONGEST_STATE)
        rows.append((item.name, item.asked, item.unchanged, kept.observations_changed, kept.proposals_new, state))
    print_table(_HEADINGS[lang], rows)
    for name, day in resting.items():
        click.echo(_RESTING[lang].format(name=name, day=day))
    if report.dry_run:
        click.echo(_DRY[lang])
    elif any(item.kept.proposed for item in report.sources):
        click.echo(_NEXT[lang])


def _files_of_what(count: int) -> EvregError:
    return EvregError(
        "--file",
        Message(f"Files, and {count} sources.", f"ファイルに対し、情報源が{count}件指定されている。"),
        Message("The one source that the files come from.", "ファイルの取得元である情報源を一つ指定する。"),
        Message("For example «evreg enrich ictrp --file EXPORT.xml».", "例:「evreg enrich ictrp --file EXPORT.xml」。"),
    )
