"""Which routes to market a classification is tied to: only those that rest on the same documents or sources."""

from __future__ import annotations

from typing import NamedTuple

from kb.knowledge_base import KnowledgeBase
from kb.models.jurisdictions import Classification, Jurisdiction, Pathway


class Route(NamedTuple):
    """A pathway of the jurisdiction, with what it shares with a classification."""

    #: Its place in the entry, from 0.
    number: int
    pathway: Pathway
    #: Ids of the documents on which both rest.
    documents: tuple[str, ...]
    #: Keys of the entry's sources that support both.
    sources: tuple[str, ...]


def routes(kb: KnowledgeBase, profile: Jurisdiction, record: Classification) -> tuple[Route, ...]:
    """The pathways that share a document or a source with ``record``.

    The entries do not say which pathway belongs to which class. A shared document is a fact that a reader can check; anything
    more would be our guess.
    """
    own = {_present_id(kb, id_) for id_ in record.guidelines}
    found = []
    for number, pathway in enumerate(profile.pathways):
        theirs = dict.fromkeys(_present_id(kb, id_) for id_ in pathway.guidelines)
        shared = tuple(id_ for id_ in theirs if id_ in own)
        sources = tuple(key for key in pathway.sources if key in record.sources)
        if shared or sources:
            found.append(Route(number, pathway, shared, sources))
    return tuple(found)


def _present_id(kb: KnowledgeBase, id_: str) -> str:
    entry = kb.resolve(id_, "guidelines", "enforcement")
    return entry.id if entry else id_
