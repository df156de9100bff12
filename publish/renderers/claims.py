"""Claims: what is asserted, what is known, how common it is, which trials, harm, rules and acts there are, what to ask."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import cast

from markupsafe import Markup

from kb.analysis.claim_knowledge import claim_knowledge
from kb.models.claims import Assessment, Claim
from publish.claims_back import SHEET
from publish.listing import Group, Listing
from publish.phrases import Phrases
from publish.renderers import claim_list
from publish.renderers.claim_detection import detection
from publish.renderers.claim_record import acts_section, common_section, harm_section, trials_section
from publish.renderers.claim_rules import rules_section
from publish.renderers.renderer import Renderer
from publish.safe_text import html, trusted
from publish.templating import render
from publish.values import NOTHING
from publish.view import Section, View

_STYLES = ("assets/styles/folded.css", "assets/styles/claims.css")


def _sections(view: View) -> Iterable[Section | None]:
    claim = cast("Claim", view.entry)
    known = claim_knowledge(view.site.kb, claim)
    yield _assessment(view)
    yield view.prose("what_is_known")
    yield view.prose("why_it_matters")
    yield view.bullets("questions")
    yield common_section(view)
    yield trials_section(view, known.trials)
    yield harm_section(view, known.events)
    yield rules_section(view)
    yield acts_section(view, claim)
    yield view.section("wording", _wording(view) + detection(view))


def _assessment(view: View) -> Section | None:
    found: Assessment = view.take("assessment")
    content = Markup('<div class="ev-assessment"><p>{}</p>{}</div>').format(
        view.values.field(found, "value"), view.values.prose(found.reason)
    )
    return view.section("assessment", content)


def _badge(view: View) -> Sequence[Markup]:
    return (view.values.field(cast("Claim", view.entry).assessment, "value"),)


def _notice(view: View) -> Markup:
    """What the page is not, the day of its facts, and where to go with an advertisement in hand."""
    say, root = Phrases(view.site, SHEET), view.place.root
    return render(
        "claim_notice",
        words=say.html("notice", day=view.values.date(view.entry.review.verified)),
        actions=[(say("check"), f"{root}check/"), (say("before"), f"{root}before-you-pay/")],
    )


def _wording(view: View) -> Markup:
    entry = cast("Claim", view.entry)
    phrases = [(language, phrase) for language in ("ja", "en") for phrase in getattr(entry.wording, language)]
    if view.site.language == "en":
        phrases.sort(key=lambda pair: pair[0])
    shown = "".join(Markup('<li lang="{}">{}</li>').format(language, html(phrase)) for language, phrase in phrases)
    return trusted(f'<ul class="ev-phrases">{shown}</ul>') if shown else NOTHING


def _groups(listing: Listing) -> Sequence[Group]:
    return [group._replace(style=claim_list.classes(group.entries)) for group in listing.by_code("category")]


RENDERER = Renderer(
    badges=(),
    facts=("category", "indications", "routes"),
    sections=_sections,
    groups=_groups,
    columns=claim_list.columns,
    lead_words="asserted_in_advertising",
    confidence_words="confidence_of_assessment",
    more_badges=_badge,
    notice=_notice,
    before_list=claim_list.before_list,
    styles=_STYLES,
    list_styles=_STYLES,
)
