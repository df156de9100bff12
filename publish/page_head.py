"""The head of a page that is no entry: the way to it, its title, its lead, and where to go from there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from publish.site import Site
from publish.templating import render

#: Words and address.
Link = tuple[str, str]


def page_head(
    site: Site,
    root: str,
    title: str,
    lead: str,
    *,
    crumbs: Sequence[Link] = (),
    links: Sequence[Link] = (),
    template: str = "page_head",
    **shown: Any,
) -> str:
    """The head as one block; for a computed page it is all that the reader's search knows of it.

    Args:
        site: Its language.
        root: From the page to the root of its language (:attr:`publish.places.Place.root`).
        title: As text.
        lead: As text, or as markup.
        crumbs: The pages between home and this one.
        links: Sections of the page and related pages.
        template: ``page_head`` or one that extends it.
        shown: What that template shows besides.
    """
    way = [(site.labels.say("home"), root), *crumbs]
    return str(render(template, crumbs=way, title=title, lead=lead, links=links, root=root, **shown))
