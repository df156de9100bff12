"""The parts that every entry's page has: conflicts, open questions, notes, sources, review."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from kb.models.core import Conflict, ConflictValue, Review, Source, Title
from publish.places import twin_path
from publish.safe_text import html, trusted, web_address
from publish.signatures import lapsed_note, signatures
from publish.stated_section import stated_conflicts
from publish.templating import render
from publish.values import NOTHING
from publish.view import Section, View


def conflicts(view: View) -> Section | None:
    """Disagreements between sources, side by side: those on record, and those with what live sources state now."""
    found: tuple[Conflict, ...] = view.take("conflicts")
    shown: list[dict[str, Any]] = [
        {
            "field": view.site.labels.field_path(view.entry.COLLECTION, conflict.field),
            "values": [_side(view, value) for value in conflict.values],
            "note": view.values.name(conflict.note) if conflict.note else NOTHING,
        }
        for conflict in found
    ]
    shown += stated_conflicts(view)
    if not shown:
        return None
    label = view.site.labels.field(Conflict, "note")
    return view.section("conflicts", render("conflicts", conflicts=shown, note_label=label))


def _side(view: View, value: ConflictValue) -> Markup:
    return view.values.name(value.value) + view.values.sources(value.sources)


def sources(view: View) -> Section | None:
    """The numbered sources with what each supports and how far it was read."""
    shown = [_source(view, source) for source in view.entry.sources]
    say = view.site.labels.say
    content = render("sources", sources=shown, supports_label=say("supports"), mirror_words=say("mirror_mark"))
    return view.section("sources", content)


def _source(view: View, source: Source) -> dict[str, Any]:
    values, say = view.values, view.site.labels.say
    address = source.url or (f"https://doi.org/{quote(source.doi, safe='/()')}" if source.doi else None)
    facts = [
        html(source.publisher) if source.publisher else NOTHING,
        values.date(source.published) if source.published else NOTHING,
        _labelled(view, "doi", source.doi),
        _labelled(view, "pmid", source.pmid),
        html(source.url) if source.url and web_address(source.url) is None else NOTHING,
        html(say("no_address")) if not address else NOTHING,
        values.outside(source.archived, say("archived_copy")) if source.archived else NOTHING,
        html(say("read_on")) + " " + values.date(source.accessed),
    ]
    named = [html(view.site.labels.field_path(view.entry.COLLECTION, name)) for name in source.supports]
    return {
        "key": source.key,
        "title": values.outside(address, source.title),
        "marks": [
            values.code("source-kinds", source.kind),
            values.code("reading-depths", source.read),
        ],
        "mirror": source.mirror,
        "facts": [fact for fact in facts if fact],
        "supports": trusted(("、" if view.site.language == "ja" else ", ").join(named))
        or html(say("supports_nothing_named")),
    }


def _labelled(view: View, name: str, value: str | None) -> Markup:
    if not value:
        return NOTHING
    return html(view.site.labels.field(Source, name)) + " " + view.values.identifier(name, value)


def review(view: View) -> Section:
    """Who examined the entry and when, its permanent address, and how to report a mistake."""
    entry, values, say = view.entry, view.values, view.site.labels.say
    state: Review = view.take("review")
    facts = [
        *((view.site.labels.field(Review, name), values.field(state, name)) for name in ("status", "verified", "due")),
        *view.facts(("confidence", "origin")),
        (view.site.labels.field(Title, "translated"), values.field(entry.title, "translated")),
        *view.facts(("id", "aliases")),
        (say("permalink"), trusted(f'<a href="./">/{view.place.path}</a>')),
    ]
    report, outside = report_address(view)
    content = render(
        "review",
        facts=[(label, value) for label, value in facts if value],
        note=lapsed_note(values, entry),
        reviewers=signatures(values, entry) or [html(say("editor_no_reviewer"))],
        report=report,
        report_outside=outside,
        report_words=say("report"),
        json=f"{view.place.site_root}{twin_path(entry)}",
        json_words=say("json_long"),
    )
    return Section("about-entry", say("about_entry"), content)


def report_address(view: View) -> tuple[str, bool]:
    """Where a mistake is reported, and whether that is outside the site."""
    site, entry = view.site, view.entry
    if site.report_url:
        filled = site.report_url
        for name, value in (("{collection}", entry.COLLECTION), ("{id}", entry.id), ("{language}", site.language)):
            filled = filled.replace(name, quote(value, safe=""))
        return filled, True
    return f"{view.place.root}report/?entry={entry.COLLECTION}/{entry.id}", False
