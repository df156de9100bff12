"""Texts that try to become more than text."""

from __future__ import annotations

#: Each is put into every text field in turn by :func:`hostile_text`.
PAYLOADS = (
    '<script>window.__hit="script"</script>',
    '"><img src=x onerror="window.__hit=1">',
    "'><svg/onload=window.__hit=2>",
    "</title></textarea></style><script>window.__hit=3</script>",
    "[link](javascript:window.__hit=4) ![x](x){onerror=window.__hit=5}",
    "{{ config.site_name }}{% raw %}{{ 7*7 }}",
    "# heading\n\n```\n<b onclick=window.__hit=6>code</b>\n```\n- *item* `x`\n\n| a | b |\n|---|---|\n",
    '<!-- --> --> <div class="ev "> <!--evreg-block-0--> <iframe srcdoc="<script>parent.__hit=7</script>">',
    "\u202eevil\u202c \u2066x\u2069 \u200fmark\u200e",
    "javascript:window.__hit=8",
    'data:text/html,<script>window.__hit=9</script>" autofocus onfocus="window.__hit=10',
    "&lt;script&gt;window.__hit=11&lt;/script&gt; &#60;b&#62; &amp;",
    "a\u0000b\u0008c\u001bd\u2028e\u0085f".replace("\u0000", ""),
    "\u0002wzxhzdk:0\u0003 [TOC] [^1] *[abbr]: x {: onclick=window.__hit=12 }",
    "$(window.__hit=13) ${window.__hit=14} <a href='javascript:window.__hit=15'>x</a>",
)


def hostile_text(path: str) -> str:
    """A payload chosen by the field's path, so that all payloads occur and runs repeat."""
    return f"{PAYLOADS[sum(path.encode()) % len(PAYLOADS)]} ⟦{path}⟧"
