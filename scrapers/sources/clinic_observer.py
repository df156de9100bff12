"""What clinic pages claim, counted: claim type x month x jurisdiction. No address and no name leaves the private folder.

A working group keeps the list of pages; the way from a page to what is published:

    list (private) -> page -> WARC file and its hash (private)
                         \\-> claim types of the text -> counts, where enough pages stand behind them -> observation
"""

from __future__ import annotations

import os
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from kb import KnowledgeBase
from kb.observed import Observation, observation
from kb.problems import Message
from scrapers.faults import SourceFault
from scrapers.source import SourceModule, Visit
from scrapers.sources.clinic_observer_files import ListedPage, read_list, refuse_published, store_evidence
from scrapers.sources.notices import jurisdiction_entry
from scrapers.sources.source_watcher_text import main_text

#: The text of a page and its language -> the claim types in it, as codes.
ClaimTypes = Callable[[str, str], list[str]]

#: Where the working group keeps its list and its evidence, when the command line does not say; never in a repository.
LIST, EVIDENCE = "EVREG_CLINIC_LIST", "EVREG_CLINIC_EVIDENCE"
#: The fact under which counts are kept; its way leads through the list ``sources`` to no position of it, so that the
#: overlay of observed facts leaves it out of the profile.
CLAIMED = "sources.claims-observed"
#: Fewer pages than this could be recognised by who knows the country; the usual least cell of published statistics.
LEAST = 5


def observer(claim_types: Callable[[KnowledgeBase], ClaimTypes]) -> SourceModule:
    """The module with a way to find claim types; it is made once for each run, from the knowledge base."""
    return SourceModule("clinic-observer", observe=lambda visit: observe(visit, claim_types(visit.kb)))


def observe(visit: Visit, claim_types: ClaimTypes) -> Iterator[Observation]:
    """Read the listed pages once, keep the evidence, and state the counts of this month.

    Raises:
        SourceFault: there is no list, it lies in a repository or is not usable; no message names an address.
    """
    path = _list_path(visit)
    pages = read_list(visit.source.name, path)
    evidence = Path(os.environ.get(EVIDENCE) or path.parent / "evidence")
    refuse_published(visit.source.name, evidence)
    read: Counter[str] = Counter()
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for page in islice(pages, visit.limit):
        text = _text(visit, page, evidence)
        if text is not None:
            read[page.jurisdiction] += 1
            found[page.jurisdiction].update(set(claim_types(text, page.language)))
    for code in sorted(read):
        if read[code] >= LEAST:
            yield _counts(visit, code, read[code], found[code])


def wordings(kb: KnowledgeBase) -> ClaimTypes:
    """Claim types by the wordings that the entries of ``claims`` collect: the category of each that stands in the text."""
    known = [
        (claim.category, language, _comparable(wording))
        for claim in kb.claims.values()
        for language in ("en", "ja")
        for wording in getattr(claim.wording, language)
    ]

    def types(text: str, language: str) -> list[str]:
        said = _comparable(text)
        return sorted({category for category, spoken, wording in known if spoken == language and wording in said})

    return types


def _comparable(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _list_path(visit: Visit) -> Path:
    if len(visit.files) == 1:
        return visit.files[0]
    if not visit.files and os.environ.get(LIST):
        return Path(os.environ[LIST])
    by_hand = visit.source.by_hand
    raise SourceFault(
        "by-hand",
        visit.source.name,
        "",
        Message(f"{len(visit.files)} lists of pages were given.", f"ページの一覧が{len(visit.files)}件指定された。"),
        Message(f"One list, by --file or {LIST}.", f"--file又は{LIST}で一覧を1件指定する。"),
        Message(by_hand.en, by_hand.ja) if by_hand else Message("Give a list.", "一覧を指定する。"),
    )


def _text(visit: Visit, page: ListedPage, evidence: Path) -> str | None:
    """The main text; None when the page could not be read, which is counted nowhere and named nowhere."""
    try:
        answer = visit.fetch.get(page.url, accept="html")
    except SourceFault:
        return None
    store_evidence(evidence, answer)
    return main_text(answer)


def _counts(visit: Visit, code: str, pages: int, types: Counter[str]) -> Observation:
    entry = jurisdiction_entry(visit, code)
    months: dict[str, Any] = {}
    for item in visit.kb.observations.get(entry, ()):
        earlier = item.facts.get(CLAIMED) if item.source == visit.source.name else None
        months.update(earlier if isinstance(earlier, dict) else {})
    # A type on a few pages only is said to be there, not counted.
    counted = {name: count if count >= LEAST else f"<{LEAST}" for name, count in sorted(types.items())}
    months[f"{visit.today:%Y-%m}"] = {"pages": pages, "types": counted}
    facts = {CLAIMED: dict(sorted(months.items()))}
    return observation(
        visit.source.name, entry, f"urn:evreg:clinic-observer:{code.lower()}", visit.today.isoformat(), facts
    )


MODULE = observer(wordings)
