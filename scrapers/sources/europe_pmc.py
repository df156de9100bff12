"""Europe PMC: preprints about vesicles in people, which PubMed does not hold (REST search 6.9; wire section 4).

Titles and identifiers are kept; abstracts belong to their owners.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Annotated, Final

from pydantic import BeforeValidator, Field

from kb.models.base import Localized
from kb.problems import Message, shorten
from kb.proposals import Proposal
from kb.searches import Excluded, Search
from scrapers import dates
from scrapers.citations import citations, doi_of
from scrapers.ev_words import read_text, search_words
from scrapers.faults import SourceFault, unexpected
from scrapers.fetching.answer import Answer
from scrapers.reading import Record, json_of, model_of, within
from scrapers.source import SourceModule, Visit
from scrapers.sources.notices import localized, notice, slug
from scrapers.sources.places import shown_at
from scrapers.texts import html_text, one_line

NAME: Final = "europe-pmc"
#: Rows in one answer; up to 1,000 are given.
SIZE: Final = 200
#: The service announces a few hits more than it gives (168 of 170, ContentMine/getpapers, issue 153): this share at most.
_MISCOUNTED: Final = 0.02
#: What a title says of work with people, for rules or of harm; most preprints about vesicles are about cells in dishes.
_PEOPLE: Final = (
    "clinical trial", "phase 1", "phase 2", "phase I", "phase II", "first-in-human", "randomized", "randomised", "patients",
    "safety", "adverse", "case report", "regulatory", "good manufacturing practice", "guideline", "consensus",
)  # fmt: skip


def _day(value: object) -> str | None:
    return dates.iso(value) if value else None


class _Row(Record):
    """One record of an answer of type «lite»; ``source`` is PPR for preprints, MED for PubMed and others."""

    id: Annotated[str, Field(min_length=1)]
    source: Annotated[str, Field(pattern=r"^[A-Z]{2,6}$")]
    title: Annotated[str, Field(min_length=1)]
    doi: str | None = None
    published: Annotated[str | None, BeforeValidator(_day)] = Field(None, alias="firstPublicationDate")


class _List(Record):
    result: list[_Row]


class _Page(Record):
    hits: int = Field(alias="hitCount", ge=0)
    rows: _List = Field(alias="resultList")
    cursor: str | None = Field(None, alias="nextCursorMark")


def query(visit: Visit) -> str:
    """What is asked: vesicle words and words of use in people in the title, since the last year began.

    A day that moves with each run would make every question a new one.
    """
    vesicles = " OR ".join(f'TITLE:"{word}"' for word in search_words("en"))
    people = " OR ".join(f'TITLE:"{word}"' for word in _PEOPLE)
    first = visit.since.isoformat() if visit.since else f"{visit.today.year - 1}-01-01"
    return f"({vesicles}) AND ({people}) AND SRC:PPR AND FIRST_PDATE:[{first} TO {visit.today.year + 1}-12-31]"


def discover(visit: Visit) -> Iterator[Proposal]:
    """Preprints that no entry cites.

    Raises:
        SourceFault: an answer is not as the service describes it.
    """
    known = {doi for item in citations(visit.kb) if (doi := item.doi)}
    asked = query(visit)
    ours, new, out = list[str](), list[_Row](), list[Excluded]()
    for row in _found(visit, asked):
        reading = read_text(_title(row))
        if row.doi and doi_of(row.doi) in known:
            ours.append(row.id)
        elif row.source != "PPR":
            out.append(Excluded(id=row.id, reason=_NO_PREPRINT))
        elif reading.verdict != "vesicles":
            out.append(Excluded(id=row.id, reason=localized(reading.reason)))
        else:
            new.append(row)
    visit.searches.append(Search(
        source=NAME, key="preprints", query=asked, on=visit.today.isoformat(), hits=len(ours) + len(new) + len(out),
        known=tuple(ours), proposed=tuple(row.id for row in new), excluded=tuple(out),
    ))  # fmt: skip
    for row in islice(new, visit.limit):
        yield _proposal(visit, row)


def _found(visit: Visit, asked: str) -> Iterator[_Row]:
    cursor, seen, cursors = "*", set[str](), set[str]()
    while True:
        answer = visit.fetch.get(
            f"{visit.source.base}/search",
            {"query": asked, "format": "json", "resultType": "lite", "pageSize": str(SIZE), "cursorMark": cursor},
            accept="json",
        )
        page = model_of(answer, json_of(answer), _Page)
        if cursor == "*":
            within(answer, page.hits, visit.source.expected.get("hits"), "hits")
        new = {row.id: row for row in page.rows.result if row.id not in seen}
        yield from new.values()
        seen |= new.keys()
        cursors.add(cursor)
        # The mark of the last page is absent, or the same again.
        if not page.cursor or page.cursor in cursors or not page.rows.result:
            break
        cursor = page.cursor
    if abs(len(seen) - page.hits) > int(page.hits * _MISCOUNTED):
        raise _incomplete(answer, len(seen), page.hits)


def _proposal(visit: Visit, row: _Row) -> Proposal:
    title, day = shorten(_title(row), 300), row.published
    doi = doi_of(row.doi)
    return notice(
        visit,
        slug("preprint", row.id),
        shown_at(visit, "glossary/exosome-therapy", "glossary/exosome"),
        Localized(
            en=f"New preprint, not peer-reviewed: “{title}” ({day or 'no day given'}, {doi or row.id}).",
            ja=f"新規プレプリント(査読前):「{title}」({day or '日付の記載なし'}、{doi or row.id})。",
        ),
        f"https://europepmc.org/article/PPR/{row.id}",
        repr((_title(row), doi)),
        confidence="low",
        reasons=(localized(read_text(_title(row)).reason),),
    )


_NO_PREPRINT = Localized(
    en="No preprint; published articles are found at PubMed.", ja="プレプリントではない。公表論文はPubMedで検索する。"
)


def _title(row: _Row) -> str:
    return one_line(html_text(row.title)).removesuffix(".")


def _incomplete(answer: Answer, read: int, count: int) -> SourceFault:
    return unexpected(
        answer.source,
        answer.url,
        Message(f"The pages hold {read:,} of {count:,} preprints.", f"全{count:,}件中{read:,}件のみ返された。"),
        Message("Every preprint of the answer, each once.", "該当する全件が1回ずつ返されることを想定している。"),
    )


MODULE = SourceModule(NAME, discover=discover)
