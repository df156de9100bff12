"""e-Gov law API, version 1: the daily list of laws that were entered or changed (XML). Wire section 7."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any
from xml.etree.ElementTree import Element

from pydantic import BeforeValidator, Field

from kb.problems import Message, shorten
from scrapers import dates, faults, reading
from scrapers.fetching.answer import Answer
from scrapers.reading import Record
from scrapers.sources.egov_laws_records import NOT_FIXED, LawId


def _fixed_compact_day(value: Any) -> str | None:
    """A day without hyphens; nothing where none is fixed."""
    return None if value is None or NOT_FIXED.fullmatch(value) else dates.compact(value)


class Updated(Record):
    """One ``LawNameListInfo`` of version 1."""

    law_id: LawId
    name: str = Field(min_length=1)
    amendment: str | None
    enforcement: Annotated[str | None, BeforeValidator(_fixed_compact_day)]


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
