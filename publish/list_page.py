"""The list page of a collection."""

from __future__ import annotations

from publish.listing import Listing
from publish.page import Page, block, heading
from publish.renderers import renderer_of
from publish.safe_text import html
from publish.site import Site
from publish.templating import render


def list_page(site: Site, collection: str) -> Page:
    """Every entry of ``collection`` in groups."""
    listing, renderer, labels = Listing(site, collection), renderer_of(collection), site.labels
    groups, columns = renderer.groups(listing), renderer.columns(listing)
    head = render(
        "listing_head",
        root=listing.place.root,
        home=labels.say("home"),
        title=labels.collection(collection),
        count=str(len(listing.entries)),
        about=labels.about(collection),
        jump=labels.say("jump"),
        groups=[
            {"anchor": group.anchor, "heading": group.heading, "count": str(len(group.entries))} for group in groups
        ],
    )
    parts = [str(head)]
    for group in groups:
        parts += [
            heading(f"{group.heading} ({len(group.entries)})", group.anchor),
            block(listing.table(group.entries, columns), "ev-list"),
        ]
    if not groups:
        parts.append(block(html(labels.say("none_here"))))
    return Page(
        path=listing.place.path,
        title=labels.collection(collection),
        description=labels.about(collection),
        body="\n\n".join(parts) + "\n",
        meta={"hide": ["toc"], "search": {"exclude": True}},
    )
