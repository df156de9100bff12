"""Text of several lines within a block of HTML, which must be one line."""

from __future__ import annotations

from markupsafe import Markup

from publish.safe_text import html, trusted


def preformatted(text: str) -> Markup:
    """``text`` for a ``<pre>`` element: escaped, its line breaks as character references."""
    return trusted("&#10;".join(html(line) for line in text.strip("\n").split("\n")))
