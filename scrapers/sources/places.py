"""At which entry a notice is shown that is about none of them."""

from __future__ import annotations

from scrapers.source import Visit

#: Profile of the United States.
UNITED_STATES = "jurisdictions/us"


def shown_at(visit: Visit, *preferred: str) -> str:
    """The first of ``preferred`` (collection and id) that exists, else the first entry of the knowledge base."""
    for entry in preferred:
        collection, _, id_ = entry.partition("/")
        found = visit.kb.resolve(id_, collection)
        if found is not None:
            return f"{found.COLLECTION}/{found.id}"
    first = next(iter(visit.kb), None)
    return preferred[0] if first is None else f"{first.COLLECTION}/{first.id}"
