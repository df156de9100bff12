"""``evreg search``."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from evreg.options import kb_option, lang_option
from evreg.tables import print_json
from kb.files import find_root
from kb.problems import Language

if TYPE_CHECKING:
    from search.catalogue import Catalogue
    from search.results import Response, Result


@click.command()
@click.argument("query", nargs=-1)
@click.option("--collection", help="Only this collection, e.g. trials.")
@click.option("--jurisdiction", help="Only this country or region, e.g. JP.")
@click.option("--where", "conditions", multiple=True, metavar="FACET=VALUE", help="Keep matching entries; repeatable.")
@click.option("--limit", type=click.IntRange(0, 100), default=10, show_default=True, help="Results to show.")
@click.option("--offset", type=click.IntRange(0, 10_000), default=0, help="Results to pass over.")
@click.option("--format", "format_", type=click.Choice(["table", "json"]), default="table")
@click.option("--exact", is_flag=True, help="The words as typed only: no synonyms, no translation, no other spelling.")
@click.option("--explain", is_flag=True, help="Tell what each word adds to each result.")
@kb_option
@lang_option
@click.pass_context
def search(
    context: click.Context,
    query: tuple[str, ...],
    collection: str | None,
    jurisdiction: str | None,
    conditions: tuple[str, ...],
    limit: int,
    offset: int,
    format_: str,
    exact: bool,
    explain: bool,
    kb_path: Path | None,
    lang: Language,
) -> None:
    """Find entries by words of either language.

    \b
    potency assay                  entries about these words
    "potency assay"  「力価試験」    the words one after another
    exosome AND NOT cosmetic       AND, OR, NOT in capitals, with brackets
    jurisdiction:JP phase:2        facets; labels work too (国:日本)
    status:recruiting collection:trials
    year:2023..2026                a range of years, open at either end
    exo*                           words that begin so
    NCT 0427-6987                  a registry number, however it is written

    Facets: collection, jurisdiction, topic, status, phase, indication_area, cell_source, year, origin, review.
    """
    from search.conditions import condition, filter_of
    from search.opening import open_search
    from search.results import Request

    searcher = open_search(find_root(kb_path), building=lambda: _tell_building(lang))
    catalogue = searcher.catalogue
    text = " ".join(query)
    shown = _shown_language(context, text, lang)
    filters = [condition(catalogue, text) for text in conditions]
    filters += [filter_of(catalogue, "collection", collection)] if collection else []
    filters += [filter_of(catalogue, "jurisdiction", jurisdiction)] if jurisdiction else []
    response = searcher.search(Request(text, shown, tuple(filters), limit, offset, exact, explain))
    if format_ == "json":
        print_json(response.as_json(lang))
    else:
        _print(response, catalogue, offset, lang)


def _shown_language(context: click.Context, text: str, lang: Language) -> Language:
    """The language of the results: the one asked for, else Japanese for a Japanese query, else the reader's."""
    from search.folding import JAPANESE

    asked = context.get_parameter_source("lang") is not ParameterSource.DEFAULT or "EVREG_LANG" in os.environ
    return lang if asked or not re.search(f"[{JAPANESE}]", text) else "ja"


def _tell_building(lang: Language) -> None:
    click.echo({"en": "Building the search index …", "ja": "検索索引を作成中…"}[lang], err=True)


def _print(response: Response, catalogue: Catalogue, offset: int, lang: Language) -> None:
    for notice in response.notices:
        click.echo(getattr(notice, lang), err=True)
    for number, result in enumerate(response.results, offset + 1):
        _print_result(number, result, catalogue, lang)
    total = f"{response.total} entries" if lang == "en" else f"{response.total}件"
    click.echo(f"{total} ({response.took_ms} ms)")
    for facet in ("collection", "jurisdiction"):
        counts = list(response.facets[facet].items())[:8]
        if len(counts) > 1:
            click.echo("  " + "  ".join(f"{catalogue.label(facet, code, lang)} {count}" for code, count in counts))


def _print_result(number: int, result: Result, catalogue: Catalogue, lang: Language) -> None:
    bold = sys.stdout.isatty()
    click.echo(f"{number}. {click.style(result.title, bold=True) if bold else result.title}")
    place = f"{result.collection}/{result.id}"
    click.echo(f"   {place}  [{catalogue.label('collection', result.collection, lang)}]  {result.score:.1f}")
    before, after = ("\x1b[1m", "\x1b[0m") if bold else ("«", "»")
    if result.snippet.text:
        click.echo(f"   {result.snippet.marked(before, after)}")
    for word, score in _greatest(result.explanation):
        click.echo(f"     {score:8.2f}  {word}")


def _greatest(explanation: Sequence[tuple[str, float]]) -> list[tuple[str, float]]:
    return sorted((item for item in explanation if item[1]), key=lambda item: -item[1])
