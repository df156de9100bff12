"""Charts: one Vega-Lite specification each, drawn when the site is built, with its numbers beside it.

A computed page makes :class:`Chart` objects, puts ``block(figure(site, root, chart))`` into its body, names
:data:`CHART_STYLES` and :data:`CHART_SCRIPTS`, and returns :func:`chart_files` among its files.
"""

from publish.charts.chart import Chart
from publish.charts.figure import CHART_SCRIPTS, CHART_STYLES, chart_files, figure
from publish.charts.range_plot import Dose, ranges
from publish.charts.stones import Bar, Share, bars, columns

__all__ = [
    "CHART_SCRIPTS",
    "CHART_STYLES",
    "Bar",
    "Chart",
    "Dose",
    "Share",
    "bars",
    "chart_files",
    "columns",
    "figure",
    "ranges",
]
