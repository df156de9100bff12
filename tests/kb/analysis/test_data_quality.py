"""Figures about the data and the order of need, on small knowledge bases and on the first edition."""

from __future__ import annotations

from pathlib import Path

import kb
from kb.analysis.data_quality import data_quality
from kb.analysis.entry_needs import POINTS, needs
from kb.statistics import statistics
from tests.entries import PAIR, minimal, source
from tests.samples import guideline, term, write_kb


def _reviewed(day: str) -> dict[str, str]:
    return {"status": "draft", "verified": day}


def test_ages_count_from_the_latest_day_of_the_data(tmp_path: Path) -> None:
    terms = [term(f"t{day}", review=_reviewed(day)) for day in ("2020-06-15", "2020-04", "2019-11-01", "2010-01")]
    quality = data_quality(kb.load(write_kb(tmp_path, glossary=terms)))
    found = next(item for item in quality.collections if item.name == "glossary")
    assert quality.as_of == "2020-06-15"
    assert (found.ages, found.stale) == ((2, 0, 1, 1), 1)


def test_trials_are_due_earlier(tmp_path: Path) -> None:
    root = write_kb(
        tmp_path,
        glossary=[term("new", review=_reviewed("2020-08-01")), term("old", review=_reviewed("2020-01-01"))],
        trials=[minimal("trials", "t", review=_reviewed("2020-01-01"))],
    )
    found = {item.name: item for item in data_quality(kb.load(root)).collections}
    assert (found["trials"].stale, found["glossary"].stale) == (1, 0)


def test_withdrawn_entries_do_not_count(tmp_path: Path) -> None:
    gone = {"on": "2026-01-01", "reason": dict(PAIR)}
    terms = [term("a"), term("b", withdrawn=gone, open_questions=[dict(PAIR)], review=_reviewed("2030-01-01"))]
    base = kb.load(write_kb(tmp_path, glossary=terms))
    quality = data_quality(base)
    assert (quality.as_of, quality.total("entries"), quality.total("open_questions")) == ("2026-06-01", 1, 0)
    assert [need.key[1] for need in needs(base, quality.as_of)] == ["a"]


def test_nothing_at_all(tmp_path: Path) -> None:
    quality = data_quality(kb.load(write_kb(tmp_path)))
    assert (quality.as_of, quality.total("entries"), quality.conflicts) == ("", 0, ())


def test_reading_counts_an_entry_by_its_deepest_source(tmp_path: Path) -> None:
    sources = [source(key="s1", read="not-read"), source(key="s2", read="page", url="https://example.org/2")]
    quality = data_quality(kb.load(write_kb(tmp_path, glossary=[term("a", sources=sources), term("b")])))
    found = next(item for item in quality.collections if item.name == "glossary")
    assert found.depths == {"page": 1, "excerpt": 1}
    assert found.source_kinds == {"journal": 3}


def test_points_are_the_sum_of_the_published_reasons(tmp_path: Path) -> None:
    conflict = {"field": "summary", "values": [{"value": dict(PAIR)}, {"value": dict(PAIR)}]}
    worst = guideline(
        "worst",
        confidence="low",
        sources=[source(read="not-read", mirror=True)],
        conflicts=[conflict],
        open_questions=[dict(PAIR)] * 6,
        requirements=[guideline("g")["requirements"][0] | {"basis": "heading"}],
        review=_reviewed("2020-01-01"),
    )
    fine = term("fine", sources=[source(kind="primary", read="page")])
    base = kb.load(write_kb(tmp_path, guidelines=[worst], glossary=[fine]))
    first, last = needs(base, "2026-06-01")
    assert {reason.code for reason in first.reasons} == set(POINTS)
    assert first.points == sum(POINTS.values()) + 3 * POINTS["open-question"]
    assert (last.key[1], last.points) == ("fine", 0)


def test_a_registry_is_the_original_of_a_trial(tmp_path: Path) -> None:
    trials = [minimal("trials", name, sources=[source(kind=kind)]) for name, kind in (("a", "registry"), ("b", "news"))]
    found = needs(kb.load(write_kb(tmp_path, trials=trials)), "2026-06-01")
    assert {need.key[1]: [reason.code for reason in need.reasons] for need in found} == {
        "a": [],
        "b": ["no-primary-read"],
    }


def test_between_equals_the_entry_on_which_more_rely_comes_first(tmp_path: Path) -> None:
    events = [
        minimal("safety-events", "a"),
        minimal("safety-events", "b"),
        minimal("safety-events", "c", related=["b"]),
    ]
    base = kb.load(write_kb(tmp_path, safety_events=events))
    found = needs(base, "2026-06-01")
    assert [(need.key[1], need.relied_on) for need in found] == [("b", 1), ("a", 0), ("c", 0)]


def test_the_first_edition_agrees_with_the_statistics() -> None:
    base = kb.load()
    quality, figures = data_quality(base), statistics(base)
    standing = [entry for entry in base if not entry.withdrawn]
    assert quality.total("entries") == len(standing)
    assert all(sum(item.ages) == sum(item.depths.values()) == item.entries for item in quality.collections)
    if len(standing) == len(base):
        assert quality.total("open_questions") == figures["open_questions"]
        assert quality.total("conflicts") == figures["conflicts"]
        shares = {name: item["primary_source_read_share"] for name, item in figures["by_collection"].items()}
        assert {item.name: round(item.primary_read / item.entries, 4) for item in quality.collections} == shares
    found = needs(base, quality.as_of)
    assert [need.points for need in found] == sorted((need.points for need in found), reverse=True)
