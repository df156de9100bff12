"""One list of items as several feeds: all of them, those of each jurisdiction, those of each collection."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kb.models import COLLECTIONS
from publish.feeds.items import LIMIT, Feed, Item
from publish.site import Site


def scope_word(site: Site, scope: str) -> str:
    """The reader's word for a collection or the code of a jurisdiction."""
    return site.labels.collection(scope) if scope in COLLECTIONS else site.label("jurisdictions", scope)


def scopes_of(site: Site, items: Sequence[Item]) -> list[str]:
    """The scopes that occur: collections in their order, then jurisdictions by name."""
    found = frozenset[str]().union(*(item.scopes for item in items))
    places = sorted(found - frozenset(COLLECTIONS), key=lambda code: (scope_word(site, code), code))
    return [*(name for name in COLLECTIONS if name in found), *places]


def scoped_feeds(site: Site, name: str, title: str, page: str, items: Sequence[Item]) -> Iterator[Feed]:
    """The whole feed ``feeds/<name>``, even when it is empty, and one for every scope that is not.

    Args:
        site: The knowledge base in one language.
        name: ``timeline`` or ``changes``.
        title: Of the whole feed.
        page: Path of the page that shows the same.
        items: The latest first.
    """
    yield Feed(f"feeds/{name}", f"EVReg: {title}", page, tuple(items[:LIMIT]))
    for scope in scopes_of(site, items):
        own = tuple(item for item in items if scope in item.scopes)[:LIMIT]
        yield Feed(f"feeds/{name}-{scope.lower()}", f"EVReg: {title} · {scope_word(site, scope)}", page, own)
