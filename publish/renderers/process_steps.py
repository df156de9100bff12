"""Process steps: ways to do them, parameters to keep, impurities added and removed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import cast

from markupsafe import Markup

from kb.knowledge_base import standing
from kb.models.process_steps import ProcessStep
from publish.listing import Group, Listing
from publish.phrases import Phrases
from publish.renderers.renderer import Renderer
from publish.safe_text import html, trusted
from publish.tables import Column, Columns
from publish.templating import render
from publish.values import NOTHING
from publish.view import Section, View


def _sections(view: View) -> Iterable[Section | None]:
    yield _chain(view)
    yield view.cards("options", "name", "basis")
    yield view.records("parameters")
    yield view.bullets("impurities_introduced")
    yield view.bullets("impurities_removed")


def _chain(view: View) -> Section | None:
    """The whole chain with this step marked, so that the reader can walk along it."""
    steps = sorted(standing(view.site.kb.process_steps.values()), key=lambda step: step.order)
    here = cast("ProcessStep", view.entry)
    shown = [(step is here, step.order, view.values.entry(step)) for step in steps]
    view.take("order")
    if len(shown) < 2:
        return None
    words = html(Phrases(view.site, "process")("whole_chain"))
    address = f"{view.place.root}process/#step-{here.id}" if not here.withdrawn else f"{view.place.root}process/"
    whole = trusted(f'<p class="ev-sub"><a href="{address}">{words}</a></p>')
    return view.section("order", render("chain", steps=shown) + whole)


def _groups(listing: Listing) -> Sequence[Group]:
    return listing.one_group(lambda entry: entry.order)


def _columns(listing: Listing) -> Columns:
    def affected(entry: ProcessStep) -> Markup:
        ids = dict.fromkeys(id_ for parameter in entry.parameters for id_ in parameter.affects)
        links = [listing.values.reference(id_, "attributes") for id_ in ids]
        return trusted(("、" if listing.site.language == "ja" else ", ").join(links)) if links else NOTHING

    label = listing.site.labels.field(ProcessStep, "parameters")
    affects = listing.site.labels.reverse("attributes", "process_steps")
    return (
        "order",
        listing.name_column(),
        Column(label, lambda entry: trusted(str(len(entry.parameters) or "–")), "ev-narrow"),
        Column(affects, affected),
    )


RENDERER = Renderer(badges=(), facts=(), sections=_sections, groups=_groups, columns=_columns)
