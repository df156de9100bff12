"""The fixed words of one kind of page, with their places filled in."""

from __future__ import annotations

from markupsafe import Markup

from publish.safe_text import html
from publish.site import Site


class Wording:
    """A sheet of ``publish/labels`` in the site's language; ``{n}`` in a phrase is filled by the keyword ``n``."""

    def __init__(self, site: Site, sheet: str) -> None:
        self._site, self._sheet = site, sheet

    def __call__(self, key: str, **values: str | int) -> str:
        """A phrase as plain text."""
        text = self._site.labels.phrase(self._sheet, key)
        for name, value in values.items():
            text = text.replace(f"{{{name}}}", f"{value:,}" if isinstance(value, int) else value)
        return text

    def html(self, key: str, **values: Markup | str | int) -> Markup:
        """A phrase as HTML; what is filled in is escaped unless it is markup."""
        text = html(self._site.labels.phrase(self._sheet, key))
        for name, value in values.items():
            text = text.replace(f"{{{name}}}", f"{value:,}" if isinstance(value, int) else value)
        return text
