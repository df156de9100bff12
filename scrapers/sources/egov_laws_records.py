"""e-Gov law API: version 2 (JSON, laws and their revisions) and the daily list of version 1 (XML). Wire section 7."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Any, Literal
from xml.etree.ElementTree import Element

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
_Day = Annotated[str, BeforeValidator(dates.iso)]
_PAGE = 100


class Law(Record):
    """``law_info``."""

    law_id: LawId
    law_num: str
    promulgation_date: _Day


class Revision(Record):
    """``revision_info``; values of the interface's own enumerations."""

    law_revision_id: RevisionId
    law_title: str
    amendment_promulgate_date: _Day | None = None
    amendment_enforcement_date: _Day | None = None
    amendment_enforcement_comment: str | None = None
    amendment_scheduled_enforcement_date: _Day | None = None
    amendment_law_title: str | None = None
    amendment_law_num: str | None = None
    repeal_status: Literal["None", "Repeal", "Expire", "Suspend", "LossOfEffectiveness"]
    repeal_date: _Day | None = None
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


class History(Record):
    """Answer of ``/law_revisions/{id}``."""

    law_info: Law
    revisions: list[Revision] = Field(min_length=1)


class _Row(Record):
    law_info: Law
    revision_info: Revision


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
            if row.revision_info.law_title == title and row.revision_info.repeal_status == "None"
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


class Updated(Record):
    """One ``LawNameListInfo`` of version 1."""

    law_id: LawId
    name: str = Field(min_length=1)
    amendment: str | None
    enforcement: Annotated[str, BeforeValidator(dates.compact)] | None


def updated_laws(answer: Answer) -> Iterator[Updated]:
    """The laws that were entered or changed on one day; nothing when the interface says that there were none.

    Raises:
        SourceFault: a code other than 0 (list) and 1 (none), or another form.
    """
    root = reading.xml_of(answer)
    code = (root.findtext("Result/Code") or "").strip()
    if root.tag != "DataRoot" or code not in ("0", "1"):
        said = shorten(root.findtext("Result/Message") or root.tag)
        raise faults.unexpected(
            answer.source,
            answer.url,
            Message(f"Result code «{shorten(code)}»: {said}.", f"結果コードが「{shorten(code)}」である({said})。"),
            Message("0 (a list) or 1 (none that day).", "0(一覧あり)又は1(該当なし)を想定している。"),
        )
    for number, item in enumerate(root.iterfind("ApplData/LawNameListInfo") if code == "0" else ()):
        yield reading.model_of(answer, _fields(item), Updated, at=f"LawNameListInfo[{number}]")


def _fields(item: Element) -> dict[str, str | None]:
    def text(name: str) -> str | None:
        return (item.findtext(name) or "").strip() or None

    return {
        "law_id": text("LawId"),
        "name": text("LawName"),
        "amendment": text("AmendName"),
        "enforcement": text("EnforcementDate"),
    }


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
