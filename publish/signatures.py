"""Sign-offs on pages: who stands behind an entry, with affiliation, conflict of interest, day, and whether it holds."""

from __future__ import annotations

from markupsafe import Markup

from kb.knowledge_base import key_of
from kb.models.core import Entry, SignOff
from kb.review.standing import Signature
from publish.phrases import Phrases
from publish.safe_text import html
from publish.site import Site
from publish.templating import render
from publish.values import NOTHING, Values

SHEET = "review"


def signatures(values: Values, entry: Entry) -> list[Markup]:
    """Each sign-off of an entry; empty when nobody has signed it."""
    standing = values.site.kb.standings.get(key_of(entry))
    return [signature(values, item) for item in standing.signatures] if standing else []


def signature(values: Values, item: Signature) -> Markup:
    """One sign-off, with the hash by which anybody can verify what was signed."""
    sign_off, site = item.sign_off, values.site
    label = site.labels.field
    facts = [
        (label(SignOff, "affiliation"), values.name(sign_off.affiliation)),
        (label(SignOff, "organisation"), organisation_name(site, sign_off.organisation)),
        (label(SignOff, "group"), group_name(site, sign_off.group)),
        (label(SignOff, "status"), values.field(sign_off, "status")),
        (label(SignOff, "on"), values.date(sign_off.on)),
        (label(SignOff, "conflict_of_interest"), values.name(sign_off.conflict_of_interest)),
        (site.labels.phrase(SHEET, "stands"), stands(site, item)),
        (label(SignOff, "hash"), Markup("<code>{}</code>").format(html(sign_off.hash))),
    ]
    return render(
        "signature",
        name=sign_off.name,
        orcid=values.identifier("orcid", sign_off.orcid),
        facts=[(words, value) for words, value in facts if value],
    )


def stands(site: Site, item: Signature) -> Markup:
    """Whether a sign-off covers the content as it is, and if not, why."""
    return html(site.labels.phrase(SHEET, f"stands_{item.fault or 'yes'}"))


def organisation_name(site: Site, organisation: str) -> Markup:
    """The name of a registered organisation; what the sign-off says when it is not registered."""
    known = site.kb.reviewers.organisations.get(organisation)
    return html(site.text(known)) if known else html(organisation)


def group_name(site: Site, code: str | None) -> Markup:
    """The name of a working group; the code itself when it is no longer registered."""
    if code is None:
        return NOTHING
    group = site.kb.reviewers.groups.get(code)
    return html(site.text(group)) if group else html(code)


def signed_words(values: Values, entry: Entry) -> Markup:
    """For the head of an entry's page: who signed the content as it is, or that it changed since; empty for drafts."""
    standing = values.site.kb.standings.get(key_of(entry))
    if standing is None:
        return NOTHING
    say = Phrases(values.site, SHEET)
    people = [_person(values, item) for item in standing.counting]
    return render(
        "signed", signed=say("signed_short"), people=people, lapsed=say("lapsed_short") if standing.lapsed else ""
    )


def _person(values: Values, item: SignOff) -> tuple[str, str, Markup]:
    return item.name, values.site.text(item.affiliation), values.date(item.on)


def lapsed_note(values: Values, entry: Entry) -> Markup:
    """That the sign-offs no longer cover the content; empty otherwise."""
    standing = values.site.kb.standings.get(key_of(entry))
    if standing is None or not standing.lapsed:
        return NOTHING
    status = values.site.label("review-states", standing.status)
    return Phrases(values.site, SHEET).html("lapsed_note", status=status)
