"""What a chart is made of, and the look that all charts share."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from markupsafe import Markup

from kb.problems import Language
from publish.charts.palette import INK, LINE, MUTED, PAPER, SERIES
from publish.safe_text import visible

_NAME: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
#: Fonts by which widths are measured and files are drawn; the page shows the same text in its own fonts.
FONTS: Final[Mapping[Language, str]] = {
    "en": '"Noto Sans", "Liberation Sans", Arial, sans-serif',
    "ja": '"Noto Sans CJK JP", "Noto Sans JP", "Hiragino Sans", "Yu Gothic", sans-serif',
}
_AXIS: Final = {
    "labelColor": MUTED,
    "titleColor": MUTED,
    "gridColor": LINE,
    "domainColor": MUTED,
    "tickColor": LINE,
    "labelFontSize": 12,
    "titleFontSize": 12,
    "titleFontWeight": "normal",
    "labelPadding": 4,
}


@dataclass(frozen=True, eq=False)
class Chart:
    """One chart in one language.

    Raises:
        ValueError: when the name cannot be part of an address, or a row has not one value for each column.
    """

    #: Unique on the site; part of addresses: ``trials-by-phase``.
    name: str
    language: Language
    #: Vega-Lite with inline data, without size of type, fonts and colours of axes, which all charts share.
    spec: Mapping[str, Any]
    title: str
    #: What is counted, as of when, and what is not known.
    caption: str
    #: The picture in a sentence or two, for those who do not see it.
    alt: str
    #: The numbers as a table; numbers stay numbers, a cell may be a link.
    columns: Sequence[str]
    rows: Sequence[Sequence[str | int | float | Markup]]
    #: Too wide for a phone: scrolls inside its own frame instead of shrinking.
    wide: bool = False

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name):
            raise ValueError(f"{self.name!r} cannot name a chart")
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError(f"the numbers of {self.name} do not fit their columns")

    @cached_property
    def full_spec(self) -> dict[str, Any]:
        """The specification with the common look, every text made visible."""
        config = {
            "aria": False,
            "background": None,
            "font": FONTS[self.language],
            "view": {"stroke": None},
            "axis": _AXIS,
            "legend": {
                "labelColor": INK,
                "labelFontSize": 12,
                "title": None,
                "orient": "top",
                "direction": "horizontal",
                "columns": 2,
                "labelLimit": 300,
                "symbolType": "square",
            },
            "text": {"color": INK, "fontSize": 12},
            "range": {"category": list(SERIES)},
            "bar": {"stroke": PAPER, "strokeWidth": 1},
            "header": {"labelColor": INK, "labelFontSize": 12, "title": None},
        }
        own: dict[str, Any] = _visible(dict(self.spec))
        return {
            "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
            "padding": 4,
            **own,
            "config": config | dict(own.get("config", {})),
        }

    @cached_property
    def spec_text(self) -> str:
        """The full specification as JSON."""
        return json.dumps(self.full_spec, ensure_ascii=False, separators=(",", ":"))


def _visible(value: Any) -> Any:
    """A copy in which no text hides or reorders other text."""
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, Mapping):
        return {key: _visible(item) for key, item in value.items()}
    return [_visible(item) for item in value] if isinstance(value, list | tuple) else value
