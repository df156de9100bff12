"""A chart on a page: the picture in the HTML, its numbers, its files; and the files themselves."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Final

from markupsafe import Markup

from publish.charts.chart import FONTS, Chart
from publish.charts.drawing import png, svg
from publish.charts.palette import PAPER, PROPERTIES, themed
from publish.csv_text import safe_csv
from publish.places import Place
from publish.safe_text import html, trusted
from publish.site import Site
from publish.templating import render
from publish.values import Values

#: What a page with a figure names among its styles and scripts.
CHART_STYLES: Final = ("assets/styles/charts.css",)
CHART_SCRIPTS: Final = ("assets/charts/interactive.js",)
_FOLDER: Final = "assets/charts/"
_FONT: Final = re.compile(r' font-family="[^"]*"')
_OPENING: Final = re.compile(r'<svg[^>]*? width="([\d.]+)" height="([\d.]+)"[^>]*>')
_OWN_ID: Final = re.compile(r'(\bid="|url\(#)')


def figure(site: Site, root: str, chart: Chart) -> Markup:
    """A chart as ``<figure>``, readable without JavaScript.

    Args:
        site: In the chart's language; its words name the buttons.
        root: From the page to the root of its language (:attr:`publish.places.Place.root`).
        chart: What is shown.
    """
    say = site.labels.phrase
    path = f"{Place(site.language, '/' * root.count('../')).site_root}{_FOLDER}{chart.name}.{chart.language}"
    return render(
        "chart",
        chart=chart,
        picture=inline(chart),
        path=path,
        numbers=_numbers(site, chart),
        words={key: say("charts", key) for key in ("numbers", "download", "interactive", "still", "failed", "scroll")},
        libraries=f"{Place(site.language, '/' * root.count('../')).site_root}assets/lib/",
    )


def inline(chart: Chart) -> Markup:
    """The picture for a page: scaling, in the page's own colours and fonts, named for those who do not see it."""
    picture = _OWN_ID.sub(rf"\g<1>{chart.name}-", _FONT.sub("", themed(svg(chart.spec_text))))
    opening = _OPENING.match(picture)
    if opening is None:
        raise ValueError(f"vl-convert drew {chart.name} in an unknown form")
    width, height = opening.groups()
    start = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="ev-chart-svg" role="img" aria-label="{html(chart.alt)}" '
        f'viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
    )
    return trusted(start + picture[opening.end() :])


def standalone(chart: Chart) -> str:
    """The picture as a file of its own: light, on paper, with title."""
    picture = svg(chart.spec_text)
    opening = _OPENING.match(picture)
    end = opening.end() if opening else 0
    words = f"<title>{html(chart.title)}</title><desc>{html(chart.alt)}</desc>"
    fonts = html(FONTS[chart.language])
    return (
        f'{picture[: end - 1]} font-family="{fonts}">{words}'
        f'<rect width="100%" height="100%" fill="{PAPER}"/>{picture[end:]}'
    )


def chart_files(charts: Iterable[Chart]) -> dict[str, str | bytes]:
    """The files of charts below the root of the site: picture (SVG, PNG), numbers (CSV), specification (JSON)."""
    files: dict[str, str | bytes] = {}
    for chart in charts:
        path = f"{_FOLDER}{chart.name}.{chart.language}"
        picture = standalone(chart)
        files[f"{path}.svg"] = picture
        files[f"{path}.png"] = png(picture)
        files[f"{path}.csv"] = numbers_file(chart.columns, chart.rows)
        files[f"{path}.json"] = json.dumps(
            {"spec": chart.full_spec, "colours": PROPERTIES, "title": chart.title, "alt": chart.alt},
            ensure_ascii=False,
            separators=(",", ":"),
        )
    return files


def numbers_file(columns: Sequence[str], rows: Sequence[Sequence[str | int | float | Markup]]) -> bytes:
    """A table as CSV, without markup."""
    return safe_csv(columns, (map(_cell, row) for row in rows))


def _cell(value: str | float | Markup) -> str | float:
    if not isinstance(value, str):
        return int(value) if value == int(value) else value
    return value.striptags() if isinstance(value, Markup) else value


def _numbers(site: Site, chart: Chart) -> list[list[tuple[str, Markup | str]]]:
    """Rows of (class, cell): numbers are set to the right and written as everywhere on the site."""
    write = Values(site, "").number
    return [
        [("", value) if isinstance(value, str) else ("ev-figure-cell", write(value)) for value in row]
        for row in chart.rows
    ]
