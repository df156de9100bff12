"""The way from the list page of a collection to its explorer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from markupsafe import Markup

from publish.listing import Listing

#: Collection -> sheet and key of the title of its explorer, ``/explore/<collection>/``.
EXPLORED: Final[Mapping[str, tuple[str, str]]] = {
    "enforcement": ("enforcement", "title"),
    "guidelines": ("explorer", "guidelines_title"),
    "safety-events": ("safety", "title"),
    "surveys": ("surveys", "title"),
    "trials": ("explorer", "trials_title"),
}


def explorer_link(listing: Listing) -> Markup:
    """A link to the explorer of the list's collection.

    Raises:
        KeyError: when the collection has no explorer.
    """
    words = listing.site.labels.phrase(*EXPLORED[listing.collection])
    address = f"{listing.place.root}explore/{listing.collection}/"
    return Markup('<p class="ev-actions"><a class="ev-action" href="{}">{}</a></p>').format(address, words)
