"""``evreg matrix``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from evreg.options import kb_option, lang_option
from evreg.tables import print_csv, print_table
from kb import KnowledgeBase, load
from kb.problems import Language

if TYPE_CHECKING:
    from kb.analysis.matrix import Matrix

_LEVELS = ("required", "recommended", "mentioned")


@click.command()
@click.option(
    "--by",
    type=click.Choice(["attribute", "topic"]),
    default="attribute",
    show_default=True,
    help="Attribute by document, or topic by jurisdiction.",
)
@click.option("--jurisdiction", metavar="CODES", help="Only these, separated by commas, e.g. JP,KR.")
@click.option("--format", "format_", type=click.Choice(["table", "csv", "json"]), default="table")
@kb_option
@lang_option
def matrix(
    by: Literal["attribute", "topic"], jurisdiction: str | None, format_: str, kb_path: Path | None, lang: Language
) -> None:
    """Show who asks for what: as a table of jurisdictions by level, or every statement as CSV or JSON."""
    from kb.analysis.matrix import known_jurisdictions
    from kb.analysis.matrix import matrix as computed
    from kb.analysis.matrix_records import COLUMNS, as_json, lines

    kb = load(kb_path)
    found = computed(kb, by, known_jurisdictions(kb, jurisdiction))
    if format_ == "json":
        click.echo(as_json(kb, found), nl=False)
    elif format_ == "csv":
        print_csv(COLUMNS, lines(kb, found))
    else:
        _print(kb, found, lang)


def _print(kb: KnowledgeBase, found: Matrix, lang: Language) -> None:
    levels = [kb.label("requirement-levels", level, lang) for level in _LEVELS]
    first, drafts = ("attribute", "in draft") if lang == "en" else ("品質特性", "案")
    if found.by == "topic":
        first = "topic" if lang == "en" else "論点"
    print_table((first, *levels, drafts), _rows(kb, found, lang))


def _rows(kb: KnowledgeBase, found: Matrix, lang: Language) -> Iterator[list[str]]:
    for row in found.rows:
        said = [item for cell in found.row(row) for item in cell.statements]
        places = [
            dict.fromkeys(
                item.jurisdiction for item in said if item.counted == "today" and item.requirement.level == level
            )
            for level in _LEVELS
        ]
        drafts = dict.fromkeys(item.jurisdiction for item in said if item.counted == "prepared")
        title = kb.label("topics", row, lang) if found.by == "topic" else getattr(kb.attributes[row].title, lang)
        yield [title, *(" ".join(codes) or "–" for codes in (*places, drafts))]
