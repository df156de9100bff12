"""Guidelines: whom the document binds, since when, and what it asks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from kb.analysis.documents import document_date
from kb.models.guidelines import Guideline, Requirement
from publish.listing import Group, Listing, newest_first
from publish.renderers.explored import explorer_link
from publish.renderers.renderer import Renderer
from publish.safe_text import trusted
from publish.tables import Column, Columns
from publish.values import Values
from publish.view import Section, View

#: The date by which a document is sorted everywhere on the site.
newest_date = document_date


def requirement_anchor(requirement: Requirement) -> str | None:
    """The id of a requirement's row, by which claims point to it."""
    return f"requirement-{requirement.key}" if requirement.key else None


def requirement_columns(values: Values) -> Columns:
    """The columns of a table of requirements; the subject stands in for a missing attribute."""

    def concerns(requirement: Requirement) -> Markup:
        shown = [values.field(requirement, "attribute"), values.field(requirement, "subject")]
        return Markup(" · ").join(part for part in shown if part)

    label = values.site.labels.field(Requirement, "attribute")
    return ("topic", Column(label, concerns), "level", "statement", "basis", "sources")


def _sections(view: View) -> Iterable[Section | None]:
    yield view.records("requirements", requirement_columns(view.values), requirement_anchor)
    yield view.prose("applies_reason")
    yield view.records("relations")
    yield view.timeline()


def _groups(listing: Listing) -> Sequence[Group]:
    return newest_first(listing.by_code("jurisdiction"), newest_date)


def _columns(listing: Listing) -> Columns:
    values, say = listing.values, listing.site.labels
    issued = Column(
        say.field(type(Guideline.model_fields["dates"].default), "issued"),
        lambda entry: values.date(newest_date(entry)) if newest_date(entry) else Markup(""),
        "ev-narrow",
    )
    asked = Column(
        say.say("requirements_count"),
        lambda entry: trusted(str(len(entry.requirements))) if entry.requirements else Markup("–"),
        "ev-narrow",
    )
    name = listing.name_column(lambda entry: values.name(entry.issuer))
    return (name, "document_type", "legal_force", "status", "applies_to_ev", issued, asked)


RENDERER = Renderer(
    badges=("legal_force", "status", "applies_to_ev"),
    facts=(
        "jurisdiction", "issuer", "document_type", "dates", "document_numbers", "addressees", "scope", "topics",
        "languages", "url", "doi",
    ),
    sections=_sections,
    groups=_groups,
    columns=_columns,
    before_list=explorer_link,
)  # fmt: skip
