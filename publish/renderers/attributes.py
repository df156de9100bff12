"""Quality attributes: why they matter, how they are measured, which values were reported, who asks for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from markupsafe import Markup

from kb.models.attributes import Assay, QualityAttribute
from publish.listing import Group, Listing
from publish.phrases import Phrases
from publish.renderers.attribute_values import values_counted, values_section
from publish.renderers.renderer import Renderer
from publish.safe_text import html, trusted
from publish.tables import Column, Columns
from publish.values import NOTHING
from publish.view import Section, View

_METHODS = "assay-methods"
#: Where the page of an attribute lists the documents that ask for it (publish.reverse_links).
_ASKING = "from-guidelines-requirements-attribute"


def _sections(view: View) -> Iterable[Section | None]:
    yield view.prose("rationale")
    yield view.cards("assays", "method", more=_assay_columns(view))
    yield values_section(view)
    yield view.field("process_steps")


def _assay_columns(view: View) -> Columns:
    """The method with what the vocabulary says of it, then what is particular to this attribute."""
    language = view.site.language
    methods = view.site.kb.vocabularies.get(_METHODS, {})

    def of_method(key: str) -> Any:
        def cell(assay: Assay) -> Markup:
            said = methods.get(assay.method, {}).get(key)
            return html(str(said[language])) if isinstance(said, dict) and language in said else NOTHING

        return cell

    said = [
        Column(view.site.labels.field(Assay, key), of_method(key), "ev-wide")
        for key in ("principle", "strengths", "limits", "note")
    ]
    return ("measures", "units", "result", *said, "standards")


def _groups(listing: Listing) -> Sequence[Group]:
    return listing.by_code("category")


def _columns(listing: Listing) -> Columns:
    def asked(entry: QualityAttribute) -> Markup:
        kb = listing.site.kb
        asking = {link.origin for link in kb.links_to(entry) if link.origin[0] == "guidelines"}
        number = sum(1 for origin in asking if not kb.entry(origin).withdrawn)
        return trusted(f'<a href="{entry.id}/#{_ASKING}">{number}</a>' if number else "–")

    def methods(entry: QualityAttribute) -> Markup:
        return trusted(comma.join(listing.values.code(_METHODS, assay.method) for assay in entry.assays))

    comma = "、" if listing.site.language == "ja" else ", "
    say = Phrases(listing.site, "process")
    return (
        listing.name_column(),
        "criticality",
        Column(say("methods"), methods, "ev-wide"),
        "lifecycle",
        Column(say("values"), lambda entry: values_counted(listing, entry), "ev-wide"),
        Column(say("documents"), asked, "ev-narrow"),
    )


RENDERER = Renderer(
    badges=("criticality",),
    facts=("category", "lifecycle"),
    sections=_sections,
    groups=_groups,
    columns=_columns,
    styles=("assets/styles/attributes.css",),
)
