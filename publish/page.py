"""A page before MkDocs sees it: fixed headings in Markdown, everything from entries in opaque blocks of HTML."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from publish.places import source_file
from publish.safe_text import html, markdown

#: How the line of every block begins; ``mkdocs_hook`` keeps such lines away from the Markdown parser.
BLOCK_START = '<div class="ev'


@dataclass(frozen=True)
class Page:
    """One page in one language."""

    #: From the root of the language, e.g. ``guidelines/x/``.
    path: str
    #: Plain text for the browser's title bar.
    title: str
    body: str
    description: str = ""
    meta: Mapping[str, Any] = field(default_factory=dict)
    #: Style sheets and scripts (ES modules) of this page alone, from the root of the whole site.
    styles: Sequence[str] = ()
    scripts: Sequence[str] = ()

    @property
    def file(self) -> str:
        """The Markdown file below the language's tree."""
        return source_file(self.path)

    def source(self) -> str:
        """The Markdown file's text.

        Title and description are escaped here because MkDocs and Material print them as they are.
        """
        lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in self._front_matter().items()]
        return "\n".join(("---", *lines, "---", "", self.body))

    def _front_matter(self) -> dict[str, Any]:
        front: dict[str, Any] = {"title": str(html(self.title))}
        if self.description:
            front["description"] = str(html(self.description))
        own = {"styles": list(self.styles), "scripts": list(self.scripts)}
        return front | {name: paths for name, paths in own.items() if paths} | dict(self.meta)


def block(content: Markup, style: str = "") -> str:
    """HTML as one opaque line of Markdown."""
    return f'{BLOCK_START}{f" {style}" if style else ""}">{content}</div>'


def heading(text: str, anchor: str, level: int = 2) -> str:
    """A Markdown heading with a fixed anchor; ``text`` may hold anything."""
    return f"{'#' * level} {markdown(text)} {{#{anchor}}}"
