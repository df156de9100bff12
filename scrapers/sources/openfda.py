"""openFDA: recalls whose product or reason names extracellular vesicles, and counts of reports that name them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import parse_qsl, urlsplit

from requests.utils import parse_header_links

from kb.models.base import Localized
from kb.problems import Message, shorten
from kb.proposals import Proposal
from kb.searches import Excluded, Search
from scrapers.ev_words import read_text, search_words
from scrapers.faults import SourceFault, unexpected
from scrapers.fetching.answer import Answer
from scrapers.reading import model_of, within
from scrapers.source import SourceModule, Visit
from scrapers.sources.notices import localized, notice, slug
from scrapers.sources.openfda_records import Page, Recall, page_of
from scrapers.sources.places import UNITED_STATES, shown_at

#: Lists of recalls, each with the same fields.
RECALLS = ("drug/enforcement", "device/enforcement", "food/enforcement")
#: Reports that anybody may send and nobody verified: counted, never proposed. Endpoint -> field with the product's name.
COUNTED = {
    "drug/event": "patient.drug.medicinalproduct",
    "cosmetic/event": "products.name_brand",
    "device/event": "device.brand_name",
}
#: Records in one answer (at most 1,000).
LIMIT = 100
#: FDA's own page of recalls; it has no address for a single one.
_PAGE = "https://www.accessdata.fda.gov/scripts/ires/index.cfm"


class _Hits(NamedTuple):
    total: int
    recalls: list[Recall]


def discover(visit: Visit) -> Iterator[Proposal]:
    """Recalls that no entry names yet.

    Raises:
        SourceFault: an answer is not as openFDA documents it.
    """
    found: list[tuple[str, Recall]] = []
    for endpoint in RECALLS:
        query = _dated(
            visit, " OR ".join(f"{field}:{_any()}" for field in ("product_description", "reason_for_recall"))
        )
        hits = _read(visit, endpoint, query)
        new = {id(recall): recall for recall in hits.recalls if _of_vesicles(recall) and not _known(visit, recall)}
        visit.searches.append(_protocol(visit, endpoint, query, hits, list(new.values())))
        found += [(endpoint, recall) for recall in new.values()]
    for endpoint, field in COUNTED.items():
        query = f"{field}:{_any()}"
        page = _page(visit, endpoint, {"search": query, "limit": "1"})[1]
        visit.searches.append(_protocol(visit, endpoint, query, _Hits(page.meta.results.total if page else 0, []), []))
    for endpoint, recall in found[: visit.limit]:
        yield _proposal(visit, endpoint, recall)


def _any() -> str:
    # Blanks stand between the words of the query; the client writes them as +, and a + of ours would become %2B.
    return "(" + " OR ".join(f'"{word}"' for word in search_words("en")) + ")"


def _dated(visit: Visit, query: str) -> str:
    if visit.since is None:
        return f"({query})"
    return f"({query}) AND report_date:[{visit.since:%Y%m%d} TO {visit.today:%Y%m%d}]"


def _read(visit: Visit, endpoint: str, query: str) -> _Hits:
    asked = {"search": query, "limit": str(LIMIT), "sort": "report_date:desc"}
    recalls: dict[tuple[str, str], Recall] = {}
    total, rows, next_page = 0, 0, asked
    while next_page:
        answer, page = _page(visit, endpoint, next_page)
        if page is None:
            break
        total = within(answer, page.meta.results.total, visit.source.expected.get("hits"), "hits")
        before = len(recalls)
        for place, row in enumerate(page.results):
            recall = model_of(answer, row, Recall, at=f"results[{place}]")
            recalls.setdefault((recall.number, recall.product_description), recall)
        rows += len(page.results)
        if rows >= total:
            break
        if len(recalls) == before:
            raise _repeats(answer, rows, total)
        next_page = _next(answer, asked, rows)
    return _Hits(total, list(recalls.values()))


def _page(visit: Visit, endpoint: str, asked: dict[str, str]) -> tuple[Answer, Page | None]:
    # 404 is how openFDA says that nothing matches.
    answer = visit.fetch.get(f"{visit.source.base}/{endpoint}.json", asked, accept="json", also=(404,))
    return answer, page_of(answer)


def _next(answer: Answer, asked: dict[str, str], rows: int) -> dict[str, str]:
    """The query of the next page: that of the Link header, which alone leads beyond 26,000 hits; else ``skip``.

    Only its query is used, so that no answer can send the reader to another host.
    """
    links = {link.get("rel"): link["url"] for link in parse_header_links(answer.headers.get("link", ""))}
    query = dict(parse_qsl(urlsplit(links.get("next", "")).query))
    query.pop("api_key", None)
    return {**asked, **query} if query else {**asked, "skip": str(rows)}


def _of_vesicles(recall: Recall) -> bool:
    return read_text(recall.product_description, recall.reason_for_recall).verdict in ("vesicles", "biomarker")


def _known(visit: Visit, recall: Recall) -> bool:
    number = recall.number.lower()
    for collection in ("enforcement", "safety-events"):
        for entry in visit.kb.collection(collection).values():
            if number in f"{getattr(entry, 'reference', '') or ''} {entry.title.en}".lower():
                return True
    return False


def _protocol(visit: Visit, endpoint: str, query: str, hits: _Hits, new: list[Recall]) -> Search:
    proposed = {recall.number for recall in new}
    known = [recall.number for recall in hits.recalls if recall.number not in proposed and _known(visit, recall)]
    left_out = [
        Excluded(
            id=recall.number, reason=localized(read_text(recall.product_description, recall.reason_for_recall).reason)
        )
        for recall in hits.recalls
        if recall.number not in proposed and recall.number not in known
    ]
    return Search(
        source=visit.source.name,
        key=endpoint.replace("/", "-"),
        query=query,
        on=visit.today.isoformat(),
        hits=hits.total,
        known=tuple(dict.fromkeys(known)),
        proposed=tuple(dict.fromkeys(recall.number for recall in new)),
        excluded=tuple(left_out),
    )


def _proposal(visit: Visit, endpoint: str, recall: Recall) -> Proposal:
    product, reason = shorten(recall.product_description, 240), shorten(recall.reason_for_recall, 240)
    firm = shorten(recall.recalling_firm, 100)
    return notice(
        visit,
        slug("recall", recall.number, recall.product_description),
        shown_at(visit, UNITED_STATES),
        Localized(
            en=f"Recall {recall.number} ({recall.classification}, {recall.status}) reported {recall.report_date}: "
            f"{firm}, “{product}”. Reason: “{reason}”",
            ja=f"リコール{recall.number}({recall.classification}、{recall.status}、{recall.report_date}報告): "
            f"{firm}「{product}」。理由:「{reason}」",
        ),
        _PAGE,
        recall.model_dump_json(),
        confidence="medium",
        reasons=(
            localized(read_text(recall.product_description, recall.reason_for_recall).reason),
            Localized(
                en=f"openFDA, {endpoint}: whether the product is meant for EV medicine is for a person to see.",
                ja=f"openFDAの{endpoint}による。EV医療に関する製品であるかは人が確認する。",
            ),
        ),
    )


def _repeats(answer: Answer, rows: int, total: int) -> SourceFault:
    return unexpected(
        answer.source,
        answer.url,
        Message(
            f"After {rows:,} of {total:,} recalls a page brings none that is new.",
            f"{total:,}件中{rows:,}件の後、新しいものを含まないページが返された。",
        ),
        Message("Each page with further recalls.", "ページごとに次のリコールを想定している。"),
    )


MODULE = SourceModule("openfda", discover=discover)
