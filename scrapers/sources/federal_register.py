"""Federal Register: documents of the health agencies that name extracellular vesicles, and their comment deadlines."""

from __future__ import annotations

from collections.abc import Iterator

from kb.problems import Message
from kb.proposals import Proposal
from kb.searches import Excluded, Search
from scrapers.citations import citations
from scrapers.faults import SourceFault, unexpected
from scrapers.fetching.answer import Answer
from scrapers.reading import within
from scrapers.source import SourceModule, Visit
from scrapers.sources.federal_register_proposals import about
from scrapers.sources.federal_register_records import DOCKET, FIELDS, Document, page_of
from scrapers.sources.notices import localized, slug

#: Each is one query; the API reads a list of words as «all of them».
TERMS = ("exosome", "exosomes", '"extracellular vesicle"', '"extracellular vesicles"')
#: Slugs of agencies whose documents bind or guide EV products; NIH alone would bring its patent licences.
AGENCIES = ("food-and-drug-administration", "federal-trade-commission", "centers-for-medicare-medicaid-services")
#: Documents in one answer. 1 and more than 2,000 silently become 20 (source of the API).
PER_PAGE = 100
#: Query parameters and their values.
Query = dict[str, str | int | list[str]]
#: Documents of one docket (API documentation, «conditions[docket_id]»).
_DOCKET = "conditions[docket_id]"
_OTHER_DOCKET = Message("Of another docket.", "別のドケットの文書である。")
#: page × per_page beyond this silently sends page 1 again.
_DEEPEST = 10_000


def discover(visit: Visit) -> Iterator[Proposal]:
    """Documents that no entry holds; on a docket that an entry holds, as an event of that entry.

    Raises:
        SourceFault: an answer is not as documented, or the pages repeat or end too early.
    """
    known, found = _known(visit), dict[str, Document]()
    for key, query in _queries(visit).items():
        hits, documents = _read(visit, query)
        visit.searches.append(_protocol(visit, key, query, hits, documents, known))
        found.update((item.document_number, item) for item in documents if _why_not(item, query) is None)
    new = [item for item in found.values() if item.document_number.lower() not in known]
    for document in sorted(new, key=lambda item: (item.publication_date, item.document_number), reverse=True):
        yield about(visit, document)


def _queries(visit: Visit) -> dict[str, Query]:
    """Name of the search -> what is asked: the words at our agencies, and each docket of an entry by its number."""
    words: dict[str, Query] = {
        term.strip('"').replace(" ", "-"): {"conditions[term]": term, "conditions[agencies][]": list(AGENCIES)}
        for term in TERMS
    }
    dockets = {
        number.upper()
        for entry in visit.kb.guidelines.values()
        for number in entry.document_numbers
        if entry.withdrawn is None and DOCKET.fullmatch(number.upper())
    }
    # A draft on potency assays concerns EV products without naming them: its docket is followed whatever it says.
    return words | {slug("docket", docket): {_DOCKET: docket} for docket in sorted(dockets)}


def _known(visit: Visit) -> frozenset[str]:
    """Document numbers in entries: among their numbers, or in an address ``/documents/2026/01/05/2026-00001/…``."""
    numbers = {number for entry in visit.kb.guidelines.values() for number in entry.document_numbers}
    pages = (item.url.partition("/documents/")[2] for item in citations(visit.kb) if item.url)
    return frozenset(text.lower() for text in numbers | {part for page in pages for part in page.split("/")})


def _read(visit: Visit, query: Query) -> tuple[int, list[Document]]:
    # Numbers of early years were given twice; the API itself adds the day to its addresses (``?publication_date=``).
    found: dict[tuple[str, str], Document] = {}
    page_number = 1
    while True:
        answer = visit.fetch.get(
            f"{visit.source.base}/documents.json", _asked(visit, query, page_number), accept="json"
        )
        page, documents = page_of(answer)
        within(answer, page.count, visit.source.expected.get("hits"), "hits")
        before = len(found)
        found.update(((item.document_number, item.publication_date), item) for item in documents)
        if page.next_page_url is None:
            break
        page_number += 1
        if len(found) == before or page_number * PER_PAGE > _DEEPEST:
            raise _astray(answer, len(found), page.count)
    if len(found) < page.count:
        raise _astray(answer, len(found), page.count)
    return page.count, list(found.values())


def _asked(visit: Visit, query: Query, page: int) -> Query:
    since: Query = {"conditions[publication_date][gte]": visit.since.isoformat()} if visit.since else {}
    return {**query, **since, "fields[]": list(FIELDS), "order": "newest", "per_page": PER_PAGE, "page": page}


def _why_not(document: Document, query: Query) -> Message | None:
    """Why a document is not worth a person's time; None when it is.

    The search reads the whole text, of which only title, abstract and excerpts are seen here: a document without the words
    in these is kept, one whose words mean another thing is not. A rule on diagnostics with vesicles is one on vesicles too.
    """
    if _DOCKET in query:
        return None if query[_DOCKET] in document.dockets else _OTHER_DOCKET
    reading = document.reading
    return reading.reason if reading.verdict in ("noise", "secretome") else None


def _protocol(
    visit: Visit, key: str, query: Query, hits: int, documents: list[Document], known: frozenset[str]
) -> Search:
    new = {
        item.document_number: _why_not(item, query) for item in documents if item.document_number.lower() not in known
    }
    return Search(
        source=visit.source.name,
        key=key,
        query="&".join(f"{name}={_shown(value)}" for name, value in query.items()),
        on=visit.today.isoformat(),
        hits=hits,
        known=tuple(item.document_number for item in documents if item.document_number not in new),
        proposed=tuple(number for number, why in new.items() if why is None),
        excluded=tuple(Excluded(id=number, reason=localized(why)) for number, why in new.items() if why is not None),
    )


def _shown(value: str | int | list[str]) -> str:
    return ",".join(value) if isinstance(value, list) else str(value)


def _astray(answer: Answer, read: int, count: int) -> SourceFault:
    return unexpected(
        answer.source,
        answer.url,
        Message(
            f"{read:,} different documents on pages that announce {count:,}.",
            f"{count:,}件とされるページから得られた文書は{read:,}件である。",
        ),
        Message(
            "Each document once, and as many as announced.", "各文書が1回ずつ、示された件数だけあることを想定している。"
        ),
        Message(
            "Ask for a shorter time with --since, or run the source again later. Nothing was changed.",
            "--sinceで期間を短くするか、時間をおいて再実行する。データは変更されていない。",
        ),
    )


MODULE = SourceModule("federal-register", discover=discover)
