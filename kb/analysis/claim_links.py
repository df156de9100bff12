"""From trials, harm and official acts back to the claims, and the official acts on which an assessment rests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

from kb.analysis.claim_knowledge import Basis, claim_knowledge
from kb.knowledge_base import Key, KnowledgeBase, key_of, standing
from kb.models.claims import Claim
from kb.models.core import Entry, Source
from kb.models.enforcement import EnforcementAction
from kb.models.guidelines import Requirement

#: As :data:`kb.analysis.claim_knowledge.Basis`; «source»: the claim cites the official copy of the act.
Tie = Basis | Literal["source"]
#: The one assessment by which sources contradict a claim; the others weigh evidence, which is the atlas's own work.
CONTRADICTED: Final = "false"
#: How far a requirement was read for it to count as what the authority says, not as somebody's inference from it.
_READ: Final = frozenset({"text", "summary"})
#: Category of a claim -> topics on which an authority must have spoken to have judged it; advertising for the others.
_MATTERS: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "safety-claim": frozenset({"safety"}),
        "quality-claim": frozenset({"quality-attributes", "manufacturing", "labelling"}),
        "regulatory-claim": frozenset({"advertising", "classification"}),
    }
)
_ADVERTISING: Final = frozenset({"advertising"})


class TiedClaim(NamedTuple):
    """A claim with what ties an entry to it, the firmest first."""

    claim: Claim
    ties: tuple[Tie, ...]


class TiedAct(NamedTuple):
    """An official act with what ties it to a claim, the firmest first."""

    act: EnforcementAction
    ties: tuple[Tie, ...]


class Judgment(NamedTuple):
    """An official act in which an authority itself contradicts a claim."""

    act: EnforcementAction
    #: What the act says of the matter.
    said: tuple[Requirement, ...]


def acts_of(kb: KnowledgeBase, claim: Claim) -> tuple[TiedAct, ...]:
    """The acts that a claim names, cites, or shares a rule with; in this order, the newest first."""
    ties: dict[str, tuple[Tie, ...]] = {linked.act.id: linked.bases for linked in claim_knowledge(kb, claim).acts}
    for act in _cited(kb, claim):
        others = ties.get(act.id, ())
        ties[act.id] = (
            *(tie for tie in others if tie == "named"),
            "source",
            *(tie for tie in others if tie != "named"),
        )
    found = [TiedAct(kb.enforcement[id_], bases) for id_, bases in ties.items()]
    found.sort(key=lambda tied: tied.act.date or "", reverse=True)
    return tuple(sorted(found, key=lambda tied: ("named", "source", "rule").index(tied.ties[0])))


def judgments(kb: KnowledgeBase, claim: Claim) -> tuple[Judgment, ...]:
    """The official acts in which an authority itself contradicts a claim, the newest first.

    The rule: the assessment is :data:`CONTRADICTED`; a primary source that supports it was read and is the official copy
    of the act; and what the act says of the claim's matter was read as well. A rule that a claim merely touches is no
    judgment, and neither is an assessment that weighs evidence.
    """
    if claim.withdrawn or claim.assessment.value != CONTRADICTED:
        return ()
    matters = _MATTERS.get(claim.category, _ADVERTISING)
    found = []
    for act in _cited(kb, claim, "assessment"):
        said = tuple(item for item in act.requirements if item.topic in matters and item.basis in _READ)
        if said and not act.official_copy_to_find:
            found.append(Judgment(act, said))
    return tuple(sorted(found, key=lambda judgment: judgment.act.date or "", reverse=True))


@lru_cache(maxsize=1)
def claims_by_entry(kb: KnowledgeBase) -> Mapping[Key, tuple[TiedClaim, ...]]:
    """Trials, safety events and official acts -> the claims they are tied to; computed once for a knowledge base."""
    found: dict[Key, list[TiedClaim]] = {}
    for claim in standing(kb.claims.values()):
        for entry, ties in _tied(kb, claim):
            found.setdefault(key_of(entry), []).append(TiedClaim(claim, ties))
    return MappingProxyType({key: tuple(claims) for key, claims in found.items()})


def _tied(kb: KnowledgeBase, claim: Claim) -> Iterator[tuple[Entry, tuple[Tie, ...]]]:
    known = claim_knowledge(kb, claim)
    for trial in (*known.trials.trials, *known.trials.without_number):
        yield trial, ("use",)
    for linked in known.events:
        yield linked.event, linked.bases
    for tied in acts_of(kb, claim):
        yield tied.act, tied.ties


def _cited(kb: KnowledgeBase, claim: Claim, field: str = "") -> Iterator[EnforcementAction]:
    """Acts whose official copy is a primary source of the claim that was read, and supports ``field`` if one is given."""
    copies = {address for source in claim.sources if (address := _official(source, field))}
    for act in standing(kb.enforcement.values()):
        if act.url and _same(act.url) in copies:
            yield act


def _official(source: Source, field: str) -> str | None:
    read = source.kind == "primary" and source.read != "not-read" and not source.mirror
    return _same(source.url) if read and source.url and (not field or field in source.supports) else None


def _same(address: str) -> str:
    """An address without what does not change the page."""
    return address.partition("#")[0].rstrip("/")
