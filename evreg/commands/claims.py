"""``evreg claims``: read an advertisement, explain a claim type."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evreg.options import kb_option, lang_option
from evreg.tables import print_json
from kb import load
from kb.problems import EvregError, Language, Message, near_miss

if TYPE_CHECKING:
    from kb.claims import Checked
    from kb.knowledge_base import KnowledgeBase
    from kb.models.claims import Claim
    from scrapers.page_text import PageText

_ADDRESS = ("http://", "https://")


@click.group()
def claims() -> None:
    """Read what advertisements claim; never a verdict on a provider."""


@claims.command()
@click.argument("source", metavar="[FILE|URL|-]", required=False)
@click.option("--jurisdiction", metavar="CODE", help="The reader's, e.g. JP (default: JP for texts in Japanese).")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
@kb_option
@lang_option
def check(source: str | None, jurisdiction: str | None, format_: str, kb_path: Path | None, lang: Language) -> None:
    """Show which claims a text makes, what is known of them, and what a lawful advertisement would have to state.

    FILE may be text or HTML in any usual encoding; a URL is fetched as robots.txt allows; «-» reads standard input.
    """
    page = _read(source)
    from kb.claims import check as check_text
    from kb.claims import specification_of
    from kb.claims.disclosures import disclosures_of
    from kb.claims.records import check_record

    kb = load(kb_path)
    spec = specification_of(kb, kb.root)
    checked = check_text(page.text, spec)
    place = _jurisdiction(kb, jurisdiction, checked)
    also = check_text(page.whole, spec).concepts if page.was_html else ()
    disclosures = disclosures_of(kb, spec, checked, place, also) if place else None
    if format_ == "json":
        record = check_record(kb, page.text, checked, place, disclosures)
        record["summary"] |= {"encoding": page.encoding, "html": page.was_html}
        if page.was_html:  # Places count in what was taken out of the page.
            record["summary"]["text"] = page.text
        print_json(record)
        return
    from evreg.commands.claims_view import check_lines

    click.echo("\n".join(check_lines(kb, spec, page, checked, place, disclosures, lang, marked=sys.stdout.isatty())))


@claims.command()
@click.argument("id_", metavar="ID")
@click.option("--jurisdiction", metavar="CODE", help="Only the rules of this jurisdiction, e.g. JP.")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
@kb_option
@lang_option
def explain(id_: str, jurisdiction: str | None, format_: str, kb_path: Path | None, lang: Language) -> None:
    """Show what is known of a claim type: assessment, trials, harm, rules, questions."""
    kb = load(kb_path)
    claim = _claim(kb, id_)
    place = _known_place(kb, jurisdiction)
    if format_ == "json":
        from kb.claims.records import claim_record

        print_json(claim_record(kb, claim, place))
        return
    from evreg.commands.claims_explained import explain_lines

    click.echo("\n".join(explain_lines(kb, claim, place, lang)))


def _read(source: str | None) -> PageText:
    from scrapers.page_text import MOST_BYTES, not_found, page_text

    if source is None and sys.stdin.isatty():
        raise _nothing_given()
    if source is None or source == "-":
        return page_text(sys.stdin.buffer.read(MOST_BYTES + 1), "standard input")
    if source.lower().startswith(_ADDRESS):
        from scrapers.one_page import read_page

        return read_page(source)
    path = Path(source)
    try:
        is_file = path.is_file()
    except (OSError, ValueError):  # A whole text in place of a name.
        is_file = False
    if not is_file:
        raise not_found(source)
    with path.open("rb") as file:
        return page_text(file.read(MOST_BYTES + 1), str(path))


def _jurisdiction(kb: KnowledgeBase, given: str | None, checked: Checked) -> str | None:
    return _known_place(kb, given) or ("JP" if checked.language == "ja" else None)


def _known_place(kb: KnowledgeBase, given: str | None) -> str | None:
    from kb.analysis.matrix import known_jurisdictions

    codes = known_jurisdictions(kb, given)
    if len(codes) > 1:
        raise EvregError(
            "--jurisdiction",
            Message(f"{len(codes)} jurisdictions.", f"国・地域が{len(codes)}件指定されている。"),
            Message("The one where the reader is.", "読者のいる国・地域を一つ指定する。"),
            Message("Run the command once for each.", "国・地域ごとに実行する。"),
        )
    return codes[0] if codes else None


def _claim(kb: KnowledgeBase, id_: str) -> Claim:
    for name in (id_, f"claim-{id_}"):
        if name in kb.claims:
            return kb.claims[name]
    near = near_miss(id_ if id_.startswith("claim-") else f"claim-{id_}", kb.claims)
    raise EvregError(
        id_,
        Message(f"There is no such claim type.{near.en}", f"該当する主張の類型がない。{near.ja}"),
        Message("The id of a claim.", "主張のIDを指定する。"),
        Message("List them: «evreg list claims».", "「evreg list claims」で一覧を表示する。"),
    )


def _nothing_given() -> EvregError:
    return EvregError(
        "evreg claims check",
        Message("Nothing to read.", "読み取る対象がない。"),
        Message("A file, an address, or text on standard input.", "ファイル、アドレス又は標準入力を指定する。"),
        Message(
            "For example «evreg claims check page.html» or «evreg claims check - < text.txt».",
            "例: 「evreg claims check page.html」「evreg claims check - < text.txt」。",
        ),
    )
