"""Jurisdictions: position, classes by form of product, pathways, and everything on record for the place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import cast

from markupsafe import Markup

from kb.models.jurisdictions import Coverage, Jurisdiction
from publish.listing import Group, Listing
from publish.renderers.renderer import Renderer
from publish.safe_text import trusted
from publish.tables import Column, Columns, table
from publish.view import Section, View

#: Collections with something on record for a jurisdiction, and what is shown of each.
_ON_RECORD: dict[str, tuple[str, ...]] = {
    "guidelines": ("document_type", "legal_force", "status", "applies_to_ev"),
    "enforcement": ("date", "action_type", "ev_relevance"),
    "safety-events": ("date", "event_type", "ev_relevance"),
    "trials": ("phase", "status", "status_as_of", "indication"),
    "claims": ("category",),
    "surveys": ("year",),
}


def _sections(view: View) -> Iterable[Section | None]:
    yield view.prose("position")
    labels = view.site.labels
    yield view.cards("classification", "product", "legal_class", "statement")
    yield view.cards("pathways", "name", "status", "description")
    yield _coverage(view, "regulated")
    yield _coverage(view, "not_regulated")
    yield view.prose("not_regulated_basis")
    yield view.records("authorities")
    yield view.records("market_facts", ("statement", "record", "sources"))
    yield view.timeline()
    yield view.bullets("regulatory_questions")
    yield view.records("searched_not_found")
    code = cast("Jurisdiction", view.entry).code
    for collection, entries in view.site.placed.get(code, {}).items():
        name = Column(labels.one(collection), view.values.entry, "ev-wide")
        rows = table(view.values, entries, (name, *_ON_RECORD[collection]))
        heading = f"{labels.collection(collection)} ({len(entries)})"
        yield Section(f"record-{collection}", heading, rows)


def _coverage(view: View, field: str) -> Section | None:
    items: tuple[Coverage, ...] = view.take(field)
    shown = [
        view.values.name(item)
        + (
            Markup(' <span class="ev-documents">{}</span>').format(view.values.field(item, "guidelines"))
            if item.guidelines
            else ""
        )
        for item in items
    ]
    return view.section(field, view.values.items(shown)) if shown else None


def _groups(listing: Listing) -> Sequence[Group]:
    return listing.by_code("coverage", named=True)


def _columns(listing: Listing) -> Columns:
    def count(collection: str) -> Column:
        return Column(
            listing.site.labels.collection(collection),
            lambda entry: trusted(str(len(listing.site.placed.get(entry.code, {}).get(collection, ())))),
        )

    return (listing.name_column(), "regulates_ev", count("guidelines"), count("trials"), count("enforcement"), "as_of")


RENDERER = Renderer(
    badges=("regulates_ev", "coverage"),
    facts=("name", "code", "as_of"),
    sections=_sections,
    groups=_groups,
    columns=_columns,
)
