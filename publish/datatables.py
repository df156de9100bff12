"""DataTables, which the explorers load: out of the wheel of ``itables``, so that nothing comes from another host."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib.metadata import distribution
from pathlib import Path
from typing import Final

from publish.page import Page
from publish.site import Site

#: An ES module whose default export is DataTables itself.
MODULE: Final = "assets/lib/datatables.js"
_NOTICE: Final = """datatables.js is the bundle of itables {version}: DataTables (SpryMedia Ltd, MIT License,
https://datatables.net/license/mit), jQuery (OpenJS Foundation and contributors, MIT License,
https://jquery.org/license) and extensions, each with its notice at the end of the file.

itables:

{licence}
"""


def pages(site: Site) -> Iterable[Page]:
    """No page of its own."""
    return ()


def files(site: Site) -> Mapping[str, str | bytes]:
    """The bundle with its notice, once for both languages."""
    if site.language != "en":
        return {}
    wheel = distribution("itables")
    bundle = Path(str(wheel.locate_file("itables/html/dt_bundle.js"))).read_text(encoding="utf-8")
    notice = _NOTICE.format(version=wheel.version, licence=wheel.read_text("licenses/LICENSE") or "")
    return {MODULE: bundle, "assets/lib/datatables.LICENSE.txt": notice}
