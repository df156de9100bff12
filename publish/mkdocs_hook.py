"""Runs inside MkDocs (named in ``hooks`` of the derived configurations): opaque blocks and the security policy.

It stands alone, without imports from EVReg, so that MkDocs can load it from any working folder.
"""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path
from typing import Any

#: A block of HTML stands on one line; see ``publish.page``.
_BLOCK = re.compile(r'^<div class="ev[ "].*$', re.MULTILINE)
_PLACEHOLDER = re.compile(r"<!--evreg-block-(\d+)-->")
_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_EXPRESSION = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_HASHES = "EVREG-SCRIPT-HASHES"

_theme_scripts: list[re.Pattern[str]] = []
_hashes: dict[str, str] = {}


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Keep blocks away from the Markdown parser.

    It and MkDocs' own link checker would each parse their HTML in pure Python, which took three quarters of the build
    (17 ms a page under a profiler, 3 ms without).
    """
    page.evreg_blocks = _BLOCK.findall(markdown)
    if not page.evreg_blocks:
        return markdown
    number = iter(range(len(page.evreg_blocks)))
    return _BLOCK.sub(lambda _: f"<!--evreg-block-{next(number)}-->", markdown)


def on_page_content(html: str, page: Any, **_: Any) -> str:
    """Put the blocks back, and keep them no longer: MkDocs holds the content of all pages until the last is written."""
    blocks, page.evreg_blocks = page.evreg_blocks, []
    return _PLACEHOLDER.sub(lambda match: blocks[int(match[1])], html)


def on_env(env: Any, config: Any, **_: Any) -> Any:
    """Learn the inline scripts of the theme: only these may run."""
    _theme_scripts.clear()
    for folder in config.theme.dirs:
        for path in sorted(Path(folder, "partials", "javascripts").glob("*.html")):
            for script in _SCRIPT.findall(path.read_text(encoding="utf-8")):
                literal = map(re.escape, _EXPRESSION.split(script))
                _theme_scripts.append(re.compile(r'[^"<>\\]*'.join(literal), re.DOTALL))
    return env


def on_post_page(output: str, **_: Any) -> str:
    """Write the hashes of the page's theme scripts into its security policy."""
    return _with_hashes(output)


def on_post_template(output_content: str, template_name: str, **_: Any) -> str:
    """The same for the page shown when an address does not exist."""
    return _with_hashes(output_content) if template_name.endswith(".html") else output_content


def _with_hashes(page: str) -> str:
    found = dict.fromkeys(hash_ for script in _SCRIPT.findall(page) if (hash_ := _hash(script)))
    return page.replace(_HASHES, " ".join(found), 1)


def _hash(script: str) -> str:
    """The hash of a script of the theme in the form of a policy; empty for any other script, which then cannot run."""
    known = _hashes.get(script)
    if known is None:
        if not any(pattern.fullmatch(script) for pattern in _theme_scripts):
            return ""
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        known = _hashes[script] = f"'sha256-{digest}'"
    return known
