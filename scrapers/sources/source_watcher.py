"""Does every cited page still exist, and does it still say what it said? Dead pages come with an archived copy."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlsplit

from kb.observed import Observation
from kb.proposals import Proposal
from scrapers.faults import SourceFault
from scrapers.source import SourceModule, Visit
from scrapers.sources import source_watcher_words as words
from scrapers.sources.notices import digest
from scrapers.sources.source_watcher_pages import (
    Page,
    PageState,
    State,
    cited_pages,
    observations,
    remembered,
    selection,
)
from scrapers.sources.source_watcher_text import PageTexts, fingerprint
from scrapers.sources.wayback import archived_copy

#: Hosts asked at the same time; each of them still gets one request after another at its pace.
_HOSTS_AT_ONCE = 8
#: A host may be down for a weekend; after this it is said to be gone. Days.
_PATIENCE = timedelta(days=7)
#: Every page without a known copy is looked up once in so many weeks, so that the archive is asked a few dozen times a run.
_ARCHIVE_WEEKS = 13
#: RFC 9110, 15.4: these say that the new address is the one to keep.
_FOR_GOOD = frozenset((301, 308))
#: What a fault of a single page says of it. Others, such as an answer that is not in the cache of an offline run, say
#: nothing: the page stays in its state.
_STATES: dict[str, State] = {
    "robots": "refused", "too-large": "refused", "not-public": "unreachable",
    "too-slow": "unreachable", "unreachable": "unreachable", "truncated": "unreachable",
}  # fmt: skip
#: When none of so many pages can be reached, it is our own connection.
_ENOUGH = 10


@dataclass(frozen=True)
class _Seen:
    """What one visit to one page found; ``why`` is a status or a kind of fault, empty when all is well."""

    state: State
    why: str = ""
    sha256: str | None = None
    leads_to: str | None = None
    fault: SourceFault | None = None


def observe(visit: Visit) -> Iterator[Observation | Proposal]:
    """Visit the cited pages; ``visit.limit`` counts pages, and another part of them comes each day.

    A page that cannot be read is a finding, not a fault: the others are visited all the same. What happened to a page
    comes before its new state, so that a run that is cut short notices the same again and never forgets it.

    Raises:
        SourceFault: no page at all could be reached.
    """
    pages, texts = cited_pages(visit.kb), PageTexts()
    states = {url: state for url, state in remembered(visit.kb, visit.source.name).items() if url in pages}
    chosen = selection(list(pages.values()), visit.limit, visit.today)
    seen = _visited(visit, chosen, texts)
    _refuse_no_connection(seen)
    archive = _Archive(visit)
    for page in chosen:
        if page.url not in seen:
            continue
        before, now = states.get(page.url), seen[page.url]
        after = _state_after(before, now, visit.today)
        states[page.url] = after.model_copy(update={"archived": archive.copy_of(page, after)})
        yield from _proposals(visit, page, before, now, states[page.url], texts)
    told = [page for page in chosen if page.url in seen]
    yield from words.moved(visit, told, states)
    yield from observations(visit, told, pages.values(), states)


def _refuse_no_connection(seen: dict[str, _Seen]) -> None:
    faults = [
        now.fault for now in seen.values() if now.fault is not None and now.fault.kind in ("unreachable", "too-slow")
    ]
    if len(faults) >= _ENOUGH and len(faults) == len(seen):
        raise faults[0]


def _visited(visit: Visit, pages: list[Page], texts: PageTexts) -> dict[str, _Seen]:
    """One worker for each host, so that none of them waits for the pace of another host."""
    hosts: dict[str, list[Page]] = defaultdict(list)
    for page in pages:
        hosts[urlsplit(page.url).netloc].append(page)
    found: dict[str, _Seen] = {}
    with ThreadPoolExecutor(_HOSTS_AT_ONCE, thread_name_prefix="watcher") as pool:
        groups = sorted(hosts.values(), key=len, reverse=True)
        for part in pool.map(lambda group: [(page.url, _look_at(visit, page.url, texts)) for page in group], groups):
            found.update((url, now) for url, now in part if now is not None)
    return found


def _look_at(visit: Visit, url: str, texts: PageTexts) -> _Seen | None:
    try:
        answer = visit.fetch.get(url, also=range(400, 600))
    except SourceFault as fault:
        state = _STATES.get(fault.kind)
        return _Seen(state, fault.kind, fault=fault) if state else None
    if answer.status in (404, 410):
        return _Seen("gone", str(answer.status))
    if answer.status != 200:
        return _Seen("refused" if answer.status < 500 else "unreachable", str(answer.status))
    sha256, text = fingerprint(answer)
    if sha256 and text:
        texts.keep(sha256, text)
    elsewhere = bool(answer.redirects) and _FOR_GOOD.issuperset(answer.redirects) and answer.url != url
    return _Seen("alive", "", sha256, answer.url if elsewhere else None)


def _state_after(before: PageState | None, now: _Seen, today: date) -> PageState:
    same = before is not None and before.state == now.state
    changed = before is not None and now.sha256 is not None and before.sha256 not in (None, now.sha256)
    return PageState(
        state=now.state,
        since=before.since if before is not None and same else today.isoformat(),
        # A page that shows nothing to compare today is compared with its last text another day.
        sha256=now.sha256 or (before.sha256 if before else None),
        changed=today.isoformat() if changed else before.changed if before else None,
        leads_to=now.leads_to,
        archived=before.archived if before else None,
    )


def _proposals(
    visit: Visit, page: Page, before: PageState | None, now: _Seen, after: PageState, texts: PageTexts
) -> Iterator[Proposal]:
    if after.state == "gone" or (after.state == "unreachable" and _long_since(after.since, visit.today)):
        yield from words.gone(visit, page, now.why, after)
    elif before is not None and before.sha256 and now.sha256 and before.sha256 != now.sha256:
        yield words.changed(visit, page, texts.find(before.sha256), texts.find(now.sha256), now.sha256, after)


def _long_since(since: str, today: date) -> bool:
    return date.fromisoformat(since) <= today - _PATIENCE


class _Archive:
    """Looks up copies; after a fault of the archive nothing more is asked in this run."""

    def __init__(self, visit: Visit) -> None:
        self._visit, self._open = visit, True

    def copy_of(self, page: Page, state: PageState) -> str | None:
        known = state.archived or next((item.source.archived for item in page.citations if item.source.archived), None)
        if known or not self._open or not self._is_due(page.url, state):
            return known
        try:
            return archived_copy(self._visit.fetch, page.url, _day(page.home.source.accessed))
        except SourceFault:
            self._open = False
            return None

    def _is_due(self, url: str, state: PageState) -> bool:
        week = self._visit.today.toordinal() // 7
        return state.state in ("gone", "unreachable") or int(digest(url), 16) % _ARCHIVE_WEEKS == week % _ARCHIVE_WEEKS


def _day(partial: str) -> date:
    """The first day of a partial date: a copy near it shows what was read."""
    return date.fromisoformat(f"{partial}-01-01"[:10] if len(partial) == 4 else f"{partial}-01"[:10])


MODULE = SourceModule("source-watcher", observe=observe)
