"""A feed and its items before they become Atom or JSON."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import NamedTuple
from uuid import NAMESPACE_URL, uuid5

from kb.partial_dates import first_day
from kb.problems import Language

#: Readers of feeds ask for what is new; the pages hold the rest.
LIMIT = 100
_NAMESPACE = uuid5(NAMESPACE_URL, "urn:evreg:feeds")


class Item(NamedTuple):
    """One item in one language."""

    #: Permanent name in both languages alike; :func:`urn` makes an identifier of it.
    name: str
    title: str
    text: str
    #: Day on which the entry behind it was last compared with its sources or changed; may be partial.
    updated: str
    #: Day of the event when it is known exactly and not in the future.
    published: str | None
    #: Page from the root of the language.
    path: str
    tags: tuple[str, ...]
    #: What the item belongs to, as scopes of feeds: codes of jurisdictions, a collection.
    scopes: frozenset[str]


class Feed(NamedTuple):
    """One feed in one language."""

    #: Path from the root of the language without its ending, e.g. ``feeds/timeline-jp``.
    stem: str
    title: str
    #: Page that shows the same, from the root of the language.
    page: str
    items: tuple[Item, ...]


def urn(*parts: str) -> str:
    """A permanent identifier (RFC 4122, name-based), the same wherever the site is published."""
    return f"urn:uuid:{uuid5(_NAMESPACE, chr(0x1F).join(parts))}"


def moment(day: str) -> datetime:
    """The beginning, in UTC, of the first day that a partial date can mean."""
    return datetime.combine(first_day(day), time(), UTC)


def address(site_url: str | None, language: Language, path: str) -> str | None:
    """The absolute address of a page or feed; None when the site's own address is unknown."""
    own = "" if language == "en" else f"{language}/"
    return f"{site_url}{own}{path}" if site_url else None
