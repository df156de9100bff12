"""A computed page of a knowledge base that holds nothing for it yet: its address exists, because other pages link there."""

from __future__ import annotations

from publish.page import Page, block, heading
from publish.safe_text import html
from publish.site import Site


def nothing_here(site: Site, path: str, title: str, description: str) -> Page:
    """The page at ``path`` with its title and the sentence that there is nothing to show."""
    body = f"{heading(title, 'top', 1)}\n\n{block(html(site.labels.say('none_here')))}\n"
    return Page(path, title, body, description, {"hide": ["toc", "navigation"]})
