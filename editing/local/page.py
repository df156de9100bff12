"""The page that holds the form."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Final

from kb.problems import Language

_PAGE: Final = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="evreg-token" content="{token}">
<title>EVReg</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="static/edit.css">
<script type="module" src="static/start.js"></script>
</head>
<body class="evreg">
<header class="evreg-bar" id="evreg-bar"></header>
<main id="nc-root"><noscript>JavaScript is needed. / JavaScriptが必要です。</noscript></main>
<aside class="evreg-panel" id="evreg-panel" hidden></aside>
<div class="evreg-told" id="evreg-told" role="status"></div>
</body>
</html>
"""


def page_html(token: str, language: Language) -> str:
    """The page.

    Args:
        token: What reading and writing entries needs; other sites' pages cannot read it out of here.
        language: In which it speaks until the reader's browser or the reader says otherwise.
    """
    return _PAGE.format(token=escape(token), language=language)


_WAITING: Final = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="2">
<title>EVReg</title>
</head>
<body><p>{text}</p></body>
</html>
"""
_WAITING_TEXT: Final[Mapping[Language, str]] = {
    "en": "The pages are being built; this takes about half a minute. This page then shows the entry by itself.",
    "ja": "ページを生成しています(30秒ほどかかります)。完了すると、このエントリーのページが自動で表示されます。",
}


def waiting_html(language: Language) -> str:
    """A page that asks again every two seconds."""
    return _WAITING.format(language=language, text=_WAITING_TEXT[language])
