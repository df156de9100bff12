"""The colours of charts: written into specifications as their light values, shown as the page's custom properties.

The series are dark and light in turn and differ for all common forms of colour blindness (teal, orange and plum as in
Okabe and Ito's palette, https://jfly.uni-koeln.de/color/); each has a contrast of 3:1 or more with the page (WCAG 1.4.11).
"""

from __future__ import annotations

import re
from typing import Final

INK: Final = "#14242d"
MUTED: Final = "#546872"
LINE: Final = "#d9e2e6"
PAPER: Final = "#fffffe"
#: What is unknown or not stated: never the colour of an answer.
UNKNOWN: Final = "#7f8d94"
SERIES: Final = ("#0b5f73", "#d17a0f", "#4d94ae", "#8b3a62", "#4f8a3c", "#a08a2c")

#: Colour in a specification -> custom property of the page (``docs/assets/styles/charts.css``).
PROPERTIES: Final = {
    INK: "--ev-ink",
    MUTED: "--ev-muted",
    LINE: "--ev-line",
    PAPER: "--ev-paper",
    UNKNOWN: "--ev-chart-unknown",
} | {colour: f"--ev-chart-{number}" for number, colour in enumerate(SERIES, 1)}

_COLOUR = re.compile("|".join(PROPERTIES), re.IGNORECASE)


def themed(svg: str) -> str:
    """``svg`` with its colours replaced by custom properties, so that one picture serves light and dark pages."""
    return _COLOUR.sub(lambda match: f"var({PROPERTIES[match[0].lower()]})", svg)
