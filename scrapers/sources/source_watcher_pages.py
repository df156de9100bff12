"""The pages that entries cite, and what is remembered of each from one visit to the next.

Where it is kept: in observations, ``kb/observed/source-watcher/<entry>.yaml``, as the one fact ``sources.watched``, a mapping
from address to state, at the first entry that cites the page. So a module needs no files of its own, the state is in the
history for everybody (a run on a fresh machine still sees that a page changed), a page cited by ten entries has one state,
and renumbering an entry's sources does not lose it. The name leads through the list ``sources`` to no position of it,
which the overlay of observed facts leaves out: bookkeeping is no fact of an entry.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal
from urllib.parse import urldefrag, urlsplit

from pydantic import ValidationError

from kb import KnowledgeBase
from kb.knowledge_base import key_of
from kb.models.base import Model, PartialDate, Text
from kb.models.core import Entry, Source
from kb.observed import Observation, observation
from scrapers.source import Visit

#: The fact under which states are kept.
WATCHED = "sources.watched"

#: alive: answers · gone: 404 or 410 · refused: answers, but not to this program · unreachable: no answer.
State = Literal["alive", "gone", "refused", "unreachable"]


class PageState(Model):
    """What the last visit found, without the day of the visit, so that nothing changes as long as the page does not."""

    state: State
    since: PartialDate
    sha256: Text | None = None
    changed: PartialDate | None = None
    leads_to: Text | None = None
    archived: Text | None = None


@dataclass(frozen=True)
class Citation:
    """One source of one entry."""

    entry: Entry
    position: int
    source: Source

    @property
    def name(self) -> str:
        """Collection and id of the entry."""
        return "/".join(key_of(self.entry))


@dataclass
class Page:
    """One address and everyone who cites it, in the order of the knowledge base."""

    url: str
    citations: list[Citation] = field(default_factory=list)

    @property
    def home(self) -> Citation:
        """Where its state and its proposals are kept."""
        return self.citations[0]

    @property
    def others(self) -> str:
        """The other entries, for people."""
        return ", ".join(dict.fromkeys(citation.name for citation in self.citations[1:]))


def cited_pages(kb: KnowledgeBase) -> dict[str, Page]:
    """Every web address that an entry still in force cites, without the part after #."""
    pages: dict[str, Page] = {}
    for entry in kb:
        for position, source in enumerate(entry.sources if entry.withdrawn is None else ()):
            url = urldefrag(source.url or "").url
            if urlsplit(url).scheme in ("http", "https"):
                pages.setdefault(url, Page(url)).citations.append(Citation(entry, position, source))
    return pages


def selection(pages: list[Page], limit: int | None, today: date) -> list[Page]:
    """At most ``limit`` pages, other ones each day, so that small daily runs reach them all; the same ones all day."""
    if limit is None or limit >= len(pages):
        return pages
    start = today.toordinal() * limit % len(pages)
    return [*pages[start:], *pages[:start]][:limit]


def remembered(kb: KnowledgeBase, source: str) -> dict[str, PageState]:
    """Address -> state of the last visit; what does not fit the model counts as never seen."""
    states: dict[str, PageState] = {}
    for items in kb.observations.values():
        for item in items:
            watched = item.facts.get(WATCHED) if item.source == source else None
            for url, state in watched.items() if isinstance(watched, dict) else ():
                try:
                    states[url] = PageState.model_validate(state)
                except ValidationError:
                    continue
    return states


def observations(
    visit: Visit, visited: Iterable[Page], pages: Iterable[Page], states: dict[str, PageState]
) -> Iterator[Observation]:
    """The states of ``visited`` pages, with their neighbours in the same file (entries of two collections may share an id)."""
    wanted = {page.home.entry.id for page in visited}
    files: dict[str, list[Page]] = defaultdict(list)
    for page in pages:
        if page.home.entry.id in wanted:
            files[page.home.entry.id].append(page)
    for group in files.values():
        facts: dict[str, Any] = {
            page.url: states[page.url].model_dump(mode="json", exclude_none=True)
            for page in sorted(group, key=lambda page: page.url)
            if page.url in states
        }
        home, url = group[0].home.name, group[0].url
        yield observation(visit.source.name, home, url, visit.today.isoformat(), {WATCHED: facts})
