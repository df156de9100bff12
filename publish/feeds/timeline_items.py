"""The rows of the timeline as items of feeds."""

from __future__ import annotations

from kb.analysis.timeline import Row, timeline
from kb.statistics import as_of
from publish.feeds.items import Item
from publish.places import path_of
from publish.site import Site
from publish.timeline_words import kind_word, places, said, subject


def timeline_items(site: Site) -> list[Item]:
    """Every row, the latest first."""
    today = as_of(site.kb)
    return [_item(site, row, today) for row in timeline(site.kb)]


def _item(site: Site, row: Row, today: str) -> Item:
    entry = subject(site, row)
    colon = ": " if site.language == "en" else ":"
    text = " / ".join(part for part in (kind_word(site, row.shown.kind), places(site, row), site.title(entry)) if part)
    return Item(
        name=row.name,
        # A date that may be partial has no field of its own in a feed.
        title=f"{row.date}{colon}{said(site, row)}",
        text=text,
        updated=max(site.kb.entry(key).review.verified for key in row.entries),
        published=row.date if row.exact and row.date <= today else None,
        path=path_of(entry),
        tags=(row.shown.kind, *row.jurisdictions),
        scopes=frozenset((*row.jurisdictions, *(key[0] for key in row.entries))),
    )
