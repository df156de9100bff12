"""Pages computed from the whole knowledge base: comparisons, matrices, dashboards. One module for each kind of page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from publish import browser_libraries
from publish.computed import (
    before_you_pay,
    bot,
    changes,
    claim_checker,
    compare,
    data_files,
    data_quality,
    enforcement_explorer,
    feeds,
    gaps,
    guidelines_explorer,
    harmonisation,
    matrix,
    pathways,
    process_chain,
    report_harm,
    review,
    safety_explorer,
    search_protocol,
    survey_figures,
    timeline,
    translation_parity,
    trials_dashboard,
    trials_explorer,
    uses,
    world_map,
)
from publish.page import Page
from publish.site import Site


def _no_pages(_: Site) -> Iterable[Page]:
    return ()


def _no_files(_: Site) -> Mapping[str, str | bytes]:
    return {}


class Computed(NamedTuple):
    """What one kind of page adds to the site."""

    #: Its pages in the site's language.
    pages: Callable[[Site], Iterable[Page]] = _no_pages
    #: Path below the root of the whole site -> content, for what the pages' scripts and links fetch.
    files: Callable[[Site], Mapping[str, str | bytes]] = _no_files


#: Every kind of computed page; adding one means adding a line here.
COMPUTED: tuple[Computed, ...] = (
    Computed(before_you_pay.pages, before_you_pay.files),
    Computed(report_harm.pages),
    Computed(pathways.pages, pathways.files),
    Computed(world_map.pages),
    Computed(process_chain.pages),
    Computed(compare.pages, compare.files),
    Computed(data_files.pages, data_files.files),
    Computed(files=browser_libraries.files),
    Computed(trials_dashboard.pages, trials_dashboard.files),
    Computed(trials_explorer.pages),
    Computed(guidelines_explorer.pages, guidelines_explorer.files),
    Computed(enforcement_explorer.pages, enforcement_explorer.files),
    Computed(safety_explorer.pages, safety_explorer.files),
    Computed(survey_figures.pages, survey_figures.files),
    Computed(matrix.pages, matrix.files),
    Computed(harmonisation.pages, harmonisation.files),
    Computed(gaps.pages, gaps.files),
    Computed(timeline.pages),
    Computed(changes.pages),
    Computed(claim_checker.pages, claim_checker.files),
    Computed(uses.pages),
    Computed(feeds.pages, feeds.files),
    Computed(data_quality.pages, data_quality.files),
    Computed(review.pages, review.files),
    Computed(translation_parity.pages, translation_parity.files),
    Computed(bot.pages),
    Computed(search_protocol.pages, search_protocol.files),
)


def computed_pages(site: Site) -> Iterator[Page]:
    """All computed pages in the site's language."""
    for kind in COMPUTED:
        yield from map(_found_by_its_head, kind.pages(site))


def _found_by_its_head(page: Page) -> Page:
    """The reader's search knows a computed page by its head (``page_head``); the rest repeats what entries say."""
    return replace(page, meta={**page.meta, "search": {"exclude": True}})


def computed_files(site: Site) -> Iterator[tuple[str, str | bytes]]:
    """Path and content of all files beside the computed pages in the site's language."""
    for kind in COMPUTED:
        yield from kind.files(site).items()
