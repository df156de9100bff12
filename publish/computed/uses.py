"""``/uses/``: for each use what is claimed, which trials are registered and which harm was reported, side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from markupsafe import Markup

from kb.analysis.uses import Use, uses
from kb.knowledge_base import standing
from kb.models.core import Entry
from kb.statistics import as_of
from publish.claims_back import SHEET
from publish.page import Page, block, heading
from publish.page_head import page_head
from publish.phrases import Phrases
from publish.places import Place
from publish.safe_text import html
from publish.site import Site
from publish.tables import Column, table
from publish.values import NOTHING, Values

PATH: Final = "uses/"
_STYLES: Final = ("assets/styles/folded.css", "assets/styles/claims.css")


def anchor(code: str) -> str:
    """The id of a use's row, to which its code leads on every page."""
    return f"use-{code}"


def pages(site: Site) -> Iterator[Page]:
    """The one page."""
    say, place = Phrases(site, SHEET), Place(site.language, PATH)
    values = Values(site, place.root)
    found = uses(site.kb)
    parts = [
        page_head(
            site,
            place.root,
            say("uses_title"),
            say("uses_lead"),
            crumbs=[(site.labels.collection("claims"), f"{place.root}claims/")],
            links=[(say("uses_claimed"), "#claimed"), (say("uses_other"), "#other")],
        )
    ]
    day = as_of(standing(site.kb.trials.values()))
    if day:
        parts.append(block(Markup("<p>{}</p>").format(say.html("uses_notice", day=values.date(day)))))
    claimed = [use for use in found if use.claims]
    others = [use for use in found if not use.claims]
    parts += _part(say("uses_claimed"), "claimed", _table(site, values, claimed))
    about = Markup("<p>{}</p>").format(say("uses_other_about"))
    parts += _part(say("uses_other"), "other", about + _table(site, values, others))
    yield Page(PATH, say("uses_title"), "\n\n".join(parts) + "\n", say("uses_description"), {"hide": ["toc"]}, _STYLES)


def _part(words: str, name: str, content: Markup) -> Iterable[str]:
    return heading(words, name), block(content, "ev-list")


def _table(site: Site, values: Values, found: Sequence[Use]) -> Markup:
    if not found:
        return Markup("<p>{}</p>").format(site.labels.say("none_here"))
    say, labels = Phrases(site, SHEET), site.labels
    columns = (
        Column(say("use"), lambda use: html(site.label("conditions", use.code)), "ev-name"),
        Column(labels.collection("claims"), lambda use: _claims(values, use), "ev-wide"),
        Column(labels.collection("trials"), lambda use: _trials(values, say, use), "ev-wide"),
        Column(labels.collection("products"), lambda use: _entries(values, use.products), "ev-wide"),
        Column(labels.collection("safety-events"), lambda use: _entries(values, use.events), "ev-wide"),
    )
    return table(values, found, columns, lambda use: anchor(use.code))


def _claims(values: Values, use: Use) -> Markup:
    items = [
        Markup("{} {}").format(values.entry(claim), values.field(claim.assessment, "value")) for claim in use.claims
    ]
    return values.items(items) if items else NOTHING


def _trials(values: Values, say: Phrases, use: Use) -> Markup:
    """How many, and each of them folded away: a row may have twenty."""
    if not use.registered and not use.unregistered:
        return html(say("uses_none"))
    counted = [
        say(key, n=len(found))
        for key, found in (("uses_trials", use.registered), ("uses_unregistered", use.unregistered))
        if found
    ]
    comma = "、" if values.site.language == "ja" else ", "
    listed = values.items(map(values.entry, (*use.registered, *use.unregistered)))
    words = html(comma.join(counted))
    return Markup('<details class="ev-folded"><summary>{}</summary>{}</details>').format(words, listed)


def _entries(values: Values, entries: Sequence[Entry]) -> Markup:
    return values.items(map(values.entry, entries)) if entries else NOTHING
