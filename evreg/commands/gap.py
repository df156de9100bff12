"""``evreg gap``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evreg.options import kb_option, lang_option
from kb import KnowledgeBase, load
from kb.problems import EvregError, Language, Message
from kb.statistics import as_of

if TYPE_CHECKING:
    from kb.analysis.gaps import GapReport


@click.command()
@click.argument("product", metavar="PRODUCT")
@click.option("--jurisdiction", metavar="CODES", help="Only these, separated by commas, e.g. JP,KR (default: all).")
@click.option("--format", "format_", type=click.Choice(["md", "json", "docx"]), default="md", show_default=True)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="File to write (default: the output).")
@kb_option
@lang_option
def gap(
    product: str, jurisdiction: str | None, format_: str, out: Path | None, kb_path: Path | None, lang: Language
) -> None:
    """Compare what jurisdictions ask of a model product with what its sources report; never a finding of compliance."""
    from kb.analysis.gaps import gap_report, known_product
    from kb.analysis.matrix import known_jurisdictions

    if format_ == "docx" and out is None and sys.stdout.isatty():
        raise _not_to_a_terminal()
    kb = load(kb_path)
    report = gap_report(kb, known_product(kb, product), known_jurisdictions(kb, jurisdiction))
    written = _written(kb, report, format_, lang)
    if out is None:
        click.echo(written, nl=False)
        return
    from kb.atomic import write_bytes

    write_bytes(out, written)
    click.echo(str(out), err=True)


def _written(kb: KnowledgeBase, report: GapReport, format_: str, lang: Language) -> bytes:
    if format_ == "json":
        from kb.analysis.gap_records import as_json

        return as_json(kb, report).encode("utf-8")
    from publish.gap_report.content import content
    from publish.site import Site

    parts = content(Site(kb, lang), report)
    if format_ == "md":
        from publish.gap_report.markdown import as_markdown

        return as_markdown(parts).encode("utf-8")
    from publish.gap_report.docx_file import as_docx

    return as_docx(parts, lang, as_of(kb.guidelines.values()) or report.product.review.verified)


def _not_to_a_terminal() -> EvregError:
    return EvregError(
        "--format docx",
        Message("A Word file would go to the terminal.", "Wordファイルが端末に出力されようとしている。"),
        Message("A file, or the input of another program.", "ファイル又は他のプログラムへの入力とする。"),
        Message(
            "Name a file with «--out gap.docx», or redirect the output.",
            "「--out gap.docx」でファイルを指定するか、出力をリダイレクトする。",
        ),
    )
