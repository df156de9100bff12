"""Safety events: what happened, to how many, and how firmly it is tied to the product."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from kb.models.safety_events import Causality, SafetyEvent
from publish.listing import Group, Listing, newest_first
from publish.renderers.explored import explorer_link
from publish.renderers.renderer import Renderer
from publish.tables import Column, Columns
from publish.view import Section, View


def _sections(view: View) -> Iterable[Section | None]:
    yield view.prose("outcome")
    yield _causality(view)
    yield view.field("related")


def _causality(view: View) -> Section | None:
    found: Causality = view.take("causality")
    content = Markup('<div class="ev-assessment"><p>{}</p>{}</div>').format(
        view.values.field(found, "value"), view.values.prose(found.reason)
    )
    return view.section("causality", content)


def _groups(listing: Listing) -> Sequence[Group]:
    return newest_first(listing.by_code("ev_relevance"), lambda entry: entry.date or "")


def _columns(listing: Listing) -> Columns:
    tied = Column(
        listing.site.labels.field(SafetyEvent, "causality"),
        lambda entry: listing.values.field(entry.causality, "value"),
    )
    return ("date", listing.name_column(), "jurisdiction", "event_type", "product_types", tied)


RENDERER = Renderer(
    badges=("ev_relevance",),
    facts=("jurisdiction", "date", "event_type", "product_types", "routes", "affected", "source_type", "doi"),
    sections=_sections,
    groups=_groups,
    columns=_columns,
    before_list=explorer_link,
    styles=("assets/styles/folded.css",),
)
