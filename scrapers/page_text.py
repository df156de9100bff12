"""What a file, standard input or a page says: text or HTML, in any usual encoding, to plain text.

The main text of HTML is found by trafilatura; nothing in a page is executed or followed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from kb.problems import EvregError, Message, shorten
from scrapers.unknown_bytes import decoded_text

#: Bytes of one text; the most that one advertisement, saved with all its markup, can be expected to have.
MOST_BYTES: Final = 5_000_000
#: Characters of HTML up to which its main part is looked for, which takes two seconds for each million.
_MOST_MARKUP: Final = 1_000_000
_WHOLE_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_CLOSING_TAG = re.compile(r"</(?:a|body|div|h[1-6]|html|li|main|p|section|span|strong|table|td|ul)\s*>", re.IGNORECASE)
#: Closing tags from which a text is a piece of a page; one may be quoted in a text.
_TAGS: Final = 3


@dataclass(frozen=True)
class PageText:
    """Plain text and how it was come by."""

    text: str = field(repr=False)
    #: All words, those of navigation and foot included: what a page states may stand there.
    whole: str = field(repr=False)
    #: Name of the encoding as Python knows it.
    encoding: str
    #: Whether the text was taken out of HTML; places in it are then places in ``text``, not in the page.
    was_html: bool


def page_text(content: bytes, where: str, charset: str | None = None) -> PageText:
    """The text of a file or a page.

    Args:
        content: The bytes.
        where: File, address or «standard input», for messages.
        charset: What a server says of them.

    Raises:
        EvregError: empty, more than :data:`MOST_BYTES`, binary, in no recognised encoding, or a page without text.
    """
    if len(content) > MOST_BYTES:
        raise _too_large(where)
    decoded, encoding = decoded_text(content, where, charset)
    was_html = looks_like_html(decoded)
    whole = _all_words(decoded) if was_html else decoded
    text = (main_text(decoded) or whole) if was_html else decoded
    if not text.strip("\ufeff\u200b \t\r\n\f\v\u3000"):
        raise _empty(where, was_html=was_html)
    return PageText(text, whole, encoding, was_html)


def looks_like_html(text: str) -> bool:
    """Whether a text is a page, or a piece of one."""
    if _WHOLE_PAGE.search(text, 0, 10_000):
        return True
    return sum(1 for _, _ in zip(_CLOSING_TAG.finditer(text), range(_TAGS), strict=False)) == _TAGS


def main_text(html: str) -> str:
    """The words of a page without navigation and foot; empty when no main part is found or the page is very long."""
    import trafilatura
    from trafilatura.settings import use_config

    if len(html) > _MOST_MARKUP:
        return ""
    # Advertisements are short: by default trafilatura gives up on pages with fewer than 250 characters.
    config = use_config()
    for name in ("MIN_EXTRACTED_SIZE", "MIN_OUTPUT_SIZE"):
        config.set("DEFAULT", name, "1")
    try:
        return trafilatura.extract(html, favor_recall=True, include_comments=False, config=config) or ""
    except (RecursionError, ValueError):  # Markup made to break parsers.
        return ""


def _all_words(html: str) -> str:
    from trafilatura import html2txt, load_html

    try:
        tree = load_html(html)
        for element in list(tree.iter("script", "style", "template", "noscript")) if tree is not None else ():
            element.drop_tree()
        return html2txt(tree, clean=False) if tree is not None else ""
    except (RecursionError, ValueError):
        return ""


def _too_large(where: str) -> EvregError:
    most = f"{MOST_BYTES / 1_000_000:g} MB"
    return EvregError(
        where,
        Message(f"The text is larger than {most}.", f"テキストが{most}を超えている。"),
        Message(f"At most {most}.", f"{most}以下とする。"),
        Message("Give the part that advertises.", "広告に当たる部分だけを指定する。"),
    )


def _empty(where: str, *, was_html: bool) -> EvregError:
    found = Message("There are no words.", "文字がない。")
    if was_html:
        found = Message("The HTML holds no readable text.", "HTMLから読み取れる文章がない。")
    return EvregError(
        where,
        found,
        Message("The text of an advertisement.", "広告の文章が必要である。"),
        Message(
            "Copy the text from the browser into a file, or pipe it: «evreg claims check -».",
            "ブラウザーから文章を写してファイルに保存するか、標準入力で渡す(「evreg claims check -」)。",
        ),
    )


def not_found(where: str) -> EvregError:
    """The argument is neither a file nor an address."""
    seen = shorten(where)
    return EvregError(
        seen,
        Message("There is no such file.", "該当するファイルがない。"),
        Message(
            "A file, an address that begins with http:// or https://, or «-» for standard input.",
            "ファイル、http://若しくはhttps://で始まるアドレス、又は標準入力を示す「-」を指定する。",
        ),
        Message(
            "To check words themselves, pipe them: «echo … | evreg claims check -».",
            "文章そのものを調べるには標準入力で渡す(「echo … | evreg claims check -」)。",
        ),
    )
