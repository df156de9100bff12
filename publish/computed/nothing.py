"""A computed page of a knowledge base that holds nothing for it yet: its address exists, because other pages link there."""

from __future__ import annotations

from publish.page import Page, block
from publish.page_head import page_head
from publish.places import Place
from publish.safe_text import html
from publish.site import Site


def nothing_here(site: Site, path: str, title: str, description: str) -> Page:
    """The page at ``path`` with its title and the sentence that there is nothing to show."""
    head = page_head(site, Place(site.language, path).root, title, description)
    body = f"{head}\n\n{block(html(site.labels.say('none_here')))}\n"
    return Page(path, title, body, description, {"hide": ["toc", "navigation"]})
