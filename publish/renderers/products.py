"""Model products: profile, critical attributes, release tests and process as far as they are public."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from kb.analysis.process_chain import in_model_order
from kb.models.products import Product, ProductProcess, TargetProfileItem
from publish.listing import Group, Listing
from publish.phrases import Phrases
from publish.renderers.product_quality import quality_section
from publish.renderers.renderer import Renderer
from publish.safe_text import trusted
from publish.tables import Column, Columns, table
from publish.values import NOTHING
from publish.view import Section, View


def _sections(view: View) -> Iterable[Section | None]:
    yield view.prose("public_status")
    yield view.prose("mechanism")
    yield view.bullets("doses")
    yield quality_section(view)
    yield _profile(view)
    yield view.records("release_tests")
    yield _process(view)
    yield view.timeline()


def _profile(view: View) -> Section | None:
    items: tuple[TargetProfileItem, ...] = view.take("target_profile")
    if not items:
        return None
    said = Column(view.site.labels.say("statement"), view.values.name, "ev-wide")
    return view.section("target_profile", table(view.values, items, (said, "basis")))


def _process(view: View) -> Section | None:
    items: tuple[ProductProcess, ...] = view.take("process")
    if not items:
        return None
    said = Column(view.site.labels.say("statement"), view.values.name, "ev-wide")
    return view.section("process", table(view.values, items, ("step", said, "sources")))


def _groups(listing: Listing) -> Sequence[Group]:
    order = {product.id: place for place, product in enumerate(in_model_order(listing.site.kb))}
    return [
        group._replace(entries=sorted(group.entries, key=lambda entry: order.get(entry.id, len(order))))
        for group in listing.by_code("kind")
    ]


def _columns(listing: Listing) -> Columns:
    return (
        listing.name_column(lambda entry: listing.values.field(entry, "developer")),
        "modality",
        "cell_source",
        "indications",
        Column(Phrases(listing.site, "process")("figures_column"), _on_record, "ev-narrow"),
    )


def _on_record(product: Product) -> Markup:
    parts = (product.target_profile, product.critical_attributes, product.release_tests, product.process)
    if not any(parts):
        return NOTHING
    return trusted(f'<span class="ev-nowrap">{" · ".join(str(len(part) or "–") for part in parts)}</span>')


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
    styles=("assets/styles/process.css",),
)
