"""One module per collection: what its pages show, in which order, and how its list is grouped."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from kb.models.core import Entry
from publish.renderers.renderer import Renderer
from publish.site import Site


@cache
def renderer_of(collection: str) -> Renderer:
    """The renderer of a collection.

    Raises:
        ModuleNotFoundError: when a collection has no renderer; a test looks for that.
    """
    module = import_module(f"publish.renderers.{collection.replace('-', '_')}")
    found: Renderer = module.RENDERER
    return found


def lead_words(site: Site, entry: Entry) -> str:
    """What must be said before the summary, so that an advertiser's words are not taken for the atlas's own."""
    words = renderer_of(entry.COLLECTION).lead_words
    return site.labels.say(words) if words else ""
