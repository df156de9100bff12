"""Values reported for a quality attribute: one table for each kind of number, never one beside another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from markupsafe import Markup

from kb.models.attributes import QualityAttribute, ReportedValue
from publish.listing import Listing
from publish.phrases import Phrases
from publish.safe_text import trusted
from publish.tables import table
from publish.templating import render
from publish.values import NOTHING
from publish.view import Section, View

_KINDS = "value-kinds"
#: Kinds that a reader expects for every attribute, so that their absence is said.
_EXPECTED = ("measured", "release-criterion", "legal-limit")
_COLUMNS = ("value", "context", "derived", "product", "guideline", "sources")


def by_kind(values: Sequence[ReportedValue], order: Sequence[str]) -> Mapping[str, Sequence[ReportedValue]]:
    """Kind of number -> its values as the entry gives them; kinds in ``order``, those without values left out."""
    found: dict[str, list[ReportedValue]] = {kind: [] for kind in order}
    for value in values:
        found.setdefault(value.kind, []).append(value)
    return {kind: items for kind, items in found.items() if items}


def values_section(view: View) -> Section | None:
    """The section on an attribute's page; nothing when no value is on record."""
    reported: tuple[ReportedValue, ...] = view.take("reported_values")
    if not reported:
        return None
    say = Phrases(view.site, "process")
    found = by_kind(reported, list(view.site.kb.vocabularies[_KINDS]))
    shown = [
        {
            "code": kind,
            "name": view.site.label(_KINDS, kind),
            "number": str(len(items)),
            "table": table(view.values, items, _COLUMNS),
        }
        for kind, items in found.items()
    ]
    missing = [view.values.code(_KINDS, kind) for kind in _EXPECTED if kind not in found]
    content = render(
        "attribute_values", about=say("values_apart"), kinds=shown, missing=missing, none_words=say("values_none")
    )
    return view.section("reported_values", content)


def values_counted(listing: Listing, attribute: QualityAttribute) -> Markup:
    """On the list page: how many values of each kind are on record, as badges that lead to their tables."""
    counted = Counter(value.kind for value in attribute.reported_values)
    order = [kind for kind in listing.site.kb.vocabularies[_KINDS] if counted[kind]]
    items = [
        listing.values.code(_KINDS, kind) + trusted(f' <a href="{attribute.id}/#values-{kind}">{counted[kind]}</a>')
        for kind in order
    ]
    return listing.values.items(items) if items else NOTHING
