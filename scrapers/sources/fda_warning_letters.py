"""FDA warning letters: those that name extracellular vesicles and that no entry holds yet."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from kb.models.base import Localized
from kb.problems import Message, shorten
from kb.proposals import Proposal
from kb.searches import Excluded, Search
from scrapers.citations import citations, page_of
from scrapers.ev_words import EvReading, read_text
from scrapers.faults import SourceFault, unexpected
from scrapers.fetching.answer import Answer
from scrapers.reading import within
from scrapers.source import SourceModule, Visit
from scrapers.sources.fda_warning_letters_records import LETTERS, Letter, Row, check_header, letter_of, rows_of
from scrapers.sources.notices import Confidence, localized, notice, slug
from scrapers.sources.places import UNITED_STATES, shown_at

#: Each is one search of the full text.
WORDS = ("exosome", "exosomes", "extracellular vesicles")
LIST = (
    "/inspections-compliance-enforcement-and-criminal-investigations/compliance-actions-and-activities/warning-letters"
)
TABLE = "/datatables/views/ajax"
#: The view behind the list page.
_VIEW = {
    "view_name": "warning_letter_solr_index",
    "view_display_id": "warning_letter_solr_block",
    "view_path": "/node/360089",
    "order[0][column]": "0",
    "order[0][dir]": "desc",
}
LENGTH = 100


def discover(visit: Visit) -> Iterator[Proposal]:
    """Letters that no entry holds, each read to see whether it speaks of vesicles.

    Raises:
        SourceFault: the table or a letter's page is not as it was; fda.gov refuses programs from data centres.
    """
    _check_list(visit)
    known, found = _Known(visit), dict[str, Row]()
    hits = {word: _read(visit, word) for word in WORDS}
    for rows in hits.values():
        found.update((row.url, row) for row in rows if _is_recent(visit, row) and not known.has(row))
    letters = {url: _letter(visit, url) for url in list(found)[: visit.limit]}
    for word, rows in hits.items():
        visit.searches.append(_protocol(visit, word, rows, known, letters))
    for url, letter in letters.items():
        if letter is None or _about_vesicles(letter):
            yield _proposal(visit, found[url], letter)


class _Known:
    """The letters that entries hold, by page and by MARCS-CMS number."""

    def __init__(self, visit: Visit) -> None:
        self._pages = {_name(item.url) for item in citations(visit.kb) if item.url and LETTERS in item.url}
        self._texts = " ".join(
            f"{entry.reference or ''} {entry.title.en} {entry.url or ''}" for entry in visit.kb.enforcement.values()
        )

    def has(self, row: Row) -> bool:
        return _name(row.url) in self._pages or (row.marcs is not None and row.marcs in self._texts)


def _name(url: str) -> str:
    """The last part of a letter's address; FDA has moved the parts before it."""
    return page_of(url).rpartition("/")[2]


def _check_list(visit: Visit) -> None:
    # Read for its header only; without it the shape of the cells has to do.
    answer = visit.fetch.get(f"{visit.source.base}{LIST}", accept="html", also=(404,))
    if answer.status == 200:
        check_header(answer)


def _read(visit: Visit, word: str) -> list[Row]:
    found: dict[str, Row] = {}
    start, bounds = 0, visit.source.expected.get("letters")
    while True:
        asked = {**_VIEW, "draw": "1", "start": str(start), "length": str(LENGTH), "search_api_fulltext": word}
        answer = visit.fetch.get(
            f"{visit.source.base}{TABLE}", asked, accept="json", headers={"X-Requested-With": "XMLHttpRequest"}
        )
        page, rows = rows_of(answer)
        # A search that is silently left out brings all letters ever, which is beyond the bounds.
        within(answer, page.records_filtered, bounds, "letters")
        before = len(found)
        found.update((row.url, row) for row in rows)
        start += len(rows)
        if start >= page.records_filtered:
            return list(found.values())
        if len(found) == before:
            raise _repeats(answer, start, page.records_filtered)


def _is_recent(visit: Visit, row: Row) -> bool:
    return visit.since is None or row.posted >= visit.since.isoformat()


def _letter(visit: Visit, url: str) -> Letter | None:
    """The letter, or None when its page is not there."""
    own = f"{visit.source.base}{urlsplit(url).path}"
    answer = visit.fetch.get(own, accept="html", also=(404,))
    return letter_of(answer) if answer.status == 200 else None


def _reading(letter: Letter) -> EvReading:
    return read_text(letter.heading, letter.text)


def _about_vesicles(letter: Letter) -> bool:
    return _reading(letter).verdict in ("vesicles", "biomarker")


def _protocol(visit: Visit, word: str, rows: list[Row], known: _Known, letters: dict[str, Letter | None]) -> Search:
    proposed, left_out = [], []
    for row in rows:
        letter = letters.get(row.url)
        if row.url in letters and (letter is None or _about_vesicles(letter)):
            proposed.append(row)
        elif letter is not None:
            left_out.append(Excluded(id=row.url, reason=localized(_reading(letter).reason)))
    return Search(
        source=visit.source.name,
        key=word.replace(" ", "-"),
        query=f"search_api_fulltext={word}",
        on=visit.today.isoformat(),
        hits=len(rows),
        known=tuple(row.url for row in rows if known.has(row)),
        proposed=tuple(row.url for row in proposed),
        excluded=tuple(left_out),
    )


def _proposal(visit: Visit, row: Row, letter: Letter | None) -> Proposal:
    marcs = row.marcs or (letter.marcs if letter else None)
    number = f" (MARCS-CMS {marcs})" if marcs else ""
    issued = row.issued or row.posted
    company, subject = shorten(row.company, 120), shorten(row.subject, 200)
    about_en, about_ja = (f": “{subject}”", f"(件名「{subject}」)") if subject else ("", "")
    closed = Message(" Closed out.", "終結書あり。") if row.closed else Message("", "")
    confidence: Confidence = "high" if letter else "low"
    return notice(
        visit,
        slug("letter", marcs or _name(row.url)),
        shown_at(visit, UNITED_STATES),
        Localized(
            en=f"FDA warning letter of {issued} to {company}{number}{about_en}. Issuing office: {row.office or 'not given'}.{closed.en}",
            ja=f"FDAの{issued}付け警告書、宛先{company}{number}{about_ja}。発出部署: {row.office or '記載なし'}。{closed.ja}",
        ),
        row.url,
        # Not the whole page: it is stamped anew whenever the site is.
        repr((row, _reading(letter) if letter else None)),
        confidence=confidence,
        reasons=(localized(_reading(letter).reason) if letter else _NOT_SEEN,),
    )


_NOT_SEEN = Localized(
    en="FDA's own search of the full text found it; its page was not there to be read.",
    ja="FDAの全文検索で該当したが、警告書のページを読み取れなかった。",
)


def _repeats(answer: Answer, read: int, count: int) -> SourceFault:
    return unexpected(
        answer.source,
        answer.url,
        Message(
            f"After {read:,} of {count:,} letters a page brings none that is new.",
            f"{count:,}件中{read:,}件の後、新しいものを含まないページが返された。",
        ),
        Message("Each page with further letters.", "ページごとに次の警告書を想定している。"),
    )


MODULE = SourceModule("fda-warning-letters", discover=discover)
