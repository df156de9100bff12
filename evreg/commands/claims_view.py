"""A checked text as lines for a terminal. The text may hold anything: control characters are not printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import click

from evreg.commands import claims_words as words
from evreg.commands.claims_explained import (
    WORDS,
    assessment_line,
    closing_line,
    rule_lines,
    source_line,
)
from evreg.commands.inbox_view import printable
from kb.analysis.claim_knowledge import touched_rules
from kb.analysis.claim_trial_words import trials_in_words
from kb.analysis.claim_trials import trials_of_use
from kb.claims import Checked, Finding, Specification
from kb.claims.disclosures import Disclosures, offers_treatment, reporting_places
from kb.knowledge_base import KnowledgeBase
from kb.problems import Language
from scrapers.page_text import PageText

#: Characters of the text shown before and after the words of a statement.
_AROUND: Final = 30
#: Places of one claim, and places set aside, that are shown; JSON has all.
_MOST_PLACES: Final = 5
_MOST_SET_ASIDE: Final = 12
#: Sources listed with each claim.
_MOST_SOURCES: Final = 3
_MARKS: Final = {"en": ("[", "]"), "ja": ("【", "】")}


def check_lines(
    kb: KnowledgeBase,
    spec: Specification,
    page: PageText,
    checked: Checked,
    place: str | None,
    disclosures: Disclosures | None,
    lang: Language,
    *,
    marked: bool,
) -> Iterator[str]:
    """The report on a text; ``marked`` underlines words instead of putting them in brackets."""
    yield words.LANGUAGES[checked.language][lang]
    if page.was_html:
        yield words.HTML[lang]
    yield words.COUNT[lang].format(findings=len(checked.findings), set_aside=len(checked.set_aside))
    if not checked.findings:
        yield words.NOTHING[lang]
    for number, id_ in enumerate(dict.fromkeys(finding.claim for finding in checked.findings), 1):
        found = [finding for finding in checked.findings if finding.claim == id_]
        yield ""
        yield from _claim_lines(kb, number, page.text, found, place, lang, marked)
    yield from _set_aside(kb, spec, page.text, checked.set_aside, lang, marked)
    if offers_treatment(checked):
        yield from _disclosures(kb, disclosures, place, lang)
    if place:
        yield from _reporting(kb, place, lang)
    yield ""
    yield words.NO_VERDICT[lang]
    yield closing_line(kb, lang)


def _claim_lines(
    kb: KnowledgeBase,
    number: int,
    text: str,
    found: Sequence[Finding],
    place: str | None,
    lang: Language,
    marked: bool,
) -> Iterator[str]:
    claim = kb.claims[found[0].claim]
    yield f"{number}. {getattr(claim.title, lang)} ({claim.id})"
    yield from (f"   > {_excerpt(text, finding, lang, marked)}" for finding in found[:_MOST_PLACES])
    if len(found) > _MOST_PLACES:
        yield f"   > {words.MORE_PLACES[lang].format(count=len(found) - _MOST_PLACES)}"
    yield f"   {assessment_line(kb, claim, lang)}"
    yield f"   {WORDS['known'][lang]}: {getattr(claim.what_is_known, lang)}"
    if place:
        yield from rule_lines(kb, touched_rules(kb, claim, place), place, lang, "   ")
    yield f"   {WORDS['trials'][lang]}: {getattr(trials_in_words(kb, trials_of_use(kb, claim)), lang)}"
    yield f"   {WORDS['questions'][lang]}:"
    yield from (f"     - {getattr(question, lang)}" for question in claim.questions)
    yield f"   {WORDS['sources'][lang]}:"
    yield from (f"     - {source_line(source)}" for source in claim.sources[:_MOST_SOURCES])
    if len(claim.sources) > _MOST_SOURCES:
        count = len(claim.sources) - _MOST_SOURCES
        yield f"     {words.MORE_SOURCES[lang].format(count=count, claim=claim.id)}"


def _excerpt(text: str, finding: Finding, lang: Language, marked: bool) -> str:
    """The words of a statement marked among those around them, on one line."""
    first, last = max(0, finding.start - _AROUND), min(len(text), finding.end + _AROUND)
    pieces, place = [], first
    for start, end in _apart(finding.words):
        pieces += [printable(text[place:start]), _mark(printable(text[start:end]), lang, marked)]
        place = end
    shown = "".join([*pieces, printable(text[place:last])])
    return ("…" if first else "") + " ".join(shown.split()) + ("…" if last < len(text) else "")


def _apart(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], end)
        else:
            joined.append((start, end))
    return joined


def _mark(shown: str, lang: Language, marked: bool) -> str:
    if marked:
        return click.style(shown, underline=True, bold=True)
    before, after = _MARKS[lang]
    return before + shown + after


def _set_aside(
    kb: KnowledgeBase, spec: Specification, text: str, found: Sequence[Finding], lang: Language, marked: bool
) -> Iterator[str]:
    if not found:
        return
    yield ""
    yield words.SET_ASIDE[lang]
    for finding in found[:_MOST_SET_ASIDE]:
        reason = words.REASONS[finding.reason][lang] if finding.reason else ""
        if finding.cue is not None and finding.cue in spec.place:
            _, en, ja, *_ = spec.concepts[spec.place[finding.cue]]
            reason += f" («{en}»)" if lang == "en" else f"(「{ja}」)"
        title = getattr(kb.claims[finding.claim].title, lang)
        yield f"  - {_excerpt(text, finding, lang, marked)}"
        yield f"    {title}: {reason}"
    if len(found) > _MOST_SET_ASIDE:
        yield f"  - {words.MORE_PLACES[lang].format(count=len(found) - _MOST_SET_ASIDE)}"


def _disclosures(kb: KnowledgeBase, found: Disclosures | None, place: str | None, lang: Language) -> Iterator[str]:
    yield ""
    if place is None:
        yield words.NO_PLACE[lang]
    elif found is None:
        yield words.NO_LIST[lang].format(place=kb.label("jurisdictions", place, lang))
    else:
        yield getattr(found.duty.about, lang)
        if found.document:
            yield f"({getattr(found.document.title, lang)})"
        if found.missing:
            yield words.MISSING[lang]
            yield from (f"  - {getattr(item.label, lang)}" for item in found.missing)
            yield words.ONLY_READ[lang]
        elif found.stated:
            yield words.NOTHING_MISSING[lang]


def _reporting(kb: KnowledgeBase, place: str, lang: Language) -> Iterator[str]:
    routes, label = reporting_places(kb, place), kb.label("jurisdictions", place, lang)
    yield ""
    yield (words.REPORTING if routes else words.NO_REPORTING)[lang].format(place=label)
    for route in routes:
        yield f"  - {getattr(route.body, lang)}: {getattr(route.what, lang)}"
        if route.url:
            yield f"    {route.url}"
