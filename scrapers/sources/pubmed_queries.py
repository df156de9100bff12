"""What PubMed is asked: three questions in its own query language, and one about the registrations that entries hold.

E-utilities esearch (https://www.ncbi.nlm.nih.gov/books/NBK25499/; wire section 4).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, NamedTuple

from pydantic import Field

from kb.problems import Message, shorten
from scrapers.faults import SourceFault, unexpected
from scrapers.fetching.answer import Answer
from scrapers.reading import Record, json_of, model_of
from scrapers.source import Visit

#: Subject headings find indexed papers, words in title and abstract find those of the last weeks. A phrase with a star
#: needs four letters before it.
_VESICLES = (
    '(exosomes[mh] OR "extracellular vesicles"[mh] OR exosom*[tiab] OR "extracellular vesicle*"[tiab]'
    ' OR microvesicle*[tiab] OR ectosome*[tiab] OR "apoptotic bodies"[tiab])'
)
_PEOPLE = "NOT (animals[mh] NOT humans[mh])"
#: «regulat*» alone is left out: in this field it nearly always means genes.
_RULES = " OR ".join(
    ["guideline[pt]", "practice guideline[pt]", "consensus development conference[pt]"]
    + [f'"{phrase}"[ti]' for phrase in ("position statement", "position paper", "white paper", "consensus statement")]
    + [
        f'"{phrase}"[tiab]'
        for phrase in (
            "good manufacturing practice*", "regulatory requirement*", "regulatory framework*", "regulatory authorit*",
            "regulatory agenc*", "regulatory guid*", "regulatory consideration*", "regulatory perspective*",
            "regulatory science", "regulatory approval*", "regulatory landscape", "potency assay*", "potency test*",
            "minimal criteria", "quality control of", "medicinal product*", "warning letter*",
        )
    ]
)  # fmt: skip
_TRIALS = (
    'clinical trial[pt] OR clinical trial protocol[pt] OR "first-in-human"[tiab] OR "phase 1"[ti] OR "phase I"[ti]'
    ' OR "phase 2"[ti] OR "phase II"[ti] OR "phase 3"[ti] OR "phase III"[ti] OR "pilot study"[ti] OR randomized[ti]'
    ' OR randomised[ti] OR "clinical trial"[ti] OR "case series"[ti]'
)
_HARMS = (
    'case reports[pt] OR "adverse effects"[sh] OR "adverse event*"[ti] OR "adverse reaction*"[ti] OR complication*[ti]'
    " OR infection*[ti] OR necrosis[ti] OR granuloma*[ti] OR blindness[ti] OR hypersensitivity[ti]"
)
_GIVEN = "(inject*[tiab] OR infus*[tiab] OR intravenous*[tiab] OR topical*[tiab] OR inhal*[tiab] OR microneedl*[tiab])"

#: Name of the question -> what is asked beside the date.
TOPICS = {
    "trials": f"{_VESICLES} AND ({_TRIALS}) {_PEOPLE}",
    "guidance": f"{_VESICLES} AND ({_RULES})",
    "harms": f"{_VESICLES} AND ({_HARMS}) AND {_GIVEN} {_PEOPLE}",
}
#: Registration numbers in one query.
_TOGETHER = 60
#: Days back that the three questions reach without ``--since``: this is a queue for people, and older papers were looked
#: through by hand when the knowledge base was made.
REACH = 365
#: Identifiers in one answer.
PAGE = 1_000
#: retstart + retmax for db=pubmed; what lies beyond cannot be asked for.
MOST = 9_999

_Digits = Annotated[str, Field(pattern=r"^\d+$")]


class _Result(Record):
    count: _Digits
    retstart: _Digits
    retmax: _Digits
    idlist: list[Annotated[str, Field(pattern=r"^[1-9]\d{0,7}$")]]


class Found(NamedTuple):
    """The hits of one question, newest first.

    Attributes:
        query: As sent.
        total: All hits, as PubMed counts them.
        pmids: The identifiers, each once.
        answer: The first answer, for messages.
    """

    query: str
    total: int
    pmids: list[str]
    answer: Answer


def registrations(numbers: Iterable[str]) -> dict[str, str]:
    """Name of the question -> query for records that list one of ``numbers`` (Secondary Source ID)."""
    # Bare digits (IRAS) are accession numbers of many other banks.
    known = sorted({number for number in numbers if not number.isdecimal()})
    parts = (known[start : start + _TOGETHER] for start in range(0, len(known), _TOGETHER))
    return {
        f"registrations-{place}": " OR ".join(f'"{number}"[si]' for number in part)
        for place, part in enumerate(parts, start=1)
    }


def search(visit: Visit, term: str, *, all_years: bool = False) -> Found:
    """The hits of a query among records that entered PubMed since ``visit.since``, or in the last :data:`REACH` days.

    Args:
        visit: The visit.
        term: The query.
        all_years: Without ``visit.since``, look at records of any age.

    Raises:
        SourceFault: an error body, a changed form, or pages that repeat themselves.
    """
    pmids: dict[str, None] = {}
    asked = {"db": "pubmed", "term": term, "retmode": "json", "sort": "pub_date", "tool": "evreg"}
    if visit.since is not None:
        asked |= {"datetype": "edat", "mindate": f"{visit.since:%Y/%m/%d}", "maxdate": f"{visit.today:%Y/%m/%d}"}
    elif not all_years:
        asked |= {"datetype": "edat", "reldate": str(REACH)}
    first, count = _page(visit, asked, 0, pmids)
    while len(pmids) < min(count, MOST) and (visit.limit is None or len(pmids) < visit.limit):
        before = len(pmids)
        answer, _ = _page(visit, asked, before, pmids)
        if len(pmids) == before:
            raise _repeats(answer, before, count)
    return Found(term, count, list(pmids), first)


def _page(visit: Visit, asked: dict[str, str], start: int, pmids: dict[str, None]) -> tuple[Answer, int]:
    answer = visit.fetch.get(
        f"{visit.source.base}/esearch.fcgi",
        {**asked, "retstart": start, "retmax": min(PAGE, MOST - start)},
        accept="json",
        # The body of the rate limit repeats the caller's address: it is worded here, not quoted.
        also=(400, 429),
    )
    result = _result(answer)
    pmids.update(dict.fromkeys(result.idlist))
    if not result.idlist and start == 0 and int(result.count):
        raise _repeats(answer, 0, int(result.count))
    return answer, int(result.count)


def _result(answer: Answer) -> _Result:
    data = json_of(answer)
    result = data.get("esearchresult") if isinstance(data, dict) else None
    for holder in (data, result):
        if isinstance(holder, dict):
            said = holder.get("error") or holder.get("ERROR")
            if said:
                raise _refused(answer, str(said))
    if answer.status != 200:
        raise _refused(answer, f"HTTP {answer.status}")
    return model_of(answer, result, _Result, at="esearchresult")


def _refused(answer: Answer, said: str) -> SourceFault:
    why = shorten(said, 120)
    return unexpected(
        answer.source,
        answer.url,
        Message(f"PubMed answers «{why}».", f"PubMedが「{why}」と応答した。"),
        Message("The result of a search.", "検索結果を想定している。"),
        Message(
            "Run the source again later; if it stays, look at the query. Nothing was changed.",
            "時間をおいて再実行し、続く場合は検索式を確かめる。データは変更されていない。",
        ),
    )


def _repeats(answer: Answer, read: int, count: int) -> SourceFault:
    return unexpected(
        answer.source,
        answer.url,
        Message(
            f"After {read:,} of {count:,} hits a page brings none that is new.",
            f"{count:,}件中{read:,}件の後、新しいものを含まないページが返された。",
        ),
        Message("Each page with further hits.", "ページごとに次の検索結果を想定している。"),
    )
