"""schema.org ``ClaimReview`` of claims that an authority itself contradicts; the atlas's own assessments never become one."""

from __future__ import annotations

from kb.analysis.claim_links import judgments
from kb.models.claims import Claim
from kb.models.enforcement import EnforcementAction
from publish.data import edition
from publish.safe_text import web_address
from publish.site import Site
from publish.structured_entities import Node, filled, organization


def claim_reviews(site: Site, claim: Claim) -> list[Node] | None:
    """One review for each act of :func:`kb.analysis.claim_links.judgments`; None when there is none.

    The author is the authority that the act's entry names. There is no ``reviewRating``: authorities rate nothing here,
    and the entry's assessment is the atlas's. ``sdPublisher`` says who made the markup, which the page repeats in words.
    """
    return [_review(site, claim, judgment.act) for judgment in judgments(site.kb, claim)] or None


def _review(site: Site, claim: Claim, act: EnforcementAction) -> Node:
    return filled(
        {
            "@type": "ClaimReview",
            "url": web_address(act.url),
            "name": site.title(act),
            "claimReviewed": site.text(claim.summary),
            "author": organization(site.text(act.authority)),
            "datePublished": act.date,
            "itemReviewed": {"@type": "Claim", "name": site.title(claim)},
            "sdPublisher": organization(edition.AUTHOR_EN),
        }
    )
