"""Surveys: what was counted, how, and with which limits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from kb.models.surveys import KeyFigure
from publish.listing import Group, Listing, newest_first
from publish.renderers.explored import explorer_link
from publish.renderers.renderer import Renderer
from publish.tables import Column, Columns
from publish.view import Section, View


def _sections(view: View) -> Iterable[Section | None]:
    values = view.values

    def figure(item: KeyFigure) -> Markup:
        unit = values.field(item, "unit")
        if item.value is None:
            return Markup("– {}").format(unit)
        return Markup("<strong>{}</strong> {}").format(values.number(item.value), unit)

    yield view.records(
        "key_figures",
        ("label", Column(view.site.labels.field(KeyFigure, "value"), figure, "ev-narrow"), "note", "sources"),
    )
    yield view.prose("method")
    yield view.prose("limits")


def _groups(listing: Listing) -> Sequence[Group]:
    return newest_first(listing.by_code("jurisdiction"), lambda entry: str(entry.year or ""))


def _columns(listing: Listing) -> Columns:
    return ("year", listing.name_column(), "sample", "ev_specific")


RENDERER = Renderer(
    badges=(),
    facts=("jurisdiction", "year", "data_period", "sample", "ev_specific", "doi"),
    sections=_sections,
    groups=_groups,
    columns=_columns,
    before_list=explorer_link,
)
