"""The list page of a collection."""

from __future__ import annotations

from publish.listing import Listing
from publish.page import Page, block, heading
from publish.page_head import page_head
from publish.renderers import renderer_of
from publish.safe_text import html
from publish.site import Site


def list_page(site: Site, collection: str) -> Page:
    """Every entry of ``collection`` in groups."""
    listing, renderer, labels = Listing(site, collection), renderer_of(collection), site.labels
    groups, columns = renderer.groups(listing), renderer.columns(listing)
    head = page_head(
        site,
        listing.place.root,
        labels.collection(collection),
        labels.about(collection),
        template="listing_head",
        count=str(len(listing.entries)),
        jump=labels.say("jump"),
        groups=[
            {"anchor": group.anchor, "heading": group.heading, "count": str(len(group.entries))} for group in groups
        ],
    )
    before = renderer.before_list(listing)
    parts = [head, block(before)] if before else [head]
    for group in groups:
        parts += [
            heading(f"{group.heading} ({len(group.entries)})", group.anchor),
            block(listing.table(group.entries, columns), f"ev-list {group.style}".rstrip()),
        ]
    if not groups:
        parts.append(block(html(labels.say("none_here"))))
    return Page(
        path=listing.place.path,
        title=labels.collection(collection),
        description=labels.about(collection),
        body="\n\n".join(parts) + "\n",
        styles=renderer.list_styles,
        meta={"hide": ["toc"], "search": {"exclude": True}},
    )
