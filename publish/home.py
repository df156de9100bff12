"""Computed parts of hand-written pages, put in place of lines such as ``<!-- evreg:figures -->``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from markupsafe import Markup

from kb import KnowledgeBase
from kb.models import COLLECTIONS
from kb.models.core import Entry
from kb.models.enforcement import EnforcementAction
from kb.models.guidelines import Guideline
from kb.statistics import primary_source_read
from publish.places import Place
from publish.safe_text import html, trusted, web_address
from publish.search_page import search_form
from publish.site import Site
from publish.templating import render
from publish.values import Values

_LATEST = 8


class Figures(NamedTuple):
    """What the home page counts."""

    entries: int
    documents: int
    jurisdictions: int
    trials: int
    requirements: int
    #: Share of entries, 0 to 1, with a primary source of which at least an excerpt was read.
    primary_read: float


def figures(kb: KnowledgeBase) -> Figures:
    """The figures of a knowledge base; withdrawn entries do not count."""
    standing = [entry for entry in kb if not entry.withdrawn]
    documents = [entry for entry in kb.guidelines.values() if not entry.withdrawn]
    return Figures(
        entries=len(standing),
        documents=len(documents),
        jurisdictions=len({entry.jurisdiction for entry in documents}),
        trials=sum(1 for entry in kb.trials.values() if not entry.withdrawn),
        requirements=sum(len(entry.requirements) for entry in documents),
        primary_read=sum(map(primary_source_read, standing)) / len(standing) if standing else 0.0,
    )


def _figures(site: Site, place: Place) -> Markup:
    found = figures(site.kb)
    values, say = Values(site, place.root), site.labels.say
    counted = {
        "entries": "",
        "documents": "guidelines/",
        "jurisdictions": "jurisdictions/",
        "trials": "trials/",
        "requirements": "guidelines/",
    }
    shown = [
        (values.number(getattr(found, name)), say(f"figure_{name}"), f"{place.root}{path}" if path else None)
        for name, path in counted.items()
    ]
    shown.append((trusted(f"{found.primary_read * 100:.0f}%"), say("figure_primary"), None))
    return render("figures", figures=shown)


def _collections(site: Site, place: Place) -> Markup:
    labels = site.labels
    cards = [
        (f"{place.root}{name}/", labels.collection(name), len(site.kb.collection(name)), labels.about(name))
        for name in COLLECTIONS
    ]
    return render("collections", cards=cards)


def _latest(site: Site, place: Place) -> Markup:
    """The latest dated events of documents and official acts."""
    values = Values(site, place.root)
    dated: list[Guideline | EnforcementAction] = [*site.kb.guidelines.values(), *site.kb.enforcement.values()]
    events: list[tuple[str, Entry, Markup]] = [
        (event.date, entry, values.name(event.title))
        for entry in dated
        for event in entry.events
        if not entry.withdrawn
    ]
    events += [
        (entry.date, entry, Markup(""))
        for entry in site.kb.enforcement.values()
        if entry.date and not entry.withdrawn and not any(event.date == entry.date for event in entry.events)
    ]
    # Ties are broken by id, so that the same knowledge base always gives the same page.
    events.sort(key=lambda item: (item[0], item[1].id), reverse=True)
    rows = [
        (values.date(date), values.field(entry, "jurisdiction"), values.entry(entry), words)
        for date, entry, words in events[:_LATEST]
    ]
    return render("latest", rows=rows)


def _report_address(site: Site, place: Place) -> Markup:
    """Where reports go; says so plainly when the operator of the site has not set an address yet."""
    address = web_address(site.report_url.split("{")[0]) if site.report_url else None
    if address is None:
        return Markup("<p>{}</p>").format(site.labels.say("report_unset"))
    link = Markup('<a class="ev-out" href="{0}" rel="noopener noreferrer nofollow">{0}</a>').format(html(address))
    return Markup("<p>{} {}</p>").format(site.labels.say("report_to"), link)


#: Name in the comment -> what stands there.
BLOCKS: Mapping[str, Callable[[Site, Place], Markup]] = {
    "figures": _figures,
    "collections": _collections,
    "latest": _latest,
    "report-address": _report_address,
    "search": search_form,
}
