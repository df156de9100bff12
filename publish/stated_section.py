"""The section of an entry's page that tells what live sources state now, and the conflicts that follow from it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from kb.analysis.stated import StatedFact, Statement
from kb.models.base import PARTIAL_DATE
from kb.observed import Observation
from publish.safe_text import html
from publish.stated_words import ANCHOR
from publish.tables import Column, table
from publish.templating import render
from publish.values import NOTHING
from publish.view import Section, View


def stated(view: View) -> Section | None:
    """Each source with what it states; what agrees with the entry is folded away."""
    words = view.stated
    if not words.statements:
        return None
    shown = [_statement(view, statement) for statement in words.statements]
    content = render("stated", about=words.say("about"), statements=shown)
    return Section(ANCHOR, words.say("title"), content)


def _statement(view: View, statement: Statement) -> dict[str, Any]:
    words, observation = view.stated, statement.observation
    rows, agreeing = statement.related("differs", "adds", "dated"), statement.related("agrees")
    attribution = words.attribution(observation)
    return {
        "source": words.link(observation),
        "seen": words.say.html("seen", day=view.values.date(observation.retrieved)),
        "version": _version(view, observation),
        "table": table(view.values, rows, _columns(view, statement)) if rows else NOTHING,
        "agree_words": words.say("agree", n=len(agreeing)),
        "agreeing": [(words.field(fact), words.stated(statement, fact)) for fact in agreeing],
        "attribution": view.site.text(attribution) if attribution else "",
    }


def _version(view: View, observation: Observation) -> Markup:
    if not observation.source_version:
        return NOTHING
    dated = PARTIAL_DATE.match(observation.source_version)
    version = view.values.date(observation.source_version) if dated else html(observation.source_version)
    return view.stated.say.html("version", version=version)


def _columns(view: View, statement: Statement) -> tuple[Column, ...]:
    words = view.stated
    badge = Markup('<span class="ev-badge ev-{}">{}</span>')

    def beside(fact: StatedFact) -> Markup:
        return badge.format(fact.relation, words.say(f"relation_{fact.relation}"))

    return (
        Column(words.say("field"), lambda fact: html(words.field(fact)), "ev-name"),
        Column(words.say("states"), lambda fact: words.stated(statement, fact), "ev-wide"),
        Column(words.say("entry"), lambda fact: words.own(fact) or html("–"), "ev-wide"),
        Column(words.say("beside"), beside),
    )


def stated_conflicts(view: View) -> Iterator[dict[str, Any]]:
    """The fields of which a source says something else, as the template of conflicts shows them: the entry's value first."""
    words = view.stated
    fields: dict[str, list[tuple[Statement, StatedFact]]] = {}
    for statement in words.statements:
        for fact in statement.related("differs"):
            fields.setdefault(fact.field, []).append((statement, fact))
    for found in fields.values():
        own = _side(words.own(found[0][1]), html(words.say("entry_counts")))
        sides = [_side(words.stated(*pair), _who(view, pair[0].observation)) for pair in found]
        yield {"field": words.field(found[0][1]), "values": [own, *sides], "note": NOTHING}


def _who(view: View, observation: Observation) -> Markup:
    seen = view.stated.say.html("seen", day=view.values.date(observation.retrieved))
    return Markup("{} · {}").format(view.stated.link(observation), seen)


def _side(value: Markup, who: Markup) -> Markup:
    return Markup('{}<p class="ev-side-by">{}</p>').format(value, who)
