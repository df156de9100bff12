"""The list of claims: by category, with assessment, how common each is, and trials; a filter of anchors alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import partial

from markupsafe import Markup

from kb.analysis.before_paying import places_seen
from kb.analysis.claim_trials import trials_of_use
from kb.knowledge_base import standing
from kb.models.claims import Claim
from kb.models.core import Entry
from kb.statistics import as_of
from publish.claims_back import SHEET
from publish.listing import Listing
from publish.phrases import Phrases
from publish.places import path_of
from publish.safe_text import html, trusted
from publish.tables import Column, Columns
from publish.templating import render

_ASSESSMENTS = "claim-assessments"


def before_list(listing: Listing) -> Markup:
    """Where to go from here, and anchors that show one assessment alone (``docs/assets/styles/claims.css``)."""
    site, say = listing.site, Phrases(listing.site, SHEET)
    claims = [entry for entry in listing.entries if isinstance(entry, Claim)]
    counts = Counter(claim.assessment.value for claim in claims)
    root = listing.place.root
    return render(
        "claims_filter",
        actions=[
            (say("check"), f"{root}check/"),
            (say("before"), f"{root}before-you-pay/"),
            (say("uses"), f"{root}uses/"),
        ],
        only=say("only"),
        all_words=say("only_end"),
        choices=[
            {
                "code": code,
                "badge": listing.values.code(_ASSESSMENTS, code),
                "count": counts[code],
                "words": say("only_one", assessment=site.label(_ASSESSMENTS, code), n=counts[code], all=len(claims)),
            }
            for code in site.kb.vocabularies[_ASSESSMENTS]
            if counts[code]
        ],
        day=say.html("list_as_of", day=listing.values.date(as_of(standing(site.kb.trials.values()))))
        if len(site.kb.trials)
        else "",
    )


def classes(entries: Iterable[Entry]) -> str:
    """A class for each assessment in a group, by which the filter hides the groups that have none."""
    found = {entry.assessment.value for entry in entries if isinstance(entry, Claim)}
    return " ".join(f"ev-has-{code}" for code in sorted(found))


def columns(listing: Listing) -> Columns:
    """Claim with what it asserts, assessment, how common, trials for the use."""
    labels = listing.site.labels
    say = Phrases(listing.site, SHEET)
    return (
        listing.name_column(lambda entry: listing.values.name(entry.summary)),
        Column(labels.field(Claim, "assessment"), lambda entry: listing.values.field(entry.assessment, "value")),
        Column(say("list_common"), partial(_common, listing, say), "ev-wide"),
        Column(say("list_trials"), partial(_trials, listing, say), "ev-narrow"),
    )


def _common(listing: Listing, say: Phrases, claim: Claim) -> Markup:
    """What surveys counted, each with its survey; else in how many places the claim was seen."""
    values = listing.values
    if claim.frequency:
        return trusted("<br>").join(
            Markup('{} <small class="ev-sub">{}</small>').format(
                values.name(item.value), values.reference(item.survey, "surveys")
            )
            for item in claim.frequency
        )
    places = places_seen(claim)
    return html(say("list_place") if places == 1 else say("list_places", n=places)) if places else Markup("–")


def _trials(listing: Listing, say: Phrases, claim: Claim) -> Markup:
    if not claim.indications:
        return Markup('<small class="ev-sub">{}</small>').format(say("list_no_use"))
    number = len(trials_of_use(listing.site.kb, claim).trials)
    return Markup('<a href="{}{}#trials">{}</a>').format(listing.values.root, path_of(claim), number)
