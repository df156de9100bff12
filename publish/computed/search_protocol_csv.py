"""Every record that a search found, with what became of it, as CSV."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kb.analysis.search_protocol import SourceProtocol
from kb.searches import Search
from publish.csv_text import Cell, safe_csv
from publish.phrases import Phrases
from publish.safe_text import visible
from publish.site import Site


def search_protocol_csv(site: Site, kept: Sequence[SourceProtocol]) -> bytes:
    """One row for each record of each search; headings and reasons in the site's language."""
    say = Phrases(site, "search_protocol")
    headings = [say(name) for name in ("source", "search", "query", "on", "records", "outcome", "reason")]
    rows = (row for item in kept for search in item.searches for row in _rows(site, search))
    return safe_csv(headings, rows)


def _rows(site: Site, search: Search) -> Iterator[tuple[Cell, ...]]:
    say = Phrases(site, "search_protocol")
    start = (search.source, search.key, visible(search.query), search.on)
    for outcome in ("known", "proposed"):
        for id_ in getattr(search, outcome):
            yield *start, visible(id_), say(f"outcome_{outcome}"), None
    for item in search.excluded:
        yield *start, visible(item.id), say("outcome_excluded"), visible(site.text(item.reason))
