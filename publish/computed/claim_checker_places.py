"""What the claim checker can say for each place: what must be stated there, and where to report or to ask."""

from __future__ import annotations

from markupsafe import Markup

from kb.analysis.claim_knowledge import touched_rules
from kb.claims import Checked, Specification
from kb.claims.disclosures import OFFERS, PRODUCT, Disclosures, disclosures_of, duties, reporting_places
from kb.claims.framing import Genre
from kb.knowledge_base import standing
from publish.computed.claim_checker_cards import SHEET
from publish.phrases import Phrases
from publish.safe_text import trusted
from publish.site import Site
from publish.templating import render
from publish.values import NOTHING, Values


def places_of(site: Site) -> list[tuple[str, str]]:
    """Code and name of every place with a profile or a rule that a claim touches, in the order of their names."""
    claims = standing(site.kb.claims.values())
    codes = {rule.document.jurisdiction for claim in claims for rule in touched_rules(site.kb, claim)}
    return sorted(
        ((code, site.label("jurisdictions", code)) for code in codes | set(site.profiles)), key=lambda place: place[1]
    )


def duty_lists(values: Values, spec: Specification) -> Markup:
    """For every place whose rules say something of it: what an advertisement has to state."""
    kb = values.site.kb
    found = ((code, disclosures_of(kb, spec, _offer_that_states_nothing(), code)) for code in duties(kb.root))
    return trusted("".join(_duty(values, code, asked) for code, asked in found if asked))


def reporting_lists(values: Values) -> Markup:
    """For every place with one on record: where to report or to ask."""
    return trusted("".join(_reporting(values, code) for code in values.site.profiles))


def _offer_that_states_nothing() -> Checked:
    return Checked("en", (), (), Genre(False, 0.0, OFFERS, ()), frozenset({PRODUCT}))


def _duty(values: Values, code: str, asked: Disclosures) -> Markup:
    site = values.site
    return render(
        "checker_duty",
        say=Phrases(site, SHEET),
        code=code,
        about=site.text(asked.duty.about),
        document=values.entry(asked.document) if asked.document else NOTHING,
        statements=[(statement.concept, site.text(statement.label)) for statement in asked.missing],
    )


def _reporting(values: Values, code: str) -> Markup:
    routes = reporting_places(values.site.kb, code)
    if not routes:
        return NOTHING
    shown = [(values.outside(route.url, values.site.text(route.body)), values.name(route.what)) for route in routes]
    return render("checker_reporting", code=code, routes=shown, profile=values.entry(values.site.profiles[code]))
