"""Asking ClinicalTrials.gov: the version of its data, and studies page by page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final
from weakref import finalize

from kb.problems import Message, shorten
from scrapers.faults import unexpected
from scrapers.fetching import Answer
from scrapers.reading import json_of, model_of, within
from scrapers.register import Bounds
from scrapers.source import Visit
from scrapers.sources.clinicaltrials_gov_records import Page, Study, Version

#: Empty pages may come before the end; so many in a row are a fault.
_MOST_EMPTY: Final = 20
#: Identity of a visit that is under way -> version of its data; visits hold lists and are no keys.
_VERSIONS: Final[dict[int, str]] = {}


def version_of_run(visit: Visit) -> str:
    """:func:`version` as it was when this visit first asked: observing and discovering go by the same data.

    Raises:
        SourceFault: the answer is no version.
    """
    if id(visit) not in _VERSIONS:
        data = version(visit)
        _VERSIONS[id(visit)] = data
        finalize(visit, _VERSIONS.pop, id(visit), None)
    return _VERSIONS[id(visit)]


def version(visit: Visit) -> str:
    """The time of the data; empty while the service does not say it.

    Raises:
        SourceFault: the answer is no version.
    """
    answer = visit.fetch.get(f"{visit.source.base}/version", accept="json")
    return model_of(answer, json_of(answer), Version).data_timestamp or ""


def studies_unless_read(visit: Visit, params: Mapping[str, str], size: int) -> list[Study] | None:
    """As :func:`studies`; None when the last whole run read the same answer, which must then be the only page.

    Raises:
        SourceFault: as :func:`studies`.
    """
    first = _page(visit, params, size)
    if visit.is_read(first.asked, first.body):
        return None
    found = list(studies(visit, params, size, first=first))
    if b'"nextPageToken"' not in first.body:
        visit.note_read(first.asked, first.body)
    return found


def studies(
    visit: Visit, params: Mapping[str, str], size: int, bounds: Bounds | None = None, first: Answer | None = None
) -> Iterator[Study]:
    """All studies of a query, each once, over as many pages as there are.

    Args:
        visit: Whom to ask.
        params: Query, filter, fields and sort; they are repeated on every page, as the service wants.
        size: Studies a page; above 1000 the service cuts silently.
        bounds: What the total may be.
        first: The first page, when it has been fetched.

    Raises:
        SourceFault: an answer does not follow the format, tokens or pages repeat, the total is outside of ``bounds``.
    """
    token, tokens, seen, empty = "", set[str](), set[str](), 0
    while True:
        answer = first if first is not None and not token else _page(visit, params, size, token)
        page = model_of(answer, json_of(answer), Page)
        if not token and page.total is not None:
            within(answer, page.total, bounds, "hits")
        new = [study for study in page.studies if study.protocol.identification.nct_id not in seen]
        empty = 0 if page.studies else empty + 1
        if (page.studies and not new) or empty > _MOST_EMPTY:
            raise _circling(answer, "pages without new studies", "新しい試験のないページの繰り返し")
        for study in new:
            nct = study.protocol.identification.nct_id
            if nct not in seen:
                seen.add(nct)
                yield study
        token = page.next_token or ""
        if not token:
            return
        if token in tokens:
            raise _circling(
                answer, f"the page token «{shorten(token)}» again", f"ページトークン「{shorten(token)}」の再出現"
            )
        tokens.add(token)


def _page(visit: Visit, params: Mapping[str, str], size: int, token: str = "") -> Answer:
    more = {"pageToken": token} if token else {"countTotal": "true"}
    return visit.fetch.get(f"{visit.source.base}/studies", {**params, "pageSize": str(size), **more}, accept="json")


def moved_on(visit: Visit, before: str, after: str) -> Exception:
    """The data changed while pages were read: tokens belong to one version of the data."""
    return unexpected(
        visit.source.name,
        f"{visit.source.base}/version",
        Message(f"The data went from {before} to {after} during the run.", f"実行中にデータが{before}から{after}に更新された。"),
        Message("One version of the data for all pages.", "全ページを同じ版のデータから読み取ることを想定している。"),
        Message("Run the source again; nothing was changed.", "同じ情報源を再実行する。データは変更されていない。"),
    )  # fmt: skip


def _circling(answer: Answer, what: str, what_ja: str) -> Exception:
    return unexpected(
        answer.source,
        answer.url,
        Message(f"The service repeats: {what}.", f"応答が繰り返されている({what_ja})。"),
        Message(
            "Pages that come to an end, each with another token.",
            "毎回異なるトークンをもち終わりのあるページを想定している。",
        ),
    )
