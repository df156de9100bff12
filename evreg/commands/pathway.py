"""``evreg pathway``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from evreg.options import kb_option, lang_option
from evreg.tables import print_json, print_table
from kb import KnowledgeBase, load
from kb.analysis.pathway_matching import DIMENSIONS, question_of
from kb.analysis.pathway_records import pathway_records
from kb.analysis.pathways import readers, unsurveyed
from kb.problems import EvregError, Language, Message, near_miss, shorten

_OUTCOMES = {
    "classified": Message("classified", "区分あり"),
    "barred": Message("barred", "禁止"),
    "outside": Message("outside the act named", "当該法令の対象外"),
    "not-settled": Message("not settled", "未確定"),
    "several": Message("more than one class", "複数の区分"),
    "depends": Message("depends on what is left open", "未指定の項目による"),
    "no-rule": Message("no rule on record", "区分の記録なし"),
    "silent": Message("silent", "規定なし"),
    "not-surveyed": Message("not surveyed", "未調査"),
}


@click.command()
@click.option("--source", metavar="CODE", help="EV source, e.g. human-allogeneic.")
@click.option("--cargo", metavar="CODE", help="Cargo, e.g. native.")
@click.option("--form", metavar="CODE", help="ev-preparation or conditioned-medium.")
@click.option("--route", metavar="CODE", help="Route, e.g. topical.")
@click.option("--claim", metavar="CODE", help="cosmetic, therapeutic or none.")
@click.option(
    "--jurisdiction", "places", metavar="CODES", default="", help="Codes with commas between; all by default."
)
@click.option("--format", "format_", type=click.Choice(["table", "json"]), default="table")
@kb_option
@lang_option
def pathway(places: str, format_: str, kb_path: Path | None, lang: Language, **codes: str | None) -> None:
    """Show the legal class of an EV product in every jurisdiction, with the routes to market tied to it.

    A property that is left out stays open, and the answer lists the cases. JSON has «question» (property -> code or null) and
    «answers», one for each jurisdiction with «jurisdiction», «entry», «outcome» (classified, barred, outside, not-settled,
    several, depends, no-rule, silent or not-surveyed), «classes», «cases» («class», «statement», «confidence», «matched»,
    «only_if», «documents», «sources», «pathways»), «gaps», «pathways» and «searched_not_found».
    """
    knowledge = load(kb_path)
    found = pathway_records(knowledge, question_of(knowledge.vocabularies, **codes), _places(knowledge, places))
    if format_ == "json":
        print_json(found)
        return
    _print(knowledge, found["answers"], lang)


def _places(kb: KnowledgeBase, text: str) -> Sequence[str]:
    known = [*(reader.profile.code for reader in readers(kb)), *(place.code for place in unsurveyed(kb))]
    places = [place.strip().upper() for place in text.split(",") if place.strip()]
    for place in places:
        if place not in known:
            near = near_miss(place, known)
            raise EvregError(
                "--jurisdiction",
                Message(
                    f"«{shorten(place)}» is not a jurisdiction.{near.en}",
                    f"「{shorten(place)}」という国・地域はない。{near.ja}",
                ),
                Message(f"Among: {', '.join(known)}.", f"次のうちから選ぶ: {'、'.join(known)}。"),
                Message("Correct the code.", "コードを訂正する。"),
            )
    return places


def _print(kb: KnowledgeBase, answers: Sequence[Mapping[str, Any]], lang: Language) -> None:
    english = lang == "en"
    surveyed = [answer for answer in answers if answer["entry"]]
    if surveyed:
        headings = ("code", "answer", "confidence", "reason") if english else ("コード", "結論", "確からしさ", "理由")
        print_table(headings, [row for answer in surveyed for row in _rows(kb, answer, lang)])
    missing = [_missing(answer) for answer in answers if not answer["entry"]]
    if missing:
        words = "Not surveyed (no profile)" if english else "未調査(国・地域のエントリーなし)"
        click.echo(f"{words}: {(', ' if english else '、').join(missing)}")


def _missing(answer: Mapping[str, Any]) -> str:
    code, within = answer["jurisdiction"], answer["within"]
    return f"{code} (→ {within})" if within else str(code)


def _rows(kb: KnowledgeBase, answer: Mapping[str, Any], lang: Language) -> Iterator[tuple[str, str, str, str]]:
    outcome = _said(_OUTCOMES[answer["outcome"]], lang)
    code = answer["jurisdiction"]
    several = answer["outcome"] in ("several", "depends")
    if several or not answer["cases"]:
        yield code, outcome, "", "" if several else _coverage(kb, answer, lang)
    for place, case in enumerate(answer["cases"]):
        label = kb.label("legal-classes", case["class"], lang)
        confidence = kb.label("confidence-levels", case["confidence"], lang) if case["confidence"] else "—"
        yield (
            ("" if several or place else code),
            label,
            confidence,
            "\n".join(_reason(kb, f"jurisdictions/{answer['entry']}", case, lang)),
        )
    if answer["gaps"]:
        yield "", _said(_OUTCOMES["no-rule"], lang), "", "in the other cases" if lang == "en" else "その他の場合"


def _coverage(kb: KnowledgeBase, answer: Mapping[str, Any], lang: Language) -> str:
    depth = kb.label("coverage-levels", answer["coverage"], lang)
    manner = kb.label("ev-regulation", answer["regulates_ev"], lang)
    return f"coverage: {depth}; EVs: {manner}" if lang == "en" else f"調査の充実度: {depth}、EVの規制: {manner}"


def _reason(kb: KnowledgeBase, entry: str, case: Mapping[str, Any], lang: Language) -> Iterator[str]:
    english = lang == "en"
    vocabulary = {dimension.name: dimension.vocabulary for dimension in DIMENSIONS}
    for name, codes in case["only_if"].items():
        labels = " / ".join(kb.label(vocabulary[name], code, lang) for code in codes)
        yield f"if {name}: {labels}" if english else f"次の場合: {labels}"
    yield case["statement"][lang]
    if case["documents"]:
        yield f"{'documents' if english else '文書'}: {', '.join(case['documents'])}"
    if case["sources"]:
        keys = ", ".join(source["key"] for source in case["sources"])
        yield f"sources: {keys} of {entry}" if english else f"資料: {entry}の{keys}"
    for route in case["pathways"]:
        status = kb.label("pathway-statuses", route["status"], lang)
        yield f"→ {route['name'][lang]} ({status})"


def _said(message: Message, lang: Language) -> str:
    return message.ja if lang == "ja" else message.en
