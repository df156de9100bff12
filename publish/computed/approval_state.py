"""What is on record about approval, in plain words: who says that nothing is approved, trials, open ways to approval."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from kb.analysis.approval import Approval
from kb.knowledge_base import standing
from publish.computed.harm_records import folded
from publish.phrases import Phrases
from publish.safe_text import trusted
from publish.site import Site
from publish.tables import Column, table
from publish.values import NOTHING, Values

#: Vesicles of bacteria, of which vaccines are made.
_BACTERIAL = "omv"


def approved_section(site: Site, values: Values, found: Approval) -> Iterator[Markup]:
    """What the page says of approval, part by part; every figure says what it counts, and as of when."""
    say = Phrases(site, "before_you_pay")
    if found.statements:
        yield Markup("<p>{}</p>").format(say("approved_intro", n=len(found.statements)))
        columns = (
            Column(say("approved_says"), lambda said: values.name(said.requirement.statement), "ev-wide"),
            Column(say("approved_who"), lambda said: values.entry(said.document), "ev-wide"),
            Column(say("approved_where"), lambda said: values.field(said.document, "jurisdiction")),
            Column(say("approved_when"), lambda said: values.date(said.date) if said.date else NOTHING, "ev-narrow"),
        )
        yield folded(say("approved_more", n=len(found.statements)), table(values, found.statements, columns))
    else:
        yield Markup("<p>{}</p>").format(say("approved_intro_none"))
    trials = say("approved_trials", trials=found.trials, late=found.late_trials, reported=found.late_with_results)
    places = say("approved_open", places=found.places, open=found.open_places)
    unsettled = say("approved_unsettled", unsettled=found.unsettled_places)
    items = [
        _linked(trials, f"{values.root}trials/dashboard/", say("approved_trials_link")),
        _linked(f"{places} {unsettled}", f"{values.root}map/", say("approved_places_link")),
    ]
    vaccines = [
        product
        for product in standing(site.kb.products.values())
        if (product.kind, product.modality) == ("class", _BACTERIAL)
    ]
    if vaccines:
        names = trusted(", ".join(map(values.entry, vaccines)))
        items.append(Markup("{} {}").format(say("approved_vaccines"), names))
    yield values.items(items)
    if found.as_of:
        yield Markup("<p>{}</p>").format(say.html("approved_day", day=values.date(found.as_of)))


def _linked(words: str, address: str, link: str) -> Markup:
    return Markup('{} <a href="{}">{}</a>').format(words, address, link)
