"""The rule dates-in-order, and the comparison of partial dates."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.checks.dates_in_order import ORDERS, RULE, date_fields
from kb.checks.partial_dates import certainly_after, earliest, latest, months_later
from kb.models import COLLECTIONS
from tests.entries import source
from tests.kb.checks.examining import TODAY, examine, paths

DAYS = st.dates(date(1950, 1, 1), date(2100, 12, 31))


@st.composite
def partial_dates(draw: st.DrawFn) -> str:
    return draw(DAYS).isoformat()[: draw(st.sampled_from((4, 7, 10)))]


@given(partial_dates())
def test_a_partial_date_spans_the_days_that_it_may_mean(text: str) -> None:
    first, last = earliest(text), latest(text)
    assert first <= last
    assert first.isoformat().startswith(text)
    assert last.isoformat().startswith(text)
    assert not (first - timedelta(days=1)).isoformat().startswith(text)
    assert not (last + timedelta(days=1)).isoformat().startswith(text)


@given(partial_dates(), partial_dates())
def test_two_dates_never_contradict_each_other_both_ways(one: str, other: str) -> None:
    assert not (certainly_after(one, other) and certainly_after(other, one))
    if one.startswith(other) or other.startswith(one):
        assert not certainly_after(one, other)


@given(DAYS, st.integers(0, 60))
def test_months_later_stays_within_the_month(day: date, months: int) -> None:
    later = months_later(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later + timedelta(days=1)).day == 1


def test_every_model_tells_its_dates() -> None:
    for collection in COLLECTIONS:
        assert {("sources", None, "accessed"), ("review", "due"), ("withdrawn", "on")} <= set(date_fields(collection))
    assert {("dates", "revised", None), ("events", None, "date")} <= set(date_fields("guidelines"))
    assert ("searched_not_found", None, "on") in date_fields("jurisdictions")


@pytest.mark.parametrize(
    "dates",
    [
        {"proposed": "2023-01", "adopted": "2024-01-01", "issued": "2024", "effective": "2024-02"},
        {"issued": "2024-06-01", "effective": "2024"},
        {"issued": "2024", "revised": ["2024-03", "2025-01-01"]},
        {"issued": "2024-05-01", "effective": "2024-05-01", "applies_from": "2030-01-01"},
        {"proposed": "2026-06-01", "comment_until": "2026-09-30"},
    ],
)
def test_dates_in_order_pass(dates: dict[str, Any]) -> None:
    assert examine(RULE, "guidelines", dates=dates) == []


@pytest.mark.parametrize(
    ("dates", "path"),
    [
        ({"proposed": "2024-02", "comment_until": "2024-01-31"}, ("dates", "comment_until")),
        ({"proposed": "2024-02", "issued": "2023"}, ("dates", "issued")),
        ({"adopted": "2024-02-02", "effective": "2024-02-01"}, ("dates", "effective")),
        ({"issued": "2025", "effective": "2024-12-31"}, ("dates", "effective")),
        ({"effective": "2025", "applies_from": "2024"}, ("dates", "applies_from")),
        ({"issued": "2024", "revised": ["2025", "2023-12"]}, ("dates", "revised", 1)),
        ({"issued": "2024", "withdrawn": "2020"}, ("dates", "withdrawn")),
    ],
)
def test_documents_out_of_order_are_found(dates: dict[str, Any], path: tuple[str | int, ...]) -> None:
    assert paths(examine(RULE, "guidelines", dates=dates)) == [path]


def test_a_trial_ends_after_its_start() -> None:
    assert examine(RULE, "trials", dates={"start": "2024-03", "completion": "2030"}) == []
    assert paths(examine(RULE, "trials", dates={"start": "2024-03", "completion": "2024-02"})) == [
        ("dates", "completion")
    ]


def test_a_source_is_read_after_it_is_published() -> None:
    sources = [source(), source(key="s2", published="2026-02", accessed="2026-01-31")]
    assert paths(examine(RULE, "claims", sources=sources)) == [("sources", 1, "accessed")]


def test_a_review_is_due_after_it_was_made() -> None:
    review = {"status": "draft", "verified": "2026-06-01", "due": "2026-05-01"}
    assert paths(examine(RULE, "glossary", review=review)) == [("review", "due")]


def test_numbers_written_without_quotes_are_years() -> None:
    assert paths(examine(RULE, "guidelines", dates={"issued": 2024, "effective": 2023})) == [("dates", "effective")]


@pytest.mark.parametrize(
    ("collection", "changes", "path"),
    [
        ("guidelines", {"dates": {"issued": "2026-07-03"}}, ("dates", "issued")),
        ("guidelines", {"dates": {"issued": "2026", "revised": ["2027"]}}, ("dates", "revised", 0)),
        ("trials", {"status_as_of": "2026-08"}, ("status_as_of",)),
        ("trials", {"dates": {"start": "2026-09"}}, ("dates", "start")),
        ("surveys", {"review": {"status": "draft", "verified": "2026-12-01"}}, ("review", "verified")),
        ("jurisdictions", {"as_of": "2026-07-03"}, ("as_of",)),
        ("enforcement", {"date": "2027"}, ("date",)),
        (
            "products",
            {"events": [{"date": "2026-08", "kind": "company", "title": {"en": "A.", "ja": "甲。"}}]},
            ("events", 0, "date"),
        ),
    ],
)
def test_the_future_is_found(collection: str, changes: dict[str, Any], path: tuple[str | int, ...]) -> None:
    (finding,) = examine(RULE, collection, **changes)
    assert finding.path == path
    assert TODAY.isoformat() in finding.expected.ja


@pytest.mark.parametrize(
    ("collection", "changes"),
    [
        ("guidelines", {"dates": {"issued": "2026-07-02"}}),  # tomorrow: Japan is ahead of UTC
        ("guidelines", {"dates": {"issued": "2026"}}),
        ("guidelines", {"dates": {"effective": "2027", "applies_from": "2028-01", "comment_until": "2026-08-01"}}),
        ("trials", {"dates": {"start": "2027", "completion": "2030"}, "status": "not-yet-recruiting"}),
        ("surveys", {"review": {"status": "draft", "verified": "2026-06-01", "due": "2027"}}),
        ("products", {"events": [{"date": "2027", "kind": "effective", "title": {"en": "A.", "ja": "甲。"}}]}),
    ],
)
def test_what_may_lie_ahead_passes(collection: str, changes: dict[str, Any]) -> None:
    assert examine(RULE, collection, **changes) == []


@pytest.mark.parametrize(
    ("timing", "registered", "start", "wrong"),
    [
        ("prospective", "2024-02", "2024-01-31", True),
        ("prospective", "2024-02", "2024-02-01", False),
        ("prospective", "2024-02-01", "2024-02-01", False),
        ("retrospective", "2024-01-31", "2024-02", True),
        ("retrospective", "2024", "2024-02", False),
        ("unknown", "2024-02", "2020", False),
    ],
)
def test_the_timing_of_registration_agrees_with_the_dates(
    timing: str, registered: str, start: str, wrong: bool
) -> None:
    found = examine(RULE, "trials", registration_timing=timing, dates={"registered": registered, "start": start})
    assert paths(found) == [("registration_timing",)] * wrong


@given(
    st.sampled_from([order for order in ORDERS if order.parent == ("dates",) and order.second == "effective"]),
    DAYS,
    DAYS,
)
def test_whole_days_are_compared_exactly(order: Any, first: date, second: date) -> None:
    dates = {order.first: first.isoformat(), order.second: second.isoformat()}
    found = examine(RULE, "guidelines", dates=dates, today=date(2200, 1, 1))
    assert bool(found) == (first > second)


def test_the_level_is_error() -> None:
    assert RULE.level == "error"
