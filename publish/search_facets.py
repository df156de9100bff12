"""The facets by which readers narrow a search: what each entry has, and what its codes are called.

Names and codes are those of ``evreg search`` and its API, so that ``?jurisdiction=JP`` means the same everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from kb.models import COLLECTIONS, model_of
from kb.models.core import Entry
from kb.statistics import jurisdictions_of
from publish.fields import kinds_of
from publish.site import Site

#: In the order of the search page.
FACETS = (
    "collection",
    "jurisdiction",
    "topic",
    "status",
    "phase",
    "indication_area",
    "cell_source",
    "year",
    "origin",
    "review",
)
#: What the hand-written pages are called beside the collections.
PAGES = "pages"
_VOCABULARIES = {
    "jurisdiction": ("jurisdictions",),
    "topic": ("topics",),
    "phase": ("phases",),
    "indication_area": ("indication-areas",),
    "cell_source": ("cell-sources",),
    "origin": ("languages",),
    "review": ("review-states",),
}
#: The date that says how old the thing is: the first of these that an entry has.
_DATES = ("issued", "adopted", "effective", "proposed", "start", "registered", "completion", "withdrawn")


def facets_of(entry: Entry) -> dict[str, tuple[str, ...]]:
    """Facet -> codes of one entry; facets that it lacks are left out."""
    source = getattr(entry, "ev_source", None)
    topics = (*getattr(entry, "topics", ()), *(item.topic for item in getattr(entry, "requirements", ())))
    found: dict[str, Iterable[str | None]] = {
        "collection": (entry.COLLECTION,),
        "jurisdiction": jurisdictions_of(entry),
        "topic": topics,
        "status": (getattr(entry, "status", None),),
        "phase": (getattr(entry, "phase", None),),
        "indication_area": (getattr(entry, "indication_area", None),),
        "cell_source": (source.cell if source else None,),
        "year": (date_of(entry)[:4],),
        "origin": (entry.origin,),
        "review": (entry.review.status,),
    }
    codes = {facet: tuple(dict.fromkeys(code for code in values if code)) for facet, values in found.items()}
    return {facet: values for facet, values in codes.items() if values}


def date_of(entry: Entry) -> str:
    """The date that says how old the thing is, as it is recorded; empty when it has none."""
    dates = getattr(entry, "dates", None)
    found = [getattr(dates, name, None) for name in _DATES] if dates else []
    found += [getattr(entry, "date", None), getattr(entry, "year", None)]
    return str(next(filter(None, found), ""))


def choices(site: Site) -> Mapping[str, list[tuple[str, str]]]:
    """Facet -> code and label of every value that some entry has, in the order of its vocabulary."""
    used: dict[str, set[str]] = {facet: set() for facet in FACETS}
    for entry in site.kb:
        for facet, codes in facets_of(entry).items():
            used[facet].update(codes)
    used["collection"].add(PAGES)
    return {facet: _labelled(site, facet, used[facet]) for facet in FACETS}


def _labelled(site: Site, facet: str, codes: set[str]) -> list[tuple[str, str]]:
    if facet == "collection":
        names = {name: site.labels.collection(name) for name in COLLECTIONS} | {PAGES: site.labels.say("search_pages")}
        return [(code, name) for code, name in names.items() if code in codes]
    if facet == "year":
        return [(code, code) for code in sorted(codes, reverse=True)]
    vocabularies = _VOCABULARIES.get(facet) or _status_vocabularies()
    order: dict[str, str] = {}
    for vocabulary in vocabularies:
        for code in site.kb.vocabularies[vocabulary]:
            order.setdefault(code, site.label(vocabulary, code))
    return [(code, label) for code, label in order.items() if code in codes]


@cache
def _status_vocabularies() -> tuple[str, ...]:
    """The vocabularies of the fields called «status», which differ from collection to collection."""
    kinds = (kinds_of(model_of(name)).get("status") for name in COLLECTIONS)
    return tuple(dict.fromkeys(kind.vocabulary for kind in kinds if kind and kind.vocabulary))
