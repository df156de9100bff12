"""From trials, safety events and official acts back to the claims of advertising: computed, never typed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from markupsafe import Markup

from kb.analysis.claim_links import TiedClaim, claims_by_entry
from kb.knowledge_base import key_of
from kb.models.claims import Claim
from publish.phrases import Phrases
from publish.safe_text import html, trusted
from publish.tables import Column, table
from publish.templating import render
from publish.values import NOTHING
from publish.view import Section, View

SHEET: Final = "claims"
#: Ties that hold for so many claims that they are folded away.
_WEAK: Final = frozenset({"rule", "route"})
#: Fields whose codes say for which use an entry and a claim meet.
_USES: Final = {"trials": "conditions", "safety-events": "indications"}


def section(view: View) -> Section | None:
    """The claims to which an entry is tied, with the reason; weak ties folded away."""
    collection = view.entry.COLLECTION
    if collection not in (*_USES, "enforcement") or view.entry.withdrawn:
        return None
    found = claims_by_entry(view.site.kb).get(key_of(view.entry), ())
    # An act that a claim names as a rule is listed with its requirement among the references to the act.
    strong = [tied for tied in found if tied.ties[0] not in _WEAK and tied.ties[0] != "named"]
    weak = [tied for tied in found if tied.ties[0] in _WEAK]
    if not strong and not weak:
        return None
    say = Phrases(view.site, SHEET)
    content = render(
        "claims_back",
        about=say(f"back_{collection}") if strong else "",
        firm=_table(view, say, strong) if strong else NOTHING,
        weak_words=say(f"back_weak_{collection}", n=len(weak)) if weak else "",
        weak=_table(view, say, weak) if weak else NOTHING,
    )
    return Section("claims", say("back"), content)


def _table(view: View, say: Phrases, found: Sequence[TiedClaim]) -> Markup:
    values, labels = view.values, view.site.labels
    columns = (
        Column(labels.one("claims"), lambda tied: values.entry(tied.claim), "ev-wide"),
        Column(labels.field(Claim, "assessment"), lambda tied: values.field(tied.claim.assessment, "value")),
        Column(say("tie"), lambda tied: _reason(view, say, tied), "ev-wide"),
    )
    return table(values, found, columns)


def _reason(view: View, say: Phrases, tied: TiedClaim) -> Markup:
    shared = set(getattr(view.entry, _USES.get(view.entry.COLLECTION, ""), ()))
    uses = [view.values.code("conditions", code) for code in tied.claim.indications if code in shared]
    if uses:
        return trusted((", " if view.site.language == "en" else "、").join(uses))
    return html(say(f"tie_{tied.ties[0]}"))
