"""Speeches in the Japanese Diet that mention vesicles or culture supernatant: one event for each meeting, never the text.

A speech may be under its speaker's copyright (terms in the register), so meeting, day and links are kept, and no word of it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, StringConstraints

from kb.models.base import Localized
from kb.problems import Message, shorten
from kb.proposals import Change, Proposal
from kb.searches import Excluded, Search
from scrapers import dates, faults, reading
from scrapers.citations import plain
from scrapers.ev_words import read_text
from scrapers.fetching.answer import Answer
from scrapers.reading import Record
from scrapers.source import SourceModule, Visit
from scrapers.sources.notices import jurisdiction_entry, localized, notice, slug

#: What is searched for, and its name in the search protocol; each word is one search.
WORDS = {"exosome": "エクソソーム", "extracellular-vesicle": "細胞外小胞", "culture-supernatant": "培養上清"}
_ENGLISH = {"エクソソーム": "exosomes", "細胞外小胞": "extracellular vesicles", "培養上清": "culture supernatant"}
#: The most that ``/speech`` gives at once (wire section 7).
_PAGE = 100
#: Without ``since``: records appear some weeks after a meeting, a session lasts at most half a year.
_LOOK_BACK = timedelta(days=366)
#: Address of a speech, with the number of its meeting: as the interface gives it, and as browsers show it.
_MEETING = re.compile(r"https://kokkai\.ndl\.go\.jp/(?:txt/|#/detail\?minId=|simple/detail\?minId=)([^/?#&]+)")
#: Kinds of records (specification of the interface, imageKind); all but the first hold no speeches.
_Kind = Literal["会議録", "目次", "索引", "附録", "追録"]
_HOUSES = {"衆議院": "House of Representatives", "参議院": "House of Councillors", "両院": "both Houses", "両院協議会": "both Houses"}  # fmt: skip


class Speech(Record):
    """One element of ``speechRecord``; ``speech`` is only sorted by its words."""

    speech_id: str = Field(alias="speechID", min_length=1)
    issue_id: str = Field(alias="issueID", min_length=1)
    kind: _Kind = Field("会議録", alias="imageKind")
    house: str = Field(alias="nameOfHouse", min_length=1)
    meeting: str = Field(alias="nameOfMeeting", min_length=1)
    issue: str
    #: Appendices belong to a session and have none.
    day: Annotated[str | None, BeforeValidator(lambda value: None if value is None else dates.iso(value))] = Field(
        alias="date"
    )
    order: int = Field(alias="speechOrder", ge=0)
    speech: str
    url: Annotated[str, StringConstraints(pattern=r"^https://kokkai\.ndl\.go\.jp/[\w/.#?&=%-]+$")] = Field(
        alias="speechURL"
    )


class _Page(Record):
    total: int = Field(alias="numberOfRecords", ge=0)
    returned: int = Field(alias="numberOfReturn", ge=0)
    start: int = Field(alias="startRecord", ge=0)
    following: int | None = Field(None, alias="nextRecordPosition")
    speeches: list[Speech] = Field([], alias="speechRecord")


class _Refusal(Record):
    message: str
    details: list[str] = Field([])


def discover(visit: Visit) -> Iterator[Proposal]:
    """An event for each meeting in which one of :data:`WORDS` was said.

    Raises:
        SourceFault: the service is busy, or does not answer as it is known to.
    """
    entry = jurisdiction_entry(visit, "JP")
    cited = {
        meeting[1] for item in visit.kb for source in item.sources if (meeting := _MEETING.match(source.url or ""))
    }
    meetings: dict[str, dict[str, Speech]] = defaultdict(dict)
    for key, word in WORDS.items():
        taken, excluded, known = [], [], []
        for speech in _speeches(visit, word):
            reason = _left_out(speech)
            if reason is not None:
                excluded.append(Excluded(id=speech.speech_id, reason=reason))
            elif speech.issue_id in cited:  # One cited speech stands for its meeting.
                known.append(speech.speech_id)
            else:
                taken.append(speech.speech_id)
                meetings[speech.issue_id][speech.speech_id] = speech
        visit.searches.append(
            Search(
                source=visit.source.name,
                key=key,
                query=word,
                on=visit.today.isoformat(),
                hits=len(taken) + len(excluded) + len(known),
                known=tuple(known),
                proposed=tuple(taken),
                excluded=tuple(excluded),
            )
        )
    for issue_id, found in sorted(meetings.items(), key=lambda item: min(s.day or "" for s in item[1].values())):
        yield _meeting(visit, entry, issue_id, sorted(found.values(), key=lambda speech: speech.order))


def _left_out(speech: Speech) -> Localized | None:
    """Why it is no speech in a meeting, or none of interest."""
    if speech.kind != "会議録" or speech.day is None:
        return Localized(en="Not the record of a meeting.", ja=f"会議録ではない({speech.kind})。")
    verdict = read_text(speech.speech)
    return localized(verdict.reason) if verdict.verdict == "noise" else None


def _speeches(visit: Visit, word: str) -> Iterator[Speech]:
    first = visit.since or _start(visit.today)
    start: int | None = 1
    while start is not None:
        answer = visit.fetch.get(
            f"{visit.source.base}/speech",
            {
                "any": word,
                "from": first.isoformat(),
                "recordPacking": "json",
                "maximumRecords": _PAGE,
                "startRecord": start,
            },
            accept="json",
            also=(400,),
        )
        page = _page(answer)
        reading.within(answer, page.total, visit.source.expected.get("hits"), "hits")
        if len(page.speeches) != page.returned or (page.following is not None and page.following <= start):
            raise _inconsistent(answer, page, start)
        yield from page.speeches
        start = page.following


def _start(today: date) -> date:
    """The first of a month, so that the address, and with it the cached answer, stays the same for weeks."""
    return (today - _LOOK_BACK).replace(day=1)


def _page(answer: Answer) -> _Page:
    data = reading.json_of(answer)
    # Also with status 200: «busy» and refused conditions are a message in place of the counts.
    if isinstance(data, dict) and "numberOfRecords" not in data and "message" in data:
        refusal = reading.model_of(answer, data, _Refusal)
        said = shorten(" ".join((refusal.message, *refusal.details)), 200)
        raise faults.unexpected(
            answer.source,
            answer.url,
            Message(f"The service says: {said}", f"サービスの応答: {said}"),
            Message("Counts and speeches.", "件数と発言を想定している。"),
            Message(
                "If it is busy, run the source again later; nothing was changed.",
                "混雑の場合は時間をおいて再実行する。データは変更されていない。",
            ),
        )
    return reading.model_of(answer, data, _Page)


def _meeting(visit: Visit, entry: str, issue_id: str, speeches: list[Speech]) -> Proposal:
    one = speeches[0]
    words = sorted({word for speech in speeches for word in WORDS.values() if word in speech.speech})
    said = "、".join(f"「{word}」" for word in words) or "検索語"
    in_english = " and ".join(_ENGLISH[word] for word in words) or "a word of the search"
    speech_en = "1 speech mentions" if len(speeches) == 1 else f"{len(speeches)} speeches mention"
    links = " ".join(speech.url for speech in speeches[:20])
    # The name of a committee stands on the Japanese side only: it has no official English form in the record.
    title = Localized(
        en=f"{_HOUSES.get(one.house, 'Diet')}: {speech_en} {in_english}",
        ja=f"{one.house}{one.meeting}({one.issue})で{said}に言及した発言が{len(speeches)}件あった",
    )
    return notice(
        visit,
        slug(issue_id),
        entry,
        Localized(
            en=f"{one.day}, {one.meeting} {one.issue}: {title.en}.",
            ja=f"{one.day}の{title.ja}。",
        ),
        one.url,
        " ".join(speech.speech_id for speech in speeches),
        kind="change",
        confidence="high" if {"エクソソーム", "細胞外小胞"} & set(words) else "medium",
        reasons=[Localized(en=f"Speeches: {links}", ja=f"発言: {links}")],
        changes=_event(visit, entry, one, title),
    )


def _event(visit: Visit, entry: str, one: Speech, title: Localized) -> tuple[Change, ...]:
    """The meeting as an event of the profile, with the record as its source."""
    collection, _, id_ = entry.partition("/")
    data = plain(visit.kb.collection(collection)[id_])
    key = f"diet-{one.issue_id.lower()}"
    event = {"date": one.day, "kind": "meeting", "title": {"en": title.en, "ja": title.ja}, "sources": [key]}
    source = {
        "key": key, "url": one.url, "title": f"{one.house}{one.meeting} {one.issue}",
        "publisher": "国立国会図書館 国会会議録検索システム", "published": one.day, "kind": "primary", "read": "not-read",
        "accessed": visit.today.isoformat(), "supports": ["events"],
    }  # fmt: skip
    events, sources = data.get("events"), data["sources"]
    return (
        Change(field="events", old=events, new=[*(events or []), event]),
        Change(field="sources", old=sources, new=[*sources, source]),
    )


def _inconsistent(answer: Answer, page: _Page, start: int) -> faults.SourceFault:
    return faults.unexpected(
        answer.source,
        answer.url,
        Message(
            f"{len(page.speeches)} speeches, said to be {page.returned}; after {start} comes {page.following}.",
            f"発言が{len(page.speeches)}件(件数の記載は{page.returned}件)、{start}の次が{page.following}である。",
        ),
        Message(
            "As many speeches as said, and positions that grow.", "件数が一致し、位置が増加することを想定している。"
        ),
    )


MODULE = SourceModule("diet-record", discover=discover)
