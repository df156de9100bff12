"""Pages computed from the whole knowledge base: comparisons, matrices, dashboards. One module for each kind of page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from publish import datatables
from publish.charts import library
from publish.computed import (
    bot,
    changes,
    compare,
    data_files,
    data_quality,
    feeds,
    gaps,
    guidelines_explorer,
    harmonisation,
    matrix,
    pathways,
    process_chain,
    timeline,
    trials_dashboard,
    trials_explorer,
    world_map,
)
from publish.page import Page
from publish.site import Site


def _no_files(_: Site) -> Mapping[str, str | bytes]:
    return {}


class Computed(NamedTuple):
    """What one kind of page adds to the site."""

    #: Its pages in the site's language.
    pages: Callable[[Site], Iterable[Page]]
    #: Path below the root of the whole site -> content, for what the pages' scripts and links fetch.
    files: Callable[[Site], Mapping[str, str | bytes]] = _no_files


#: Every kind of computed page; adding one means adding a line here.
COMPUTED: tuple[Computed, ...] = (
    Computed(pathways.pages, pathways.files),
    Computed(world_map.pages),
    Computed(process_chain.pages),
    Computed(compare.pages, compare.files),
    Computed(data_files.pages, data_files.files),
    Computed(library.pages, library.files),
    Computed(datatables.pages, datatables.files),
    Computed(trials_dashboard.pages, trials_dashboard.files),
    Computed(trials_explorer.pages),
    Computed(guidelines_explorer.pages, guidelines_explorer.files),
    Computed(matrix.pages, matrix.files),
    Computed(harmonisation.pages, harmonisation.files),
    Computed(gaps.pages, gaps.files),
    Computed(timeline.pages),
    Computed(changes.pages),
    Computed(feeds.pages, feeds.files),
    Computed(data_quality.pages, data_quality.files),
    Computed(bot.pages),
)


def computed_pages(site: Site) -> Iterator[Page]:
    """All computed pages in the site's language."""
    for kind in COMPUTED:
        yield from map(_found_by_its_head, kind.pages(site))


def _found_by_its_head(page: Page) -> Page:
    """The reader's search knows a computed page by its title and lead; the rest repeats what entries say."""
    head, indexed = '<div class="ev ev-head">', '<div class="ev ev-head" data-pagefind-body>'
    kind = '<i hidden data-pagefind-filter="collection:pages"></i>'
    body = page.body.replace(head, indexed + kind, 1)
    return replace(page, body=body, meta={**page.meta, "search": {"exclude": True}})


def computed_files(site: Site) -> dict[str, str | bytes]:
    """All files beside the computed pages in the site's language."""
    return {path: content for kind in COMPUTED for path, content in kind.files(site).items()}
