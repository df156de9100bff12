"""The page of an explorer with charts: how to read its numbers, the table with its filters, the charts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from publish.charts import CHART_SCRIPTS, CHART_STYLES, Chart, figure
from publish.computed import explorer
from publish.page import Page, block, heading
from publish.page_head import Link, page_head
from publish.phrases import Phrases
from publish.safe_text import html, trusted
from publish.values import Values


class Explored(NamedTuple):
    """What one such page shows."""

    path: str
    #: Sheet of the phrases ``title``, ``description``, ``how``, ``table`` and ``charts``.
    sheet: str
    lead: Markup
    #: Number, words and address of the figures in the head.
    figures: Sequence[tuple[str, str, str]]
    #: Sections and related pages, besides those of this page.
    links: Sequence[Link]
    #: What readers must know of the numbers before they use them.
    cautions: Sequence[str | Markup]
    table: Markup
    charts: Sequence[Chart]


def explored_page(values: Values, shown: Explored) -> Page:
    """The page.

    Args:
        values: Of the page.
        shown: What it shows.
    """
    site, say = values.site, Phrases(values.site, shown.sheet)
    head = page_head(
        site,
        values.root,
        say("title"),
        shown.lead,
        links=[(say("table"), "#table"), (say("charts"), "#charts"), *shown.links],
        template="dashboard_head",
        figures=shown.figures,
    )
    parts = [
        head,
        heading(say("how"), "how"),
        block(values.items(map(html, shown.cautions)), "ev-cautions"),
        heading(say("table"), "table"),
        block(shown.table),
        heading(say("charts"), "charts"),
        block(drawn(values, shown.charts)),
    ]
    return Page(
        path=shown.path,
        title=say("title"),
        description=say("description"),
        body="\n\n".join(parts) + "\n",
        meta={"hide": ["navigation", "toc"]},
        styles=(*explorer.STYLES, *CHART_STYLES),
        scripts=(*explorer.SCRIPTS, *CHART_SCRIPTS),
    )


def drawn(values: Values, charts: Sequence[Chart]) -> Markup:
    """Charts side by side where there is room."""
    figures = trusted("".join(figure(values.site, values.root, chart) for chart in charts))
    return Markup('<div class="ev-charts">{}</div>').format(figures)
