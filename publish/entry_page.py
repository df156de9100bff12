"""The page of one entry."""

from __future__ import annotations

from markupsafe import Markup

from kb.models.core import Entry
from kb.problems import Language, shorten
from publish import citation, claims_back, common_sections, reverse_links
from publish.out_of_step import STYLES as OUT_OF_STEP_STYLES
from publish.page import Page, block, heading
from publish.places import path_of, twin_path
from publish.renderers import lead_words, renderer_of
from publish.safe_text import paragraphs
from publish.search_words import hidden_words
from publish.see_also import see_also
from publish.signatures import signed_words
from publish.site import Site
from publish.stated_section import stated
from publish.stated_words import STYLES as STATED_STYLES
from publish.structured_data import entry_node, script
from publish.templating import render
from publish.values import NOTHING
from publish.view import Section, View

#: Search engines cut descriptions off at about this many characters.
_DESCRIPTION_LENGTH = 200


def entry_page(site: Site, entry: Entry) -> Page:
    """The page of ``entry`` in the site's language."""
    view = View(site, entry)
    parts = [_head(view)]
    for section in _sections(view):
        parts += [heading(section.heading, section.anchor), block(section.html)]
    parts += [block(hidden_words(site, entry)), block(script(entry_node(site, entry)))]
    return Page(
        path=path_of(entry),
        title=site.title(entry),
        description=shorten(lead_words(site, entry) + site.text(entry.summary), _DESCRIPTION_LENGTH),
        body="\n\n".join(parts) + "\n",
        styles=_styles(view),
        scripts=citation.SCRIPTS,
        meta={"hide": ["navigation"], "evreg": {"json": twin_path(entry), "collection": entry.COLLECTION}},
    )


def _sections(view: View) -> list[Section]:
    renderer = renderer_of(view.entry.COLLECTION)
    own = [section for section in renderer.sections(view) if section]
    facts = view.facts(renderer.facts)
    view.facts(renderer.badges)
    facts += view.facts(view.unshown())
    panel = Section("facts", view.site.labels.say("facts"), render("facts", facts=facts) if facts else NOTHING)
    found = [
        panel if facts else None,
        *own,
        *reverse_links.sections(view),
        claims_back.section(view),
        stated(view),
        common_sections.conflicts(view),
        view.bullets("open_questions"),
        view.bullets("notes"),
        _out_of_step(view),
        see_also(view),
        common_sections.sources(view),
        common_sections.review(view),
        citation.cite_box(view),
    ]
    return [section for section in found if section]


def _out_of_step(view: View) -> Section | None:
    found = view.out_of_step.section()
    return Section("out-of-step", *found) if found else None


def _head(view: View) -> str:
    entry, site, say = view.entry, view.site, view.site.labels.say
    other: Language = "en" if site.language == "ja" else "ja"
    return str(
        render(
            "head",
            root=view.place.root,
            home=say("home"),
            collection=entry.COLLECTION,
            collection_name=site.labels.collection(entry.COLLECTION),
            title=site.title(entry),
            original=entry.title.original,
            origin=entry.origin,
            other_title=getattr(entry.title, other) if getattr(entry.title, other) != site.title(entry) else None,
            other_language=other,
            badges=_badges(view),
            withdrawn=entry.withdrawn is not None,
            withdrawn_words=say("withdrawn_banner"),
            withdrawn_on=view.values.date(entry.withdrawn.on) if entry.withdrawn else NOTHING,
            withdrawn_reason=view.values.name(entry.withdrawn.reason) if entry.withdrawn else NOTHING,
            lead_words=lead_words(site, entry),
            lead=paragraphs(site.text(entry.summary)),
            notice=view.out_of_step.head_notes() + renderer_of(entry.COLLECTION).notice(view),
        )
    )


def _badges(view: View) -> list[Markup]:
    """What the reader should know before reading on: status and force, confidence, review with its date."""
    values, entry, labels = view.values, view.entry, view.site.labels
    renderer = renderer_of(entry.COLLECTION)
    own = [*renderer.more_badges(view), *(_badge(view, name) for name in renderer.badges)]
    found = [
        *own,
        render(
            "standing",
            confidence=values.field(entry, "confidence"),
            confidence_words=labels.say(renderer.confidence_words),
            review=values.field(entry.review, "status"),
            review_words=labels.say("review"),
            verified=values.date(entry.review.verified),
            verified_words=labels.say("verified_short"),
        ),
        signed_words(values, entry),
    ]
    return [badge for badge in found if badge]


def _badge(view: View, name: str) -> Markup:
    return Markup(" ").join(part for part in (view.values.field(view.entry, name), view.stated.mark(name)) if part)


def _styles(view: View) -> tuple[str, ...]:
    stated_styles = STATED_STYLES if view.stated.statements else ()
    step_styles = OUT_OF_STEP_STYLES if view.out_of_step.stale else ()
    own = renderer_of(view.entry.COLLECTION).styles
    return tuple(dict.fromkeys((*citation.STYLES, *own, *stated_styles, *step_styles)))
