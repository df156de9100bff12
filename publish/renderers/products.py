"""Model products: profile, critical attributes, release tests and process as far as they are public."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import cast

from markupsafe import Markup

from kb.models.products import Product, ProductProcess, TargetProfileItem
from publish.listing import Group, Listing
from publish.renderers.renderer import Renderer
from publish.tables import Column, Columns, table
from publish.view import Section, View


def _sections(view: View) -> Iterable[Section | None]:
    yield view.prose("public_status")
    yield view.prose("mechanism")
    yield view.bullets("doses")
    yield _profile(view)
    yield view.section("critical_attributes", _critical(view))
    yield view.records("release_tests")
    yield _process(view)
    yield view.timeline()


def _profile(view: View) -> Section | None:
    items: tuple[TargetProfileItem, ...] = view.take("target_profile")
    if not items:
        return None
    said = Column(view.site.labels.say("statement"), view.values.name, "ev-wide")
    return view.section("target_profile", table(view.values, items, (said, "basis")))


def _critical(view: View) -> Markup:
    ids = cast("Product", view.entry).critical_attributes
    return (
        Markup('<div class="ev-columns">{}</div>').format(
            view.values.items([view.values.reference(id_, "attributes") for id_ in ids])
        )
        if ids
        else Markup("")
    )


def _process(view: View) -> Section | None:
    items: tuple[ProductProcess, ...] = view.take("process")
    if not items:
        return None
    said = Column(view.site.labels.say("statement"), view.values.name, "ev-wide")
    return view.section("process", table(view.values, items, ("step", said, "sources")))


def _groups(listing: Listing) -> Sequence[Group]:
    return listing.by_code("kind")


def _columns(listing: Listing) -> Columns:
    return (
        listing.name_column(lambda entry: listing.values.field(entry, "developer")),
        "modality",
        "cell_source",
        "indications",
        "route",
    )


RENDERER = Renderer(
    badges=(),
    facts=(
        "developer",
        "countries",
        "kind",
        "modality",
        "cell_source",
        "indications",
        "conditions",
        "route",
        "routes",
        "challenges",
    ),
    sections=_sections,
    groups=_groups,
    columns=_columns,
)
