"""What the entries say of approval: only documents that stand and deny it, and counts that leave out the withdrawn."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import kb
from kb.analysis.approval import LATE_PHASES, approval
from tests.entries import PAIR, minimal
from tests.samples import guideline, write_kb

GONE = {"on": "2026-01-02", "reason": PAIR}
DENIAL = "No exosome medicine has been approved."


def _says(statement: str, **changes: Any) -> list[dict[str, Any]]:
    asked = {"topic": "classification", "level": "mentioned", "basis": "text"}
    return [{**asked, "statement": {"en": statement, "ja": "承認された製品はない。"}, **changes}]


def _found(folder: Path, *documents: dict[str, Any]) -> list[str]:
    base = kb.load(write_kb(folder, guidelines=list(documents)))
    return [said.document.id for said in approval(base).statements]


@pytest.mark.parametrize(
    "statement", [DENIAL, "They need approval; none is approved.", "It says no vial has approval."]
)
def test_a_denial_is_found_in_any_wording(tmp_path: Path, statement: str) -> None:
    assert _found(tmp_path, guideline("g", requirements=_says(statement))) == ["g"]


@pytest.mark.parametrize(
    "statement",
    ["An exosome medicine has been approved.", "No count is asked for. Approved methods exist.", "Nothing is said."],
)
def test_other_statements_are_not_taken_for_a_denial(tmp_path: Path, statement: str) -> None:
    assert _found(tmp_path, guideline("g", requirements=_says(statement))) == []


def test_documents_that_no_longer_stand_or_speak_of_something_else_do_not_count(tmp_path: Path) -> None:
    documents = [
        guideline("advertising", requirements=_says(DENIAL, topic="advertising")),
        guideline("superseded", requirements=_says(DENIAL), status="superseded"),
        guideline("withdrawn", requirements=_says(DENIAL), withdrawn=GONE),
        guideline("standing", requirements=_says(DENIAL)),
    ]
    assert _found(tmp_path, *documents) == ["standing"]


def test_the_latest_document_comes_first_and_a_revision_counts_as_its_date(tmp_path: Path) -> None:
    dated = {"old": {"issued": "2020-01"}, "revised": {"issued": "2019", "revised": ["2025-03-01"]}, "undated": {}}
    documents = [guideline(id_, requirements=_says(DENIAL), dates=dates) for id_, dates in dated.items()]
    act = minimal("enforcement", "act", requirements=_says(DENIAL), date="2023-02-01")
    base = kb.load(write_kb(tmp_path, guidelines=documents, enforcement=[act]))
    found = [(said.document.id, said.date) for said in approval(base).statements]
    assert found == [("revised", "2025-03-01"), ("act", "2023-02-01"), ("old", "2020-01"), ("undated", "")]


def test_places_and_trials_are_counted_without_the_withdrawn(tmp_path: Path) -> None:
    way = {"name": PAIR, "status": "available"}
    form = {"product": PAIR, "legal_class": "not-settled", "statement": PAIR}
    places = [
        minimal("jurisdictions", "jp", pathways=[way, way]),
        minimal(
            "jurisdictions", "us", code="US", pathways=[{"name": PAIR, "status": "unclear"}], classification=[form]
        ),
        minimal("jurisdictions", "kr", code="KR", pathways=[way], withdrawn=GONE),
    ]
    result = {"kind": "publication", "summary": PAIR}
    trials = [
        minimal("trials", "early"),
        minimal("trials", "late", phase="3", results=[result]),
        minimal("trials", "late-without-report", phase="2-3"),
        minimal("trials", "gone", phase="3", withdrawn=GONE),
    ]
    found = approval(kb.load(write_kb(tmp_path, jurisdictions=places, trials=trials)))
    assert (found.places, found.open_places, found.unsettled_places) == (2, 1, 1)
    assert (found.trials, found.late_trials, found.late_with_results) == (3, 2, 1)
    assert found.as_of == "2026-06-01"


def test_the_codes_belong_to_their_vocabularies() -> None:
    assert set(kb.load().vocabularies["phases"]) > LATE_PHASES


def test_an_empty_knowledge_base_says_nothing(tmp_path: Path) -> None:
    found = approval(kb.load(write_kb(tmp_path, glossary=[])))
    assert (found.statements, found.places, found.trials, found.as_of) == ((), 0, 0, "")


def test_the_first_edition_has_authorities_of_more_than_one_country() -> None:
    said = approval(kb.load()).statements
    assert len({found.document.jurisdiction for found in said}) >= 2
    assert all("approv" in found.requirement.statement.en.lower() for found in said)
