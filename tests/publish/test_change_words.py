"""Changes in words, in both languages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import kb
from kb.analysis.changes import compare
from kb.analysis.states import folder_state
from kb.problems import Language
from publish.change_words import Line, line
from publish.site import Site
from tests.entries import minimal
from tests.samples import attribute, guideline, write_kb


def _lines(
    folder: Path, name: str, before: dict[str, Any], after: dict[str, Any], language: Language = "en"
) -> list[Line]:
    one = write_kb(folder / "1", **{name: [before]})
    other = write_kb(folder / "2", attributes=[attribute("count")], **{name: [after]})
    site = Site(kb.load(other), language)
    changes = [change for change in compare(folder_state(one), folder_state(other)).entries if change.fields]
    return [line(site, change.key[0], field) for change in changes for field in change.fields]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", Line("What it asks (Count the particles.) › Level", "Recommended", "Required")),
        ("ja", Line("要求事項 (粒子を数える。) › 要求度", "推奨", "要求")),
    ],
)
def test_codes_and_items_have_the_readers_words(tmp_path: Path, language: Language, expected: Line) -> None:
    item = guideline("g")["requirements"][0]
    after = guideline("g", requirements=[item | {"level": "required"}])
    assert _lines(tmp_path, "guidelines", guideline("g"), after, language) == [expected]


def test_references_are_shown_by_title(tmp_path: Path) -> None:
    item = guideline("g")["requirements"][0]
    before = guideline("g", requirements=[item | {"attribute": None}])
    before["requirements"][0].pop("attribute")
    assert [(made.before, made.after) for made in _lines(tmp_path, "guidelines", before, guideline("g"))] == [
        ("", "attribute count")
    ]


def test_a_change_of_the_other_language_alone_is_said_and_shown_in_it(tmp_path: Path) -> None:
    summary = {"en": "It asks for a count of particles.", "ja": "粒子数を数えることを求める。"}
    assert _lines(tmp_path, "guidelines", guideline("g"), guideline("g", summary=summary)) == [
        Line("Summary", "粒子数の測定を求める。", "粒子数を数えることを求める。", "ja")
    ]


def test_long_texts_are_cut_to_where_they_differ(tmp_path: Path) -> None:
    words = "The first sentence stays as it is. " * 10
    summaries = [{"en": f"{words}It was {word}. {words}".strip(), "ja": "同じ"} for word in ("white", "black")]
    before, after = (guideline("g", summary=summary) for summary in summaries)
    made = _lines(tmp_path, "guidelines", before, after)[0]
    assert made.before == "…ntence stays as it is. It was white. The first sentence stays as …"
    assert "black" in made.after


@pytest.mark.parametrize(("old", "new"), [(False, True), (True, False)])
def test_yes_and_no(tmp_path: Path, old: bool, new: bool) -> None:
    before, after = (minimal("trials", "t", first_in_human=value) for value in (old, new))
    words = {True: "Yes", False: "No"}
    made = _lines(tmp_path, "trials", before, after)[0]
    assert (made.before, made.after) == (words[old], words[new])


def test_a_whole_record_is_named_by_what_says_most(tmp_path: Path) -> None:
    numbers = [{"registry": "ClinicalTrials.gov", "number": "NCT00000001"}]
    made = _lines(tmp_path, "trials", minimal("trials", "t"), minimal("trials", "t", registrations=numbers))
    assert [(item.before, item.after) for item in made] == [("", "NCT00000001")]
