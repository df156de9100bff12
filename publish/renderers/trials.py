"""Trials: status with its day, product and source of vesicles, doses as registered, results."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from kb.models.trials import Arm, Trial
from publish.listing import Group, Listing, newest_first
from publish.renderers.renderer import Renderer
from publish.safe_text import html
from publish.tables import Column, Columns
from publish.values import NOTHING, Values
from publish.view import Section, View


def dose(values: Values, arm: Arm) -> Markup:
    """A dose as registered: value or range with its unit, never converted."""
    ends = [values.number(end) for end in (arm.value_min, arm.value_max) if end is not None]
    if not ends:
        return NOTHING
    amount = ends[0] if len(ends) == 1 or ends[0] == ends[1] else Markup("–").join(ends)
    parts = [amount, values.field(arm, "unit")]
    if arm.per:
        parts.append(Markup("/ {}").format(values.name(arm.per)))
    return Markup(" ").join(part for part in parts if part)


def _sections(view: View) -> Iterable[Section | None]:
    values, labels = view.values, view.site.labels
    yield view.prose("study_design")
    amount = Column(labels.field(Arm, "dose"), lambda arm: dose(values, arm))
    yield view.records("arms", ("label", amount, "frequency", "as_registered"))
    yield view.bullets("primary_outcomes")
    yield view.cards("results", "kind", "outcome", "summary")
    yield view.prose("programme_status")
    yield view.timeline()


def _registrations(values: Values, entry: Trial) -> Markup:
    return Markup(", ").join(html(registration.number) for registration in entry.registrations)


def _groups(listing: Listing) -> Sequence[Group]:
    return newest_first(listing.by_code("status"), lambda entry: entry.dates.start or entry.dates.registered or "")


def _columns(listing: Listing) -> Columns:
    values, labels = listing.values, listing.site.labels
    vesicles = Column(labels.field(Trial, "ev_source"), lambda entry: values.field(entry.ev_source, "cell"))
    people = Column(
        labels.field(Trial, "enrolment"),
        lambda entry: values.number(entry.enrolment.count) if entry.enrolment else NOTHING,
        "ev-narrow",
    )
    name = listing.name_column(lambda entry: _registrations(values, entry))
    return (name, "phase", "indication", vesicles, "routes", "countries", people, "status_as_of")


RENDERER = Renderer(
    badges=("status", "phase"),
    facts=(
        "registrations", "acronym", "kind", "status_as_of", "registration_timing", "indication", "indication_area",
        "conditions", "sponsor", "collaborators", "countries", "enrolment", "dates", "product", "ev_source", "ev_type",
        "ev_declared_active", "cargo", "isolation_method", "combined_with_cells", "routes", "comparator",
        "regulatory_track", "first_in_human",
    ),
    sections=_sections,
    groups=_groups,
    columns=_columns,
)  # fmt: skip
