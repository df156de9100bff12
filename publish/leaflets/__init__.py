"""The leaflet to print: one A4 page as tagged PDF, set by Typst from the same entries as the page.

Fonts come from packages (Noto Sans CJK JP, SIL Open Font License 1.1, which allows embedding); the file holds only the
glyphs in use. Neither the machine's fonts nor the clock play a part, so that the same entries give the same bytes.
"""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from publish.leaflets.content import leaflet_content
from publish.site import Site

if TYPE_CHECKING:
    import typst

_TEMPLATE: Final = Path(__file__).parent / "leaflet.typ"
#: PDF/UA-1 (ISO 14289-1): accessible to readers aloud; Typst checks it.
_STANDARD: Final = "ua-1"
#: Packages with one font file each.
_FONTS: Final = ("noto_cjk_sans_jp_regular", "noto_cjk_sans_jp_bold")


def leaflet(site: Site) -> bytes:
    """The leaflet in the site's language as PDF."""
    return _drawn(json.dumps(leaflet_content(site), ensure_ascii=False))


@lru_cache(maxsize=8)
def _drawn(content: str) -> bytes:
    import typst

    try:
        return _compiled(content, _STANDARD)
    except typst.TypstError:
        # A character that the font lacks is shown as a box, and the file is tagged all the same but claims no standard.
        return _compiled(content)


def _compiled(content: str, *standards: typst.PDFStandard) -> bytes:
    pdf = _compiler().compile(format="pdf", sys_inputs={"leaflet": content}, pdf_standards=list(standards))
    # One document as PDF is never a list of pages.
    return cast("bytes", pdf)


@lru_cache(maxsize=1)
def _compiler() -> typst.Compiler:
    import typst

    folders = [str(files(package)) for package in _FONTS]
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)
    return typst.Compiler(str(_TEMPLATE), font_paths=fonts, ignore_system_fonts=True)
