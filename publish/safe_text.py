"""Text from entries and vocabularies on its way to a page: shown literally, whatever it contains.

MkDocs renders its templates without autoescaping and Markdown gives meaning to ordinary characters, so nothing from an
entry reaches either of them unescaped. Every function here returns text that is safe in the named place.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlsplit

from markupsafe import Markup, escape

#: Characters that no reader sees but that reorder or hide text: C0 and C1 controls, bidirectional controls, interlinear
#: annotation, tags and lone surrogates.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
    "\ud800-\udfff\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_LINE_BREAKS = re.compile("[\t ]*[\n\r\x85\u2028\u2029]+[\t ]*")
_PARAGRAPHS = re.compile(r"\n[ \t]*\n\s*")
_MARKDOWN_SIGNIFICANT = re.compile(r"[!-/:-@\[-`{-~]")
_NOT_IN_URL = re.compile(r"[\s\\<>\"'`{}|^\x00-\x1f\x7f]")


def visible(text: str) -> str:
    """``text`` on one line, with every control character spelled out as ``⟨U+202E⟩``.

    >>> visible("a\\u202eb")
    'a⟨U+202E⟩b'
    """
    if "\n" in text or "\r" in text or not text.isprintable():
        text = _LINE_BREAKS.sub(" ", text)
        return _UNSEEN.sub(lambda match: f"⟨U+{ord(match[0]):04X}⟩", text)
    return text


def html(text: str) -> Markup:
    """``text`` for an HTML element or a quoted attribute."""
    return escape(visible(text))


def trusted(markup: str) -> Markup:
    """HTML that this package has put together itself, from fixed tags and parts that are escaped already."""
    return Markup(markup)


def paragraphs(text: str) -> Markup:
    """``text`` as ``<p>`` elements, one for each part between blank lines; single line breaks are kept."""
    parts = _PARAGRAPHS.split(text.strip()) if "\n" in text else [text]
    return Markup("").join(
        Markup("<p>") + Markup("<br>").join(html(line) for line in part.split("\n")) + Markup("</p>") for part in parts
    )


def finalized(value: object) -> object:
    """What Jinja2 prints for an expression: plain text made visible (autoescaping follows), markup as it is."""
    if value is None:
        return ""
    return visible(value) if isinstance(value, str) and type(value) is not Markup else value


def markdown(text: str) -> str:
    """``text`` for a Markdown heading: characters that mean something to HTML or Markdown become entities.

    >>> markdown("*a* <b>")
    '&#42;a&#42; &#60;b&#62;'
    """
    return _MARKDOWN_SIGNIFICANT.sub(lambda match: f"&#{ord(match[0])};", visible(text))


@lru_cache(maxsize=20_000)
def web_address(text: str | None) -> str | None:
    """``text`` when it is an http(s) address that may become a link, else None.

    Addresses with a user name are refused: ``https://known.example@other.example`` leads to the second host.
    """
    if not text or _NOT_IN_URL.search(text) or visible(text) != text:
        return None
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    return text if parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc else None
