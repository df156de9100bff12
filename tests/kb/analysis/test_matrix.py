"""What stands in a cell, and from which statement its grade is taken."""

from __future__ import annotations

from pathlib import Path

import pytest

import kb
from kb.analysis.matrix import By, known_jurisdictions, matrix
from kb.analysis.matrix_records import COLUMNS, as_data, lines
from kb.analysis.statements import counted_as, statements
from kb.problems import EvregError
from tests.asked import asked_kb, document, requirement

_WITHDRAWN = {"on": "2026-01-02", "reason": {"en": "A duplicate.", "ja": "重複のため。"}}


def test_a_cell_holds_the_statements_of_one_attribute_and_document(tmp_path: Path) -> None:
    base = asked_kb(
        tmp_path,
        document("a", "JP", requirement("count"), requirement("count", "required"), requirement("sterility")),
        document("b", "KR", requirement(None)),
    )
    found = matrix(base)
    assert found.columns == ("a",)
    assert set(found.rows) == {"count", "sterility", "potency-x"}
    assert set(found.cells) == {("count", "a"), ("sterility", "a")}
    assert [item.requirement.level for item in found.cells["count", "a"].statements] == ["required", "recommended"]
    assert [item.id for item in found.cells["count", "a"].statements] == ["a.2", "a.1"]


def test_former_ids_of_attributes_count_for_the_present_one(tmp_path: Path) -> None:
    assert ("count", "a") in matrix(asked_kb(tmp_path, document("a", "JP", requirement("particles")))).cells


def test_all_marks_of_a_cell_come_from_one_statement(tmp_path: Path) -> None:
    law = document("law", "JP", requirement("count", "recommended"), legal_force="binding")
    advice = document("advice", "JP", requirement("count", "required", "heading"), legal_force="informational")
    grade = matrix(asked_kb(tmp_path, law, advice), "topic").cells["quality-attributes", "JP"].grade
    marks = (grade.requirement.level, grade.guideline.legal_force, grade.requirement.basis)
    assert marks == ("required", "informational", "heading")


def test_force_then_application_then_evidence_decide_between_equal_levels(tmp_path: Path) -> None:
    documents = [
        document("d1", "JP", requirement("count", basis="heading")),
        document("d2", "JP", requirement("count", basis="text")),
        document("d3", "JP", requirement("count"), applies_to_ev="by-analogy"),
        document("d4", "JP", requirement("count", basis="inference"), legal_force="administrative"),
    ]
    cell = matrix(asked_kb(tmp_path, *documents), "topic").cells["quality-attributes", "JP"]
    assert [item.guideline.id for item in cell.statements] == ["d4", "d2", "d1", "d3"]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "today"),
        ({"status": "completed"}, "today"),
        ({"applies_to_ev": "by-analogy"}, "today"),
        ({"status": "draft"}, "prepared"),
        ({"status": "consultation"}, "prepared"),
        ({"status": "superseded"}, "past"),
        ({"status": "withdrawn"}, "past"),
        ({"applies_to_ev": "unknown"}, "unclear"),
        ({"applies_to_ev": "excluded"}, "outside"),
        ({"applies_to_ev": "excluded", "status": "superseded"}, "past"),
    ],
)
def test_how_a_document_counts(tmp_path: Path, changes: dict[str, str], expected: str) -> None:
    base = asked_kb(tmp_path, document("a", "JP", requirement("count"), **changes))
    assert counted_as(base.guidelines["a"]) == expected
    (item,) = statements(base)
    assert item.asks == (expected == "today")


def test_what_stands_today_grades_a_cell_before_a_stronger_draft(tmp_path: Path) -> None:
    draft = document("draft", "JP", requirement("count", "required"), legal_force="binding", status="draft")
    today = document("today", "JP", requirement("count", "mentioned"))
    cell = matrix(asked_kb(tmp_path, draft, today), "topic").cells["quality-attributes", "JP"]
    assert (cell.grade.guideline.id, cell.grade.counted) == ("today", "today")


def test_withdrawn_entries_never_count(tmp_path: Path) -> None:
    gone = document("gone", "JP", requirement("count"), withdrawn=_WITHDRAWN)
    assert statements(asked_kb(tmp_path, gone)) == ()


def test_international_documents_come_after_those_of_countries(tmp_path: Path) -> None:
    documents = [document(code.lower(), code, requirement("count")) for code in ("INTL", "KR", "JP")]
    base = asked_kb(tmp_path, *documents)
    assert matrix(base).columns == ("jp", "kr", "intl")
    assert matrix(base, "topic").columns == ("JP", "KR", "INTL")


def test_jurisdictions_are_named_by_codes(tmp_path: Path) -> None:
    base = asked_kb(tmp_path, document("a", "JP", requirement("count")), document("b", "KR", requirement("count")))
    assert known_jurisdictions(base, "kr, jp,KR") == ("KR", "JP")
    assert known_jurisdictions(base, None) == ()
    assert matrix(base, jurisdictions=("KR",)).columns == ("b",)
    with pytest.raises(EvregError) as raised:
        known_jurisdictions(base, "US-F")
    assert "US-FL" in raised.value.found.en


@pytest.mark.parametrize("by", ["attribute", "topic"])
def test_the_records_hold_every_statement_once(by: By) -> None:
    base = kb.load()
    found = matrix(base, by)
    expected = {item.id for item in statements(base) if by == "topic" or item.attribute}
    rows = list(lines(base, found))
    assert len(rows) == len(expected)
    assert all(len(row) == len(COLUMNS) for row in rows)
    cells = as_data(base, found)["cells"]
    assert {said["id"] for cell in cells for said in cell["statements"]} == expected
    assert sum(row[COLUMNS.index("grades_cell")] == "1" for row in rows) == len(cells)
    assert all(said["sources"] for cell in cells for said in cell["statements"])
