"""Atom (RFC 4287)."""

from __future__ import annotations

from typing import Any

from kb.problems import Language
from publish.feeds.items import Feed, Item, address, moment, urn
from publish.safe_text import visible

ENDING = ".xml"


def atom(feed: Feed, language: Language, site_url: str | None, nothing_since: str) -> bytes:
    """The feed as XML; the same bytes for the same entries.

    Args:
        feed: What to write.
        language: Of its texts.
        site_url: Address of the site; without it items have identifiers and no links.
        nothing_since: Date of the feed when it has no items; may be partial.
    """
    from feedgen.feed import FeedGenerator

    made: Any = FeedGenerator()
    made.id(urn("feed", feed.stem, language))
    made.title(visible(feed.title))
    made.updated(moment(max((item.updated for item in feed.items), default=nothing_since)))
    made.author({"name": "EVReg"})
    made.generator("EVReg")
    made.language(language)
    made.rights("CC BY 4.0")
    if site_url:
        made.link(href=address(site_url, language, feed.stem + ENDING), rel="self", type="application/atom+xml")
        made.link(href=address(site_url, language, feed.page), rel="alternate", type="text/html", replace=False)
    for item in feed.items:
        _entry(made.add_entry(order="append"), item, language, site_url)
    written: bytes = made.atom_str(pretty=True)
    return written


def _entry(made: Any, item: Item, language: Language, site_url: str | None) -> None:
    made.id(urn("item", item.name, language))
    # feedgen leaves titles and texts as type «text»: readers show markup in them literally.
    made.title(visible(item.title))
    made.content(visible(item.text) or visible(item.title), type="text")
    made.updated(moment(item.updated))
    if item.published:
        made.published(moment(item.published))
    link = address(site_url, language, item.path)
    if link:
        made.link(href=link, rel="alternate", type="text/html")
    for tag in item.tags:
        made.category({"term": visible(tag)})
