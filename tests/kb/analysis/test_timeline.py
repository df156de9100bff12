"""The timeline: one row for one act, dates as exact as given, an order and names that stay."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import kb
from kb.analysis.timeline import Row, timeline, upcoming
from kb.partial_dates import first_day
from kb.statistics import as_of
from tests.entries import PAIR, minimal
from tests.samples import write_kb


def _event(date: str, kind: str, **changes: Any) -> dict[str, Any]:
    return {"date": date, "kind": kind, "title": dict(PAIR)} | changes


def _rows(folder: Path, **collections: list[dict[str, Any]]) -> tuple[Row, ...]:
    return timeline(kb.load(write_kb(folder, **collections)))


def _profile(*events: dict[str, Any]) -> dict[str, Any]:
    return minimal("jurisdictions", "jp", events=list(events))


def test_the_same_act_in_a_profile_and_in_the_documents_dates_is_one_row_citing_both(tmp_path: Path) -> None:
    rows = _rows(
        tmp_path,
        jurisdictions=[_profile(_event("2024-05-01", "statement", document="g"))],
        guidelines=[minimal("guidelines", "g", dates={"issued": "2024-05-01"})],
    )
    assert [(row.date, row.entries) for row in rows] == [
        ("2024-05-01", (("guidelines", "g"), ("jurisdictions", "jp"))),
    ]
    assert rows[0].shown.title is not None
    assert rows[0].name == "guidelines/g#issued"


@pytest.mark.parametrize(("date", "kind"), [("2024-05-02", "issued"), ("2024-05-01", "effective")])
def test_another_day_or_another_kind_of_act_stays_apart(tmp_path: Path, date: str, kind: str) -> None:
    rows = _rows(
        tmp_path,
        jurisdictions=[_profile(_event(date, kind, document="g"))],
        guidelines=[minimal("guidelines", "g", dates={"issued": "2024-05-01"})],
    )
    assert len(rows) == 2


def test_a_year_joins_the_exact_date_it_must_mean(tmp_path: Path) -> None:
    rows = _rows(
        tmp_path,
        jurisdictions=[_profile(_event("2024", "issued", document="g"))],
        guidelines=[minimal("guidelines", "g", dates={"issued": "2024-05-01"})],
    )
    assert [row.date for row in rows] == ["2024-05-01"]


@pytest.mark.parametrize(
    ("kind", "dates"),
    [("statement", ["2024", "2024-07-01", "2024-05-01"]), ("revised", ["2024-07-01", "2024-05-01"])],
)
def test_a_year_that_could_mean_two_dates_stays_a_row_of_its_own(tmp_path: Path, kind: str, dates: list[str]) -> None:
    """Unless the kind tells which of them it is."""
    rows = _rows(
        tmp_path,
        jurisdictions=[_profile(_event("2024", kind, document="g"))],
        guidelines=[minimal("guidelines", "g", dates={"issued": "2024-05-01", "revised": ["2024-07-01"]})],
    )
    assert [row.date for row in rows] == dates


def test_dates_that_one_document_tells_apart_are_two_rows(tmp_path: Path) -> None:
    rows = _rows(
        tmp_path,
        jurisdictions=[_profile(_event("2024-05-01", "adopted", document="g"))],
        guidelines=[minimal("guidelines", "g", dates={"issued": "2024-05-01", "adopted": "2024-05-01"})],
    )
    assert {row.name: len(row.entries) for row in rows} == {"guidelines/g#adopted": 2, "guidelines/g#issued": 1}


def test_two_events_that_one_entry_lists_on_one_day_are_two(tmp_path: Path) -> None:
    events = [_event("2024-05-01", "meeting"), _event("2024-05-01", "statement")]
    assert len(_rows(tmp_path, jurisdictions=[_profile(*events)])) == 2


def test_withdrawn_entries_have_no_rows_but_what_others_say_of_them_stays(tmp_path: Path) -> None:
    gone = {"on": "2026-01-01", "reason": dict(PAIR)}
    rows = _rows(
        tmp_path,
        jurisdictions=[_profile(_event("2024-05-01", "issued", document="g"))],
        guidelines=[minimal("guidelines", "g", withdrawn=gone)],
    )
    assert [row.entries for row in rows] == [(("jurisdictions", "jp"),)]


def test_every_milestone_has_its_own_kind(tmp_path: Path) -> None:
    dates = {
        "proposed": "2020",
        "comment_until": "2021-02-03",
        "adopted": "2021",
        "issued": "2022",
        "effective": "2023",
        "applies_from": "2024",
        "revised": ["2025"],
        "withdrawn": "2026",
    }
    rows = _rows(
        tmp_path,
        guidelines=[minimal("guidelines", "g", dates=dates)],
        trials=[minimal("trials", "t", dates={"registered": "2019", "start": "2019-02", "completion": "2019-03"})],
        enforcement=[minimal("enforcement", "e", date="2018", action_type="warning-letter")],
        safety_events=[minimal("safety-events", "s", date="2017")],
    )
    assert [row.shown.kind for row in rows] == [
        "withdrawn", "revised", "applies-from", "effective", "issued", "adopted", "comment-until", "proposed",
        "trial-registered", "trial-completion", "trial-start", "warning", "harm",
    ]  # fmt: skip


def test_a_corrected_day_keeps_the_name(tmp_path: Path) -> None:
    before, after = (
        _rows(tmp_path / day, guidelines=[minimal("guidelines", "g", dates={"effective": f"2024-05-{day}"})])[0]
        for day in ("01", "02")
    )
    assert before.name == after.name == "guidelines/g#effective"
    assert before.date != after.date


def test_upcoming_counts_from_the_data_and_not_from_the_clock(tmp_path: Path) -> None:
    review = {"status": "draft", "verified": "2031-02"}
    dates = {"issued": "2031-01-31", "effective": "2031-02-02", "applies_from": "2031"}
    base = kb.load(write_kb(tmp_path, guidelines=[minimal("guidelines", "g", review=review, dates=dates)]))
    assert as_of(base) == "2031-02"
    assert [row.shown.kind for row in upcoming(timeline(base), as_of(base))] == ["effective"]


def test_nothing_at_all(tmp_path: Path) -> None:
    base = kb.load(write_kb(tmp_path))
    assert timeline(base) == ()
    assert as_of(base) == ""
    assert upcoming((), "") == ()


def test_the_first_edition() -> None:
    base = kb.load()
    rows = timeline(base)
    assert max(Counter(row.name for row in rows).values()) == 1
    exact = [row.date for row in rows if row.exact]
    assert exact == sorted(exact, reverse=True)
    in_force = {(row.entries[0][1], row.date[:4]) for row in rows if "#effective" in row.name}
    for document in base.guidelines.values():
        if document.dates.effective and not document.withdrawn:
            assert (document.id, document.dates.effective[:4]) in in_force
    later = upcoming(rows, as_of(base))
    assert all(first_day(row.date) > first_day(as_of(base)) for row in later)
