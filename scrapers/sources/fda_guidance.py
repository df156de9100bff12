"""FDA's list of guidance documents: new ones about vesicles or cells, and what FDA says now of those that entries stand for.

One file behind FDA's search page holds all of them, without a published description (wire section 5).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from typing import Annotated, Any, Final, Literal, NamedTuple
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from pydantic import BeforeValidator, Field

from kb.models.base import Localized
from kb.models.guidelines import Guideline
from kb.observed import Observation, observation
from kb.problems import Message, shorten
from kb.proposals import Proposal
from kb.searches import Excluded, Search
from scrapers import dates
from scrapers.citations import citations
from scrapers.ev_words import read_text
from scrapers.faults import unexpected
from scrapers.fetching.answer import Answer
from scrapers.reading import Record, json_of, model_of, within
from scrapers.source import SourceModule, Visit
from scrapers.sources.notices import localized, notice, slug
from scrapers.sources.places import UNITED_STATES, shown_at
from scrapers.texts import html_text, one_line

NAME: Final = "fda-guidance"
FILE: Final = "/files/api/datatables/static/search-for-guidance.json"
#: Path of every guidance document's page.
PAGES: Final = "/search-fda-guidance-documents/"
#: Guidance that speaks of vesicles seldom says so in its title; these words are near enough to look at.
_NEAR = re.compile(
    r"\b(?:cell(?:s|ular)?[- ](?:and|based|therap\w*)|gene therapy|regenerative|hct/?ps?|human cells?|tissue[- ]based"
    r"|minimal manipulation|homologous use|allogeneic|stem cells?|potency)\b",
    re.IGNORECASE,
)
#: Days for which a document that is only near counts as new.
_NEW: Final = 365
#: FDA enters such days where it knows none.
_NO_DAY: Final = re.compile(r"\d\d?/\d\d?/(?:0\d{3}|1[0-8]\d\d|1900)")
#: Draft or Final -> status of the entry.
_STATUS: Final = {"Draft": "draft", "Final": "in-force"}


def _plain(value: object) -> object:
    return one_line(html_text(value)) if isinstance(value, str) else value or ""


def _day(value: object) -> str | None:
    """``MM/DD/YYYY``; empty, or a day of 1900 or before, stands for none."""
    text = _plain(value)
    none = not text or (isinstance(text, str) and _NO_DAY.fullmatch(text))
    return None if none else dates.month_day_year(text)


_Text = Annotated[str, BeforeValidator(_plain)]


class _Row(Record):
    """One document; only its title is always there."""

    title: str
    issued: Annotated[str | None, BeforeValidator(_day)] = Field(None, alias="field_issue_datetime")
    final: Annotated[Literal["Draft", "Final", ""], BeforeValidator(_plain)] = Field("", alias="field_final_guidance_1")
    comments_until: Annotated[str | None, BeforeValidator(_day)] = Field(None, alias="field_comment_close_date")
    office: _Text = Field("", alias="field_issuing_office_taxonomy")
    docket: _Text = Field("", alias="field_docket_number")


class Guidance(NamedTuple):
    """One document; both days are ``YYYY-MM-DD``. Final documents keep the day of the draft's last comments."""

    url: str
    title: str
    issued: str | None
    final: str
    office: str
    docket: str
    comments_until: str | None = None

    @property
    def name(self) -> str:
        """The last part of its address, which stays when FDA moves the parts before it."""
        return _name(self.url)


def discover(visit: Visit) -> Iterator[Proposal]:
    """Documents about vesicles, and recent ones about cells, that no entry cites.

    Raises:
        SourceFault: the file is not as it was; fda.gov refuses programs from data centres.
    """
    known = {_name(item.url) for item in citations(visit.kb) if item.url and PAGES in item.url}
    listed = _listed(visit)
    about = [item for item in listed if _is_about(visit, item)]
    new = [item for item in about if item.name not in known]
    visit.searches.append(Search(
        source=NAME, key="titles", query="vesicles or cells in the title", on=visit.today.isoformat(), hits=len(about),
        known=tuple(item.url for item in about if item.name in known), proposed=tuple(item.url for item in new),
        excluded=(Excluded(id="all-others", reason=_others(len(listed) - len(about))),),
    ))  # fmt: skip
    for item in islice(new, visit.limit):
        yield _proposal(visit, item)


