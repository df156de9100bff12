"""Claims: what is asserted, what is known, which rules it touches, what to ask."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import cast

from markupsafe import Markup

from kb.models.claims import Assessment, Claim, RuleTouched
from publish.listing import Group, Listing
from publish.places import path_of
from publish.renderers.renderer import Renderer
from publish.safe_text import html, trusted
from publish.tables import Column, Columns
from publish.values import NOTHING
from publish.view import Section, View


def _sections(view: View) -> Iterable[Section | None]:
    yield _assessment(view)
    yield view.prose("what_is_known")
    yield view.prose("why_it_matters")
    yield view.bullets("questions")
    yield view.records("rules", _rule_columns(view))
    yield view.section("wording", _wording(view))
    yield view.records("frequency")
    yield view.records("seen_in")


def _assessment(view: View) -> Section | None:
    found: Assessment = view.take("assessment")
    content = Markup('<div class="ev-assessment"><p>{}</p>{}</div>').format(
        view.values.field(found, "value"), view.values.prose(found.reason)
    )
    return view.section("assessment", content)


def _badge(view: View) -> Sequence[Markup]:
    return (view.values.field(cast("Claim", view.entry).assessment, "value"),)


def _rule_columns(view: View) -> Columns:
    values, kb = view.values, view.site.kb

    def requirement(rule: RuleTouched) -> Markup:
        document = kb.resolve(rule.guideline, "guidelines", "enforcement")
        asked = next(
            (
                item
                for item in getattr(document, "requirements", ())
                if rule.requirement and item.key == rule.requirement
            ),
            None,
        )
        if document is None or asked is None:
            return html(rule.requirement) if rule.requirement else NOTHING
        return Markup('{} <a href="{}{}#requirement-{}" class="ev-more">¶</a>').format(
            values.name(asked.statement), values.root, path_of(document), rule.requirement
        )

    def place(rule: RuleTouched) -> Markup:
        document = kb.resolve(rule.guideline, "guidelines", "enforcement")
        return values.field(document, "jurisdiction") if document else NOTHING

    labels = view.site.labels
    return (
        Column(labels.one("jurisdictions"), place),
        "guideline",
        Column(labels.field(RuleTouched, "requirement"), requirement, "ev-wide"),
        "note",
        "basis",
    )


def _wording(view: View) -> Markup:
    entry = cast("Claim", view.entry)
    phrases = [(language, phrase) for language in ("ja", "en") for phrase in getattr(entry.wording, language)]
    if view.site.language == "en":
        phrases.sort(key=lambda pair: pair[0])
    shown = "".join(Markup('<li lang="{}">{}</li>').format(language, html(phrase)) for language, phrase in phrases)
    return trusted(f'<ul class="ev-phrases">{shown}</ul>') if shown else NOTHING


def _groups(listing: Listing) -> Sequence[Group]:
    return listing.by_code("category")


def _columns(listing: Listing) -> Columns:
    assessed = Column(
        listing.site.labels.field(Claim, "assessment"), lambda entry: listing.values.field(entry.assessment, "value")
    )
    rules = Column(
        listing.site.labels.field(Claim, "rules"), lambda entry: trusted(str(len(entry.rules) or "–")), "ev-narrow"
    )
    return (listing.name_column(lambda entry: listing.values.name(entry.summary)), assessed, "routes", rules)


RENDERER = Renderer(
    badges=(),
    facts=("category", "routes"),
    sections=_sections,
    groups=_groups,
    columns=_columns,
    lead_words="asserted_in_advertising",
    confidence_words="confidence_of_assessment",
    more_badges=_badge,
)
