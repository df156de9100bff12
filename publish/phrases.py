"""The fixed words of one kind of page, with figures filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from markupsafe import Markup

from publish.safe_text import html, trusted
from publish.site import Site

#: Where something is filled in: ``{name}``.
_PLACE: Final = re.compile(r"\{(\w+)\}")


class Phrases:
    """The sheet ``labels/<sheet>.yaml`` in the site's language; ``{name}`` in a phrase is filled in by keyword.

    Whole numbers are written with commas between the thousands. What is filled in stays as it is, even when it holds
    ``{name}`` itself, and so does a place for which nothing is given: scripts fill in the rest.
    """

    def __init__(self, site: Site, sheet: str) -> None:
        self._labels, self._sheet = site.labels, sheet

    def __call__(self, key: str, **filled: str | int) -> str:
        """A phrase as plain text.

        Raises:
            KeyError: when the sheet has no such key.
        """
        words = {name: _written(value) for name, value in filled.items()}
        return _filled(self._labels.phrase(self._sheet, key), words)

    def html(self, key: str, **filled: str | int) -> Markup:
        """A phrase for a page, filled with HTML; what is not markup is escaped.

        Raises:
            KeyError: when the sheet has no such key.
        """
        words = {name: value if isinstance(value, Markup) else html(_written(value)) for name, value in filled.items()}
        return trusted(_filled(html(self._labels.phrase(self._sheet, key)), words))


def _written(value: str | int) -> str:
    return value if isinstance(value, str) else f"{value:,}"


def _filled(text: str, words: Mapping[str, str]) -> str:
    return _PLACE.sub(lambda place: words.get(place[1], place[0]), text) if words else text