def observe(visit: Visit) -> Iterator[Observation | Proposal]:
    """Whether the guidance that an entry stands for is a draft or final now, and its day of issue.

    Raises:
        SourceFault: the file is not as it was.
    """
    by_name = {item.name: item for item in _listed(visit)}
    found = ((entry, by_name.get(_own(entry))) for entry in visit.kb.guidelines.values() if entry.withdrawn is None)
    heard = ((entry, item) for entry, item in found if item is not None)
    for entry, item in islice(heard, visit.limit):
        facts: dict[str, Any] = {"dates.issued": item.issued, "status": _STATUS.get(item.final)}
        if item.final == "Draft":
            facts["dates.comment_until"] = item.comments_until
        stated = {field: value for field, value in facts.items() if value}
        yield observation(NAME, f"guidelines/{entry.id}", item.url, visit.today.isoformat(), stated, item.issued)


def _listed(visit: Visit) -> list[Guidance]:
    """All documents in the file; it is asked for with its validators, so that it is downloaded once a day at most."""
    answer = visit.fetch.get(f"{visit.source.base}{FILE}", accept="json")
    rows = json_of(answer)
    if not isinstance(rows, list):
        raise unexpected(
            answer.source,
            answer.url,
            Message(f"A {type(rows).__name__} in place of a list.", f"リストでなく{type(rows).__name__}である。"),
            Message("One list of all guidance documents.", "全ガイダンスの一つのリストを想定している。"),
        )
    within(answer, len(rows), visit.source.expected.get("guidances"), "guidances")
    return [_guidance(answer, row, f"[{place}]") for place, row in enumerate(rows)]


def _guidance(answer: Answer, row: Any, at: str) -> Guidance:
    read = model_of(answer, row, _Row, at=at)
    link = BeautifulSoup(read.title, "html.parser").find("a", href=True)
    address = urljoin(f"{answer.url}", str(link["href"]).strip()) if isinstance(link, Tag) else ""
    if urlsplit(address).scheme not in ("http", "https"):
        raise unexpected(
            answer.source,
            answer.url,
            Message(f"{at}.title is «{shorten(read.title)}».", f"{at}.titleが「{shorten(read.title)}」である。"),
            Message("A title with a link to its page.", "ページへのリンクをもつ題名を想定している。"),
        )
    title = one_line(html_text(read.title))
    return Guidance(address, title, read.issued, read.final, read.office, read.docket, read.comments_until)


def _is_about(visit: Visit, item: Guidance) -> bool:
    if read_text(item.title).vesicles:
        return True
    first = visit.since or visit.today - timedelta(days=_NEW)
    return _NEAR.search(item.title) is not None and (item.issued or "") >= first.isoformat()


def _own(entry: Guideline) -> str:
    """The name of the document for which an entry stands: its own address, or the only one among its sources."""
    own = [address for address in (entry.url,) if address and PAGES in address]
    cited = own or [source.url for source in entry.sources if source.url and PAGES in source.url]
    names = {_name(address) for address in cited}
    return names.pop() if len(names) == 1 else ""


def _name(url: str) -> str:
    return urlsplit(url).path.rstrip("/").rpartition("/")[2].lower()


def _proposal(visit: Visit, item: Guidance) -> Proposal:
    title, office = shorten(item.title, 300), shorten(item.office, 120)
    state_en, state_ja = {"Draft": ("draft", "案"), "Final": ("final", "最終版")}.get(
        item.final, ("not given", "記載なし")
    )
    vesicles = read_text(item.title).vesicles
    return notice(
        visit,
        slug("guidance", item.name),
        shown_at(visit, UNITED_STATES),
        Localized(
            en=f"FDA guidance ({state_en}) of {item.issued or 'no day given'}: “{title}”. Office: {office or 'not given'}.",
            ja=f"FDAガイダンス({state_ja}、発行日: {item.issued or '記載なし'}):「{title}」。担当部署: {office or '記載なし'}。",
        ),
        item.url,
        repr((item.title, item.issued, item.final, item.docket)),
        confidence="medium" if vesicles else "low",
        reasons=(localized(read_text(item.title).reason) if vesicles else _NEAR_ENOUGH,),
    )


_NEAR_ENOUGH = Localized(
    en="The title speaks of cells, tissues or gene therapy; whether it concerns vesicles has to be read.",
    ja="題名に細胞・組織・遺伝子治療に関する語がある。小胞に関係するかは本文の確認を要する。",
)


def _others(count: int) -> Localized:
    return Localized(
        en=f"{count:,} documents whose titles speak of neither, or that are near and older than {_NEW} days.",
        ja=f"題名に該当語がない文書、又は関連語のみで発行から{_NEW}日を超える文書{count:,}件。",
    )


MODULE = SourceModule(NAME, discover=discover, observe=observe)
