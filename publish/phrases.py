"""The fixed words of one kind of page, with figures filled in."""

from __future__ import annotations

from markupsafe import Markup

from publish.safe_text import html
from publish.site import Site


class Phrases:
    """The sheet ``labels/<sheet>.yaml`` in the site's language; ``{name}`` in a phrase is filled in by keyword."""

    def __init__(self, site: Site, sheet: str) -> None:
        self._labels, self._sheet = site.labels, sheet

    def __call__(self, key: str, **filled: object) -> str:
        """A phrase as plain text.

        Raises:
            KeyError: when the sheet has no such key.
        """
        text = self._labels.phrase(self._sheet, key)
        for name, value in filled.items():
            text = text.replace(f"{{{name}}}", str(value))
        return text

    def html(self, key: str, **filled: object) -> Markup:
        """A phrase for a page, filled with HTML; what is not markup is escaped."""
        text = html(self._labels.phrase(self._sheet, key))
        for name, value in filled.items():
            text = text.replace(f"{{{name}}}", value if isinstance(value, Markup) else html(str(value)))
        return text
