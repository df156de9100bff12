"""One module per collection: what its pages show, in which order, and how its list is grouped."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from publish.renderers.renderer import Renderer


@cache
def renderer_of(collection: str) -> Renderer:
    """The renderer of a collection.

    Raises:
        ModuleNotFoundError: when a collection has no renderer; a test looks for that.
    """
    module = import_module(f"publish.renderers.{collection.replace('-', '_')}")
    found: Renderer = module.RENDERER
    return found
