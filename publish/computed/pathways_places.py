"""The finder's list: every classification of every jurisdiction with what it covers, its basis and the routes tied to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from kb.analysis.pathway_matching import DIMENSIONS, Rule
from kb.analysis.pathway_routes import Route, routes
from kb.analysis.pathways import Reader, unsurveyed
from kb.models.core import Source
from kb.models.jurisdictions import Classification, Jurisdiction, NullSearch, Pathway
from publish.phrases import Phrases
from publish.places import path_of
from publish.safe_text import html, trusted
from publish.templating import render
from publish.values import NOTHING, Values

_SHEET = "pathways"


def anchor_of(profile: Jurisdiction) -> str:
    """Where a jurisdiction stands on the finder's page."""
    return f"in-{profile.id}"


def jump_list(values: Values, found: Sequence[Reader]) -> Markup:
    """Links to the jurisdictions on the page."""
    link = Markup('<a href="#{}">{}</a>')
    links = [
        link.format(anchor_of(reader.profile), html(values.site.label("jurisdictions", reader.profile.code)))
        for reader in found
    ]
    return trusted(f'<p class="ev-jump" data-pagefind-ignore>{" ".join(links)}</p>')


def place_section(values: Values, reader: Reader) -> Markup:
    """One jurisdiction: its classifications as cards, its routes to market, searches and open questions."""
    site, profile = values.site, reader.profile
    label = site.labels.field
    return render(
        "pathway_place",
        say=Phrases(site, _SHEET),
        anchor=anchor_of(profile),
        id=profile.id,
        name=values.entry(profile, html(site.label("jurisdictions", profile.code))),
        standing=[
            (label(Jurisdiction, field), values.field(profile, field))
            for field in ("regulates_ev", "coverage", "as_of")
        ],
        cards=[_card(values, profile, rule) for rule in reader.rules],
        folds=[fold for fold in _folds(values, profile) if fold["items"]],
        entry=f"{values.root}{path_of(profile)}",
    )


def _card(values: Values, profile: Jurisdiction, rule: Rule) -> dict[str, Any]:
    site, record = values.site, rule.record
    say = Phrases(site, _SHEET)
    facts = [
        (say("rule_confidence"), _confidence(values, profile, record)),
        (say("documents"), values.field(record, "guidelines")),
        (say("sources"), _sources(values, profile, record)),
        (say("routes"), _routes(values, profile, record)),
    ]
    return {
        "number": rule.number,
        "tied": bool(routes(values.site.kb, profile, record)),
        "product": values.name(record.product),
        "badge": values.code("legal-classes", record.legal_class),
        "statement": values.name(record.statement),
        "dimensions": [
            (place, site.labels.field(Classification, dimension.field), values.field(record, dimension.field))
            for place, dimension in enumerate(DIMENSIONS)
            if rule.restricts[place]
        ],
        "facts": [(name, value) for name, value in facts if value],
    }


def _confidence(values: Values, profile: Jurisdiction, record: Classification) -> Markup:
    if record.confidence:
        return values.field(record, "confidence")
    words = Phrases(values.site, _SHEET)("profile_confidence")
    return Markup('<span class="ev-sub">{}</span> {}').format(words, values.field(profile, "confidence"))


def _sources(values: Values, profile: Jurisdiction, record: Classification) -> Markup:
    known = {source.key: source for source in profile.sources}
    shown = [_source(values, profile, known[key]) for key in record.sources if key in known]
    if shown:
        return values.items(shown)
    words = Phrases(values.site, _SHEET)("no_own_source" if record.guidelines else "no_basis")
    return Markup('<span class="ev-sub">{}</span>').format(words)


def _source(values: Values, profile: Jurisdiction, source: Source) -> Markup:
    """A source: its title leads to what the entry says of it, the mark behind it to the source itself."""
    inside = f"{values.root}{path_of(profile)}#source-{quote(source.key, safe='')}"
    address = source.url or (f"https://doi.org/{quote(source.doi, safe='/()')}" if source.doi else None)
    outside = values.outside(address, source.publisher or address) if address else NOTHING
    depth = values.code("reading-depths", source.read)
    return Markup('<a href="{}">{}</a> {} {}').format(inside, html(source.title), depth, outside)


def _routes(values: Values, profile: Jurisdiction, record: Classification) -> Markup:
    found = routes(values.site.kb, profile, record)
    if found:
        return values.items(_route(values, route) for route in found)
    words = Phrases(values.site, _SHEET)("no_routes")
    return Markup('<span class="ev-sub">{}</span>').format(words) if profile.pathways else NOTHING


def _route(values: Values, route: Route) -> Markup:
    say = Phrases(values.site, _SHEET)
    shared = say("shares_documents" if route.documents else "shares_sources")
    return Markup('{} {} <span class="ev-sub">({})</span>').format(
        values.name(route.pathway.name), values.field(route.pathway, "status"), shared
    )


def _folds(values: Values, profile: Jurisdiction) -> list[dict[str, Any]]:
    """What can be opened below the cards: a name for scripts, a heading with the number, and the items."""
    say = Phrases(values.site, _SHEET)
    found = {
        "all_routes": [_pathway(values, pathway) for pathway in profile.pathways],
        "null_searches": [_null_search(values, search) for search in profile.searched_not_found],
        "questions": [values.name(question) for question in profile.regulatory_questions],
    }
    return [{"name": name, "heading": say(name, n=len(items)), "items": items} for name, items in found.items()]


def _pathway(values: Values, pathway: Pathway) -> Markup:
    parts = [
        Markup("<strong>{}</strong> {}").format(values.name(pathway.name), values.field(pathway, "status")),
        values.field(pathway, "description"),
        values.field(pathway, "legal_basis"),
        Markup('<span class="ev-documents">{}</span>').format(values.field(pathway, "guidelines"))
        if pathway.guidelines
        else NOTHING,
    ]
    return trusted("<br>").join(part for part in parts if part)


def _null_search(values: Values, search: NullSearch) -> Markup:
    where = Markup('<br><span class="ev-sub">{} · {}</span>').format(values.name(search.where), values.date(search.on))
    return values.name(search.what) + where


def unsurveyed_list(values: Values) -> Markup:
    """The jurisdictions without a profile; empty when every one has one."""
    site, say = values.site, Phrases(values.site, _SHEET)
    shown = [
        {
            "name": site.label("jurisdictions", place.code),
            "documents": place.documents,
            "address": f"{values.root}search/?jurisdiction={quote(place.code)}",
            "within": say.html("within", name=values.code("jurisdictions", place.within)) if place.within else NOTHING,
        }
        for place in unsurveyed(site.kb)
    ]
    return render("pathway_unsurveyed", say=say, places=shown) if shown else NOTHING
