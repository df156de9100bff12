"""The computed parts of the home page: figures, the map, what is new and what lies ahead."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import kb
from kb import KnowledgeBase
from publish.home import BLOCKS, figures, recently_verified
from publish.labels import LANGUAGES
from publish.places import Place
from publish.site import Site
from tests.entries import PAIR, minimal
from tests.samples import guideline, small_kb, term, write_kb

WITHDRAWN = {"on": "2026-01-02", "reason": PAIR}


def _verified(id_: str, day: str, **changes: Any) -> dict[str, Any]:
    return term(id_, review={"status": "draft", "verified": day}, **changes)


def _load(folder: Path, **collections: list[dict[str, Any]]) -> KnowledgeBase:
    return kb.load(write_kb(folder, **collections))


def _part(base: KnowledgeBase, name: str) -> str:
    return str(BLOCKS[name](Site(base, "en"), Place("en", "")))


def _dated(id_: str, **dates: str) -> dict[str, Any]:
    return guideline(id_, dates=dates, requirements=[])


def test_the_last_year_is_counted_from_the_latest_verification_not_from_today(tmp_path: Path) -> None:
    days = ("2020-06-01", "2019-06-02", "2019-06-01", "2018-01-01")
    base = _load(tmp_path, glossary=[_verified(f"t{number}", day) for number, day in enumerate(days)])
    assert recently_verified(base) == pytest.approx(2 / 4)


def test_withdrawn_entries_do_not_count(tmp_path: Path) -> None:
    base = _load(tmp_path, glossary=[_verified("a", "2020-06-01"), _verified("b", "2010-06-01", withdrawn=WITHDRAWN)])
    assert recently_verified(base) == 1
    assert figures(base).entries == 1


def test_the_latest_comes_first_and_what_lies_ahead_stands_apart(tmp_path: Path) -> None:
    base = _load(
        tmp_path,
        guidelines=[
            _dated("old", issued="2024-05-01"),
            _dated("new", issued="2026-02"),
            _dated("vague", issued="2026"),
            _dated("coming", applies_from="2027-01-01"),
        ],
    )
    latest, ahead = _part(base, "latest"), _part(base, "upcoming")
    assert latest.index("guideline new") < latest.index("guideline old")
    assert "guideline vague" not in latest
    assert "guideline coming" not in latest
    assert ("guideline coming" in ahead, "guideline old" in ahead) == (True, False)


def test_a_deadline_for_comments_is_told_until_it_has_passed(tmp_path: Path) -> None:
    base = _load(
        tmp_path, guidelines=[_dated("open", comment_until="2026-09-30"), _dated("shut", comment_until="2026-01-31")]
    )
    ahead = _part(base, "upcoming")
    assert ("guideline open" in ahead, "guideline shut" in ahead) == (True, False)
    assert "Comments until" in ahead


def test_nothing_ahead_is_said_with_its_day(tmp_path: Path) -> None:
    assert "No entry gives a date after" in _part(kb.load(small_kb(tmp_path)), "upcoming")


def test_trials_are_no_news_here(tmp_path: Path) -> None:
    trial = minimal("trials", "t", countries=["JP"], dates={"start": "2026-01-05", "completion": "2027-01-05"})
    base = _load(tmp_path, trials=[trial])
    assert "Entry t" not in _part(base, "latest") + _part(base, "upcoming")


@pytest.mark.parametrize("name", list(BLOCKS))
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_part_can_be_computed_from_nothing(tmp_path: Path, name: str, language: str) -> None:
    site = Site(_load(tmp_path), "ja" if language == "ja" else "en")
    assert BLOCKS[name](site, Place(site.language, "")) is not None


def test_the_map_names_who_is_surveyed(tmp_path: Path) -> None:
    drawn = _part(_load(tmp_path, jurisdictions=[minimal("jurisdictions", "jp")]), "world-map")
    assert 'aria-label="Japan: By analogy"' in drawn
    assert 'href="./map/"' in drawn
