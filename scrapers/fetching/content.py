"""What kind of content is asked for, and whether the answer is of that kind."""

from __future__ import annotations

import re
from typing import Literal

from kb.problems import Message, shorten
from scrapers import faults

Kind = Literal["json", "xml", "html", "text", "any"]

_ASKED: dict[Kind, str] = {
    "json": "application/json",
    "xml": "application/xml, text/xml, application/rss+xml, application/atom+xml, application/rdf+xml;q=0.9, */*;q=0.1",
    "html": "text/html, application/xhtml+xml;q=0.9",
    "text": "text/plain, */*;q=0.1",
    "any": "*/*",
}
#: Some services label JSON and XML as text or as nothing (CRIS, several feeds); then the first character decides.
_LABELS: dict[Kind, re.Pattern[str]] = {
    "json": re.compile(r"(application|text)/([\w.-]+\+)?json|text/(plain|javascript)|application/octet-stream|"),
    "xml": re.compile(r"(application|text)/([\w.-]+\+)?xml|text/plain|application/octet-stream|"),
    "html": re.compile(r"text/html|application/xhtml\+xml"),
    "text": re.compile(r"text/.*|application/octet-stream|"),
    "any": re.compile(r".*"),
}
_HTML = re.compile(rb"\s*(?:<!--.*?-->\s*)*(?:<!doctype\s+html|<html|<head|<body|<script)", re.IGNORECASE | re.DOTALL)


def accept_header(kind: Kind) -> str:
    """The value of the Accept header for ``kind``."""
    return _ASKED[kind]


def check_kind(source: str, url: str, kind: Kind, content_type: str, body: bytes) -> None:
    """Raise unless label and first characters fit ``kind``: success is not status 200.

    Args:
        source: Name in the register, for the message.
        url: Address, for the message.
        kind: What was asked for.
        content_type: The header of the answer, with parameters.
        body: The decoded body.

    Raises:
        SourceFault: ``unexpected``; an HTML page in place of data is named as such.
    """
    label = content_type.partition(";")[0].strip().lower()
    start = body[:2_000].removeprefix(b"\xef\xbb\xbf")
    if kind in ("json", "xml") and (_HTML.match(start) or label in ("text/html", "application/xhtml+xml")):
        raise _html_instead(source, url, kind)
    if _LABELS[kind].fullmatch(label) is None or (kind == "json" and start.lstrip()[:1] == b"<"):
        raise faults.unexpected(
            source,
            url,
            Message(
                f"The content type is «{shorten(label)}», beginning with «{shorten(start[:40].decode('utf-8', 'replace'))}».",
                f"コンテンツタイプが「{shorten(label)}」である(先頭「{shorten(start[:40].decode('utf-8', 'replace'))}」)。",
            ),
            Message(f"Content of the kind {kind}.", f"{kind}形式の内容を想定している。"),
        )


def _html_instead(source: str, url: str, kind: Kind) -> faults.SourceFault:
    return faults.unexpected(
        source,
        url,
        Message(f"An HTML page in place of {kind.upper()}.", f"{kind.upper()}ではなくHTMLページが返された。"),
        Message(f"A {kind.upper()} document.", f"{kind.upper()}文書を想定している。"),
        Message(
            "Open the address in a browser: it may be a maintenance or a sign-in page. Nothing was changed.",
            "ブラウザーで開き、保守中の案内や認証画面でないか確かめる。データは変更されていない。",
        ),
    )
