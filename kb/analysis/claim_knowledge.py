"""What the knowledge base holds on a claim: trials for the use, harm, official acts, surveys, rules.

Links come from fields only; nothing is read out of prose. Withdrawn entries never count.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, Literal, NamedTuple

from kb.analysis.claim_trials import TrialsOfUse, trials_of_use
from kb.knowledge_base import KnowledgeBase, standing
from kb.models.claims import Claim, Frequency, RuleTouched
from kb.models.enforcement import EnforcementAction
from kb.models.guidelines import Guideline, Requirement
from kb.models.safety_events import SafetyEvent
from kb.models.surveys import Survey

#: Why an entry is linked, the firmest first: the claim names the act; the product was given for the use; the event led to an
#: act that the claim names; the act names a document whose rule the claim touches; products of the kind, same route.
Basis = Literal["named", "use", "act", "rule", "route"]
ORDER: Final[tuple[Basis, ...]] = ("named", "use", "act", "rule", "route")
#: «Context never counts as an EV event» (``SafetyEvent.ev_relevance``): neighbouring products and rules in general.
CONTEXT: Final = frozenset({"cell-product-context", "perinatal-product-only", "general-rule"})
#: Routes that say nothing of how a product was given.
_NO_ROUTES: Final = frozenset({"unspecified", "not-applicable", "multiple"})


class LinkedEvent(NamedTuple):
    """A safety event with what ties it to the claim."""

    event: SafetyEvent
    bases: tuple[Basis, ...]

    @property
    def is_context(self) -> bool:
        """Whether another kind of product was involved, so that it is shown for comparison only."""
        return self.event.ev_relevance in CONTEXT


class LinkedAct(NamedTuple):
    """An official act with what ties it to the claim."""

    act: EnforcementAction
    bases: tuple[Basis, ...]


class TouchedRule(NamedTuple):
    """A rule that the claim touches, resolved."""

    rule: RuleTouched
    document: Guideline | EnforcementAction
    #: None when the claim names the document as a whole.
    requirement: Requirement | None


class Counted(NamedTuple):
    """How common the claim was in a survey."""

    frequency: Frequency
    survey: Survey


class ClaimKnowledge(NamedTuple):
    """Everything linked to a claim."""

    trials: TrialsOfUse
    #: Firmest link first, then the newest; events with other products last.
    events: tuple[LinkedEvent, ...]
    #: Firmest link first, then the newest.
    acts: tuple[LinkedAct, ...]
    surveys: tuple[Counted, ...]
    rules: tuple[TouchedRule, ...]


def claim_knowledge(kb: KnowledgeBase, claim: Claim) -> ClaimKnowledge:
    """What the knowledge base holds on a claim."""
    rules = touched_rules(kb, claim)
    return ClaimKnowledge(
        trials_of_use(kb, claim), _events(kb, claim, rules), _acts(kb, rules), _surveys(kb, claim), rules
    )


def touched_rules(kb: KnowledgeBase, claim: Claim, jurisdiction: str | None = None) -> tuple[TouchedRule, ...]:
    """The rules that a claim touches, of one jurisdiction or of all, in the order of the claim."""
    found = []
    for rule in claim.rules:
        document = kb.resolve(rule.guideline, "guidelines", "enforcement")
        if not isinstance(document, Guideline | EnforcementAction) or document.withdrawn:
            continue
        if jurisdiction in (None, document.jurisdiction):
            asked = next(
                (item for item in document.requirements if rule.requirement and item.key == rule.requirement), None
            )
            found.append(TouchedRule(rule, document, asked))
    return tuple(found)


def _events(kb: KnowledgeBase, claim: Claim, rules: Iterable[TouchedRule]) -> tuple[LinkedEvent, ...]:
    named = {rule.document.id for rule in rules if isinstance(rule.document, EnforcementAction)}
    found = []
    for event in standing(kb.safety_events.values()):
        bases = tuple(_event_bases(event, claim, named))
        if bases:
            found.append(LinkedEvent(event, bases))
    found.sort(key=lambda linked: linked.event.date or "", reverse=True)
    return tuple(sorted(found, key=lambda linked: (linked.is_context, ORDER.index(linked.bases[0]))))


def _event_bases(event: SafetyEvent, claim: Claim, named: set[str]) -> Iterator[Basis]:
    if set(claim.indications).intersection(event.indications):
        yield "use"
    if named.intersection(event.related):
        yield "act"
    routes = set(claim.routes).intersection(event.routes) - _NO_ROUTES
    if routes and event.ev_relevance not in CONTEXT:
        yield "route"


def _acts(kb: KnowledgeBase, rules: Iterable[TouchedRule]) -> tuple[LinkedAct, ...]:
    touched = {rule.document.id for rule in rules}
    found = []
    for act in standing(kb.enforcement.values()):
        bases: list[Basis] = ["named"] if act.id in touched else []
        if touched.intersection(act.related):
            bases.append("rule")
        if bases:
            found.append(LinkedAct(act, tuple(bases)))
    found.sort(key=lambda linked: linked.act.date or "", reverse=True)
    return tuple(sorted(found, key=lambda linked: ORDER.index(linked.bases[0])))


def _surveys(kb: KnowledgeBase, claim: Claim) -> tuple[Counted, ...]:
    found = ((item, kb.surveys[item.survey]) for item in claim.frequency if item.survey in kb.surveys)
    return tuple(Counted(item, survey) for item, survey in found if not survey.withdrawn)
