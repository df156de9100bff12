"""Jurisdictions: position, classes by form of product, pathways, and everything on record for the place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import cast

from markupsafe import Markup

from kb.analysis.jurisdiction_record import JurisdictionRecord, records
from kb.models.jurisdictions import Coverage, Jurisdiction
from publish.listing import Group, Listing
from publish.renderers import jurisdiction_record as on_record
from publish.renderers.renderer import Renderer
from publish.safe_text import trusted
from publish.tables import Column, Columns
from publish.view import Section, View


def _sections(view: View) -> Iterable[Section | None]:
    # A withdrawn profile counts nowhere, but its own page still shows what is on record for the place.
    record = records(view.site.kb).get(cast("Jurisdiction", view.entry).code, JurisdictionRecord())
    yield view.prose("position")
    yield view.records("authorities")
    yield view.cards("classification", "product", "legal_class", "statement")
    yield view.cards("pathways", "name", "status", "description")
    yield _coverage(view, "regulated")
    yield _coverage(view, "not_regulated")
    yield view.prose("not_regulated_basis")
    yield on_record.documents(view, record)
    yield on_record.timeline(view, record)
    yield on_record.enforcement(view, record)
    yield on_record.trials(view, record)
    yield from on_record.others(view, record)
    yield view.records("market_facts", ("statement", "record", "sources"))
    yield view.records("reporting")
    yield view.bullets("regulatory_questions")
    yield view.records("searched_not_found")
    yield on_record.compare_with(view)


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
    return listing.by_code("regulates_ev")


def _columns(listing: Listing) -> Columns:
    found = records(listing.site.kb)

    def count(collection: str) -> Column:
        return Column(
            listing.site.labels.collection(collection),
            lambda entry: trusted(str(len(getattr(found.get(entry.code, JurisdictionRecord()), collection)))),
            "ev-narrow",
        )

    return (listing.name_column(), "coverage", count("guidelines"), count("trials"), count("enforcement"), "as_of")


RENDERER = Renderer(
    badges=("regulates_ev", "coverage"),
    facts=("name", "code", "as_of"),
    sections=_sections,
    groups=_groups,
    columns=_columns,
    styles=("assets/styles/folded.css", "assets/styles/jurisdictions.css"),
)
