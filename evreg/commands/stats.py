"""``evreg stats``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from evreg.options import kb_option, lang_option
from evreg.tables import print_json, print_table
from kb import load
from kb.problems import Language
from kb.statistics import statistics


@click.command()
@click.option("--format", "format_", type=click.Choice(["table", "json"]), default="table")
@kb_option
@lang_option
def stats(format_: str, kb_path: Path | None, lang: Language) -> None:
    """Count entries and tell how fresh, sourced and bilingual they are."""
    figures = statistics(load(kb_path))
    if format_ == "json":
        print_json(figures)
        return
    _print(figures, lang)


def _print(figures: dict[str, Any], lang: Language) -> None:
    english = lang == "en"
    print_table(
        ("collection", "entries", "primary read", "bilingual", "stale", "open questions")
        if english
        else ("コレクション", "件数", "一次資料", "両言語", "要再確認", "未確認事項"),
        [
            (
                name,
                item["entries"],
                f"{item['primary_source_read_share']:.0%}",
                f"{item['required_fields_bilingual_share']:.0%}",
                item["stale"],
                item["open_questions"],
            )
            for name, item in figures["by_collection"].items()
        ],
    )
    places = "  ".join(f"{code} {count}" for code, count in list(figures["jurisdictions"].items())[:12])
    click.echo(f"{'jurisdictions' if english else '国・地域'}: {places}")
    review = "  ".join(f"{state} {count}" for state, count in figures["review"].items())
    click.echo(f"{'review' if english else '査読'}: {review}")
    total = f"{figures['entries']} entries, {figures['requirements']} requirements, {figures['sources']} sources"
    click.echo(
        total if english else f"{figures['entries']}件、要求事項{figures['requirements']}件、資料{figures['sources']}件"
    )
