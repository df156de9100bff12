"""The libraries that pages load when they need them, each with the notice of its makers.

They come out of installed packages, so that no page asks another host for anything.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib.metadata import Distribution, distribution
from pathlib import Path
from typing import Final, NamedTuple

from publish.charts.drawing import kept_library
from publish.site import Site

FOLDER: Final = "assets/lib/"
_DATATABLES_NOTICE: Final = """datatables.js is the bundle of itables {version}: DataTables (SpryMedia Ltd, MIT License,
https://datatables.net/license/mit), jQuery (OpenJS Foundation and contributors, MIT License,
https://jquery.org/license) and extensions, each with its notice at the end of the file.

itables:

{licence}
"""
_VEGA_NOTICE: Final = """vega.js bundles Vega, Vega-Lite, Vega-Embed and their dependencies, as packed by vl-convert {version}.

Vega, Vega-Lite, Vega-Embed: Copyright (c) University of Washington Interactive Data Lab and contributors;
BSD 3-Clause License, https://github.com/vega/vega/blob/main/LICENSE
D3 modules: Copyright Mike Bostock; ISC License, https://github.com/d3/d3/blob/main/LICENSE

vl-convert:

{licence}
"""
#: As an ES module; Vega's expression interpreter is among it, so that no page needs ``eval``.
_VEGA_EXPORT: Final = "export { vegaEmbed };"


class Library(NamedTuple):
    """An ES module and the package that holds it."""

    #: Name of the file without its ending.
    name: str
    package: str
    #: With ``{version}`` and ``{licence}``, those of the package.
    notice: str
    module: Callable[[Distribution], str]


def _datatables(wheel: Distribution) -> str:
    return Path(str(wheel.locate_file("itables/html/dt_bundle.js"))).read_text(encoding="utf-8")


def _bundled_vega() -> str:
    import vl_convert

    return str(vl_convert.javascript_bundle(_VEGA_EXPORT))


#: DataTables sorts and filters the explorers; Vega draws the charts that readers change.
LIBRARIES: Final = (
    Library("datatables", "itables", _DATATABLES_NOTICE, _datatables),
    Library("vega", "vl-convert-python", _VEGA_NOTICE, lambda _: kept_library("vega", _bundled_vega)),
)


def files(site: Site) -> Mapping[str, str | bytes]:
    """Each library and its notice below the root of the whole site, once for both languages."""
    if site.language != "en":
        return {}
    found: dict[str, str | bytes] = {}
    for library in LIBRARIES:
        wheel = distribution(library.package)
        licence = wheel.read_text("licenses/LICENSE") or ""
        found[f"{FOLDER}{library.name}.js"] = library.module(wheel)
        found[f"{FOLDER}{library.name}.LICENSE.txt"] = library.notice.format(version=wheel.version, licence=licence)
    return found
