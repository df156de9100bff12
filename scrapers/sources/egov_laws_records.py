"""e-Gov law API, version 2: laws and their revisions (JSON). Wire section 7."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StringConstraints

from kb.problems import Message, shorten
from scrapers import dates, faults, reading
from scrapers.fetching.answer import Answer
from scrapers.fetching.fetcher import Fetcher, Params
from scrapers.reading import Record

#: Era, year, kind and number: 425AC0000000085 is Act 85 of Heisei 25.
LAW_ID = r"[1-5]\d{2}[A-Z0-9]{12}"
LawId = Annotated[str, StringConstraints(pattern=rf"^{LAW_ID}$")]
RevisionId = Annotated[str, StringConstraints(pattern=rf"^{LAW_ID}_\d{{8}}_[0-9A-Z]{{15}}$")]
#: The oldest law that is still listed is a proclamation of 1872, before the years that ``dates`` reads.
_MEIJI = re.compile(r"18(?:6[89]|[789]\d)-\d\d-\d\d", re.ASCII)
#: Stands where no day is fixed yet: seen as 2117-12-31, and as 21171231 within ids of states (417M60000010018).
NOT_FIXED = re.compile(r"(?:2[1-9]\d\d|9999)-?\d\d-?\d\d", re.ASCII)
_PAGE = 100


def _day(value: Any) -> str:
    """A day since the Meiji era."""
    if isinstance(value, str) and _MEIJI.fullmatch(value):
        return date.fromisoformat(value).isoformat()
    return dates.iso(value)


def _fixed_day(value: Any) -> str | None:
    """A day, or nothing where the interface has null, an empty text or a day of the far future for «not fixed»."""
    if value in (None, "") or (isinstance(value, str) and NOT_FIXED.fullmatch(value)):
        return None
    return _day(value)


_Day = Annotated[str, BeforeValidator(_day)]
_FixedDay = Annotated[str | None, BeforeValidator(_fixed_day)]


class Law(Record):
    """``law_info``."""

    law_id: LawId
    law_num: str
    promulgation_date: _Day


class Revision(Record):
    """``revision_info``; values of the interface's own enumerations."""

    law_revision_id: RevisionId
    law_title: str
    amendment_promulgate_date: _FixedDay = None
    amendment_enforcement_date: _FixedDay = None
    amendment_enforcement_comment: str | None = None
    amendment_scheduled_enforcement_date: _FixedDay = None
    amendment_law_title: str | None = None
    amendment_law_num: str | None = None
    repeal_status: Literal["None", "Repeal", "Expire", "Suspend", "LossOfEffectiveness"]
    repeal_date: _FixedDay = None
    current_revision_status: Literal["CurrentEnforced", "UnEnforced", "PreviousEnforced", "Repeal"]

    @property
    def law_id(self) -> str:
        """The law of which this is a state."""
        return self.law_revision_id.partition("_")[0]

    @property
    def page(self) -> str:
        """The page on which people read this state."""
        law, _, state = self.law_revision_id.partition("_")
        return f"https://laws.e-gov.go.jp/law/{law}/{state}"

    @property
    def starts(self) -> str | None:
        """Day from which it is in force, fixed or foreseen."""
        return self.amendment_enforcement_date or self.amendment_scheduled_enforcement_date

    @property
    def is_provisional(self) -> bool:
        """Whether :attr:`starts` is an upper bound: a Cabinet Order sets the day, then the scheduled date is given."""
        return self.amendment_scheduled_enforcement_date is not None


class History(Record):
    """Answer of ``/law_revisions/{id}``."""

    law_info: Law
    revisions: list[Revision] = Field(min_length=1)


class _Row(Record):
    law_info: Law
    #: None for a law of which no state is in force at the time asked for.
    revision_info: Revision | None


class _Page(Record):
    total_count: int = Field(ge=0)
    next_offset: int | None = None
    laws: list[_Row]


class _Refusal(Record):
    """The form of an error in version 2; a code may be a number or text."""

    code: Any = None
    message: str


def history(fetch: Fetcher, base: str, law_id: str) -> History:
    """All states of a law.

    Raises:
        SourceFault: the law is unknown, or the answer has another form.
    """
    answer = fetch.get(f"{base}/law_revisions/{law_id}", {"response_format": "json"}, accept="json", also=(400, 404))
    if answer.status != 200:
        raise _refused(answer)
    found = reading.model_of(answer, reading.json_of(answer), History)
    if any(law_id != other for other in (found.law_info.law_id, *(item.law_id for item in found.revisions))):
        raise faults.unexpected(
            answer.source,
            answer.url,
            Message(f"States of another law than {law_id}.", f"{law_id}以外の法令の履歴である。"),
            Message("States of the law asked for.", "指定した法令の履歴を想定している。"),
        )
    return found


def laws_titled(fetch: Fetcher, base: str, title: str) -> list[Law]:
    """Laws in force of exactly that title; the interface finds every title that contains it.

    Raises:
        SourceFault: refused, endless, or in another form.
    """
    found: list[Law] = []
    offset: int | None = 0
    while offset is not None:
        params: Params = {"law_title": title, "limit": _PAGE, "offset": offset, "response_format": "json"}
        answer = fetch.get(f"{base}/laws", params, accept="json", also=(400, 404))
        if answer.status == 404:
            return found
        if answer.status != 200:
            raise _refused(answer)
        page = reading.model_of(answer, reading.json_of(answer), _Page)
        found += [
            row.law_info
            for row in page.laws
            if (state := row.revision_info) and state.law_title == title and state.repeal_status == "None"
        ]
        if page.next_offset is not None and page.next_offset <= offset:
            raise faults.unexpected(
                answer.source,
                answer.url,
                Message(f"next_offset {page.next_offset} leads back.", f"next_offset {page.next_offset}が前に戻る。"),
                Message("An offset that grows.", "増加するoffsetを想定している。"),
            )
        offset = page.next_offset
    return found


def law_id_in(*texts: str | None) -> str | None:
    """The law that an address of e-Gov or a document number names."""
    for text in texts:
        found = re.search(rf"(?:e-gov\.go\.jp/\S*?|^)\b({LAW_ID})(?![A-Z0-9])", text or "")
        if found:
            return found[1]
    return None


def _refused(answer: Answer) -> faults.SourceFault:
    said = shorten(reading.model_of(answer, reading.json_of(answer), _Refusal).message, 120)
    return faults.unexpected(
        answer.source,
        answer.url,
        Message(f"Refused ({answer.status}): {said}", f"拒否された({answer.status})。{said}"),
        Message("A law that the interface knows.", "APIが扱う法令を想定している。"),
        Message("Correct the law's number in the entry.", "エントリーの法令番号を訂正する。"),
    )
