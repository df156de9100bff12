"""The libraries that the interactive charts load when a reader asks for them: out of the wheel that draws the charts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib.metadata import distribution
from typing import Final

from publish.charts.drawing import kept_library
from publish.page import Page
from publish.site import Site

#: As an ES module; Vega's expression interpreter is among it, so that no page needs ``eval``.
_EXPORT: Final = "export { vegaEmbed };"
VEGA_NOTICE: Final = """vega.js bundles Vega, Vega-Lite, Vega-Embed and their dependencies, as packed by vl-convert {version}.

Vega, Vega-Lite, Vega-Embed: Copyright (c) University of Washington Interactive Data Lab and contributors;
BSD 3-Clause License, https://github.com/vega/vega/blob/main/LICENSE
D3 modules: Copyright Mike Bostock; ISC License, https://github.com/d3/d3/blob/main/LICENSE

vl-convert:

{licence}
"""


def pages(site: Site) -> Iterable[Page]:
    """No page of its own."""
    return ()


def files(site: Site) -> Mapping[str, str | bytes]:
    """The bundle with its notice, once for both languages."""
    if site.language != "en":
        return {}
    wheel = distribution("vl-convert-python")
    notice = VEGA_NOTICE.format(version=wheel.version, licence=wheel.read_text("licenses/LICENSE") or "")
    return {"assets/lib/vega.js": kept_library("vega", _bundle), "assets/lib/vega.LICENSE.txt": notice}


def _bundle() -> str:
    import vl_convert

    return str(vl_convert.javascript_bundle(_EXPORT))
