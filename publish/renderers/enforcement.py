"""Official acts: who acted, against what, on which provisions, and what followed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from publish.listing import Group, Listing, newest_first
from publish.renderers.explored import explorer_link
from publish.renderers.guidelines import requirement_anchor, requirement_columns
from publish.renderers.renderer import Renderer
from publish.tables import Columns
from publish.view import Section, View


def _sections(view: View) -> Iterable[Section | None]:
    yield view.prose("subject")
    yield view.prose("outcome")
    yield view.records("requirements", requirement_columns(view.values), requirement_anchor)
    yield view.field("related")
    yield view.timeline()


def _groups(listing: Listing) -> Sequence[Group]:
    return newest_first(listing.by_code("jurisdiction"), lambda entry: entry.date or "")


def _columns(listing: Listing) -> Columns:
    return (
        "date",
        listing.name_column(lambda entry: listing.values.name(entry.authority)),
        "action_type",
        "product_types",
        "ev_relevance",
    )


RENDERER = Renderer(
    badges=("ev_relevance",),
    facts=(
        "jurisdiction", "authority", "action_type", "date", "addressee", "legal_basis", "product_types",
        "names_exosomes", "reference", "url", "official_copy_to_find",
    ),
    sections=_sections,
    groups=_groups,
    columns=_columns,
    before_list=explorer_link,
    styles=("assets/styles/folded.css",),
)  # fmt: skip
