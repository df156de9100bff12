"""The file of an export of WHO ICTRP, XML or CSV, as records of text; both name the same fields in their own way."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from io import StringIO

from kb.problems import Message, shorten
from scrapers import faults, reading
from scrapers.fetching.answer import Answer
from scrapers.reading import Record

#: Element of the XML export or column of the CSV export, without case and underscores -> our name.
_NAMES = {
    "trialid": "number", "publictitle": "title", "scientifictitle": "scientific_title", "acronym": "acronym",
    "webaddress": "url", "url": "url", "secondaryid": "secondary", "secondaryids": "secondary", "primarysponsor": "sponsor",
    "dateregistration": "registered", "dateregistration3": "registered_compact", "dateenrollement": "start",
    "dateenrollment": "start", "targetsize": "size", "studytype": "type", "studydesign": "design", "phase": "phase",
    "countries": "countries", "condition": "conditions", "conditions": "conditions", "intervention": "interventions",
    "interventions": "interventions", "primaryoutcome": "outcomes", "recruitmentstatus": "status",
    "lastrefreshedon": "refreshed",
}  # fmt: skip


class Trial(Record):
    """One exported record; every field is text, an empty one says nothing."""

    number: str
    title: str
    url: str
    scientific_title: str = ""
    acronym: str = ""
    secondary: str = ""
    sponsor: str = ""
    registered: str = ""
    registered_compact: str = ""
    start: str = ""
    size: str = ""
    type: str = ""
    phase: str = ""
    countries: str = ""
    conditions: str = ""
    interventions: str = ""
    outcomes: str = ""
    status: str = ""
    refreshed: str = ""


def trials_in(answer: Answer) -> Iterator[Trial]:
    """The records of an export in XML or CSV.

    Raises:
        SourceFault: neither of the two, or a record without number, title or address.
    """
    rows = _xml_rows(answer) if answer.text.lstrip("\ufeff \r\n\t").startswith("<") else _csv_rows(answer)
    for place, row in enumerate(rows, 1):
        yield reading.model_of(answer, row, Trial, at=f"Trial[{place}]")


def _xml_rows(answer: Answer) -> Iterator[dict[str, str]]:
    root = reading.xml_of(answer)
    found = root.findall("Trial")
    if not found:
        raise _no_export(answer, root.tag)
    for trial in found:
        yield _named((element.tag, "".join(element.itertext())) for element in trial)


def _csv_rows(answer: Answer) -> Iterator[dict[str, str]]:
    # Line breaks inside of cells belong to the cell.
    rows = csv.DictReader(StringIO(answer.text, newline=""))
    try:
        if "trialid" not in {_plain(name) for name in rows.fieldnames or ()}:
            raise _no_export(answer, ", ".join(rows.fieldnames or ()))
        for row in rows:
            yield _named((name, value) for name, value in row.items() if isinstance(value, str))
    except csv.Error as error:
        raise _no_export(answer, str(error)) from None


def _named(pairs: Iterable[tuple[str | None, str]]) -> dict[str, str]:
    fields: dict[str, str] = {}
    for name, value in pairs:
        key = _NAMES.get(_plain(name or ""))
        if key and value.strip():
            fields.setdefault(key, value)
    if "scientific_title" in fields:
        fields.setdefault("title", fields["scientific_title"])
    return fields


def _plain(name: str) -> str:
    return name.strip().lower().replace("_", "")


def _no_export(answer: Answer, found: str) -> faults.SourceFault:
    return faults.unexpected(
        answer.source,
        answer.url,
        Message(
            f"No export of trials: «{shorten(found) or 'empty'}».",
            f"試験のエクスポートではない(「{shorten(found)}」)。",
        ),
        Message(
            "XML with <Trial> elements, or CSV with a column TrialID.",
            "<Trial>要素をもつXML、又はTrialID列をもつCSVを想定している。",
        ),
        Message("Export again: XML, all trials.", "XML形式で全件を再度エクスポートする。"),
    )
