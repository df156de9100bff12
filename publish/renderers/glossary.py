"""Glossary: both wordings, other words for the term, and words to avoid."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from kb.models.base import Model
from kb.models.glossary import Term
from publish.listing import Group, Listing
from publish.renderers.renderer import Renderer
from publish.safe_text import html
from publish.tables import Column, Columns
from publish.values import NOTHING, Values
from publish.view import Section, View

_LANGUAGES = ("en", "ja", "ko", "zh")


def _sections(view: View) -> Iterable[Section | None]:
    yield view.prose("usage")
    yield view.section("synonyms", _words(view.values, view.take("synonyms")))
    yield view.section("related", _words(view.values, view.take("related")))
    yield view.section("avoid", _words(view.values, view.take("avoid")))


def _words(values: Values, record: Model) -> Markup:
    """Words by language as a description list, each marked with its language for fonts and screen readers."""
    found = [(language, getattr(record, language, ())) for language in _LANGUAGES]
    rows = [
        Markup('<div><dt>{}</dt><dd lang="{}">{}</dd></div>').format(
            values.site.labels.field(type(record), language), language, Markup(" · ").join(html(word) for word in words)
        )
        for language, words in found
        if words
    ]
    return Markup('<dl class="ev-facts">{}</dl>').format(Markup("").join(rows)) if rows else NOTHING


def _groups(listing: Listing) -> Sequence[Group]:
    order = (
        (lambda entry: entry.reading) if listing.site.language == "ja" else (lambda entry: entry.title.en.casefold())
    )
    return [group._replace(entries=sorted(group.entries, key=order)) for group in listing.by_code("domain")]


def _columns(listing: Listing) -> Columns:
    japanese = listing.site.language == "ja"

    def other(entry: Term) -> Markup:
        word = entry.title.en if japanese else entry.title.ja
        return Markup('<span lang="{}">{}</span>').format("en" if japanese else "ja", html(word))

    name = listing.name_column(lambda entry: html(entry.reading) if japanese else NOTHING)
    heading = listing.site.labels.field(Term, "en" if japanese else "ja")
    meaning = Column(
        listing.site.labels.field(Term, "summary"), lambda entry: listing.values.name(entry.summary), "ev-wide"
    )
    return (name, Column(heading, other), "abbreviations", meaning)


RENDERER = Renderer(
    badges=(),
    facts=("reading", "abbreviations", "domain", "preferred", "usage_basis"),
    sections=_sections,
    groups=_groups,
    columns=_columns,
)
