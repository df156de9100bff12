"""Computed parts of hand-written pages, put in place of lines such as ``<!-- evreg:figures -->``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from typing import NamedTuple

from markupsafe import Markup

from kb import KnowledgeBase
from kb.analysis.timeline import Row, timeline, upcoming
from kb.knowledge_base import standing
from kb.models import COLLECTIONS
from kb.partial_dates import first_day, last_day, months_since
from kb.statistics import as_of, primary_source_read
from publish.computed import world_map
from publish.phrases import Phrases
from publish.places import Place
from publish.safe_text import html, trusted, web_address
from publish.search_page import search_form
from publish.site import Site
from publish.templating import render
from publish.timeline_words import kind_word, subject
from publish.values import Values

_LATEST = 8
_YEAR = 12
_YEAR_ONLY = len("YYYY")
#: Collections whose events are news here; trials have a page of their own.
_NEWS = frozenset({"guidelines", "enforcement", "jurisdictions", "safety-events"})


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
    counted = list(standing(kb))
    documents = list(standing(kb.guidelines.values()))
    return Figures(
        entries=len(counted),
        documents=len(documents),
        jurisdictions=len({entry.jurisdiction for entry in documents}),
        trials=sum(1 for entry in standing(kb.trials.values())),
        requirements=sum(len(entry.requirements) for entry in documents),
        primary_read=sum(map(primary_source_read, counted)) / len(counted) if counted else 0.0,
    )


def recently_verified(kb: KnowledgeBase) -> float:
    """Share of entries, 0 to 1, compared with their sources within twelve months of the latest such day.

    The clock plays no part, so that the same knowledge base always gives the same page.
    """
    counted = list(standing(kb))
    if not counted:
        return 0.0
    day = last_day(as_of(kb))
    return sum(months_since(entry.review.verified, day) < _YEAR for entry in counted) / len(counted)


def _figures(site: Site, place: Place) -> Markup:
    found = figures(site.kb)
    values, say, home = Values(site, place.root), site.labels.say, Phrases(site, "home")
    counted = {
        "documents": "guidelines/",
        "jurisdictions": "map/",
        "trials": "trials/",
        "requirements": "guidelines/",
    }
    shown: list[tuple[Markup, str, str | None]] = [
        (values.number(getattr(found, name)), say(f"figure_{name}"), f"{place.root}{path}")
        for name, path in counted.items()
    ]
    shown.append((_percent(recently_verified(site.kb)), home("verified"), None))
    shown.append((_percent(found.primary_read), say("figure_primary"), None))
    day = as_of(site.kb)
    note = home.html("counted", n=values.number(found.entries), day=values.date(day)) if day else home("counted_empty")
    return render("figures", figures=shown, note=note)


def _percent(share: float) -> Markup:
    return trusted(f"{share * 100:.0f}%")


def _collections(site: Site, place: Place) -> Markup:
    labels = site.labels
    cards = [
        (f"{place.root}{name}/", labels.collection(name), len(site.kb.collection(name)), labels.about(name))
        for name in COLLECTIONS
    ]
    return render("collections", cards=cards)


def _latest(site: Site, place: Place) -> Markup:
    """The latest events; those of which only the year is known could be of any month, so they are left out."""
    day = as_of(site.kb)
    past = (row for row in timeline(site.kb) if first_day(row.date) <= first_day(day))
    return _news(site, place, islice((row for row in past if _is_news(row) and len(row.date) > _YEAR_ONLY), _LATEST))


def _upcoming(site: Site, place: Place) -> Markup:
    """Deadlines of consultations and days on which rules begin to apply, after the latest verification."""
    day = as_of(site.kb)
    rows = [row for row in upcoming(timeline(site.kb), day) if _is_news(row)][:_LATEST]
    if rows:
        return _news(site, place, rows)
    values, home = Values(site, place.root), Phrases(site, "home")
    nothing = home.html("upcoming_none", day=values.date(day)) if day else html(home("counted_empty"))
    return Markup("<p>{}</p>").format(nothing)


def _is_news(row: Row) -> bool:
    return row.entries[0][0] in _NEWS


def _news(site: Site, place: Place, rows: Iterable[Row]) -> Markup:
    values, comma = Values(site, place.root), "、" if site.language == "ja" else ", "
    return render(
        "latest",
        rows=[
            (
                values.date(row.date),
                trusted(comma.join(values.code("jurisdictions", code) for code in row.jurisdictions)),
                values.entry(subject(site, row)),
                site.text(row.shown.title) if row.shown.title else kind_word(site, row.shown.kind),
            )
            for row in rows
        ],
    )


def _map(site: Site, place: Place) -> Markup:
    link = Markup('<p class="ev-map-more"><a href="{}{}">{}</a></p>').format(
        place.root, world_map.PATH, site.labels.phrase("map", "larger")
    )
    return world_map.world_map(site, place) + link


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
    "upcoming": _upcoming,
    "world-map": _map,
    "report-address": _report_address,
    "search": search_form,
}
