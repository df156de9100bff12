"""A disagreement in words, with what to change; agreement in silence."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

import kb
from kb.change_words import field_words
from kb.models.base import MAX_ID_LENGTH
from kb.observed import observation
from kb.proposals import Proposal
from scrapers.comparing import comparison_key, disagreements, is_comparison
from scrapers.faults import SourceFault
from scrapers.register import register
from tests.entries import minimal
from tests.samples import write_kb

SOURCE = register()["clinicaltrials-gov"]
ENTRY = {
    "id": "t1",
    "status": "completed",
    "status_as_of": "2026-05",
    "phase": "1",
    "enrolment": {"count": 24, "type": "planned"},
    "dates": {"start": "2025-01"},
    "countries": ["JP"],
    "acronym": "EXO",
}


def compared(folder: Path, facts: dict[str, Any], version: str | None = None, **entry: Any) -> list[Proposal]:
    base = kb.load(write_kb(folder, trials=[minimal("trials") | ENTRY | entry]))
    found = observation(SOURCE.name, "trials/t1", "https://example.org/t1", "2026-07-02", facts, version)
    return list(disagreements(base.trials["t1"], found, SOURCE, base.vocabularies, date(2026, 7, 2)))


@pytest.mark.parametrize("facts", [
    {"status": "completed", "status_as_of": "2026-06-30"},  # a new date alone says nothing new
    {"dates.start": "2025-01-15", "dates.completion": "2026-02"},  # more exact, and a field that was empty
    {"countries": ["JP"], "acronym": "EXO", "enrolment.count": 24, "enrolment.type": "planned"},
    {"collaborators": [], "acronym": None},  # the source is silent
    {},
])  # fmt: skip
def test_agreement_makes_no_proposal(tmp_path: Path, facts: dict[str, Any]) -> None:
    assert compared(tmp_path, facts) == []


def test_a_status_goes_with_its_date(tmp_path: Path) -> None:
    (proposal,) = compared(tmp_path, {"status": "terminated", "status_as_of": "2026-06-30"})
    assert proposal.words.en == "Status: Completed → Terminated (ClinicalTrials.gov, as of 2026-06-30)"
    assert (
        proposal.words.ja == "状況: 終了(完了) → 中止(ClinicalTrials.gov、2026-06-30時点)" or "→" in proposal.words.ja
    )
    assert {item.field: (item.old, item.new) for item in proposal.changes} == {
        "status": ("completed", "terminated"),
        "status_as_of": ("2026-05", "2026-06-30"),
    }
    assert (proposal.id, proposal.kind, proposal.confidence) == ("clinicaltrials-gov/t1-status", "change", "high")
    assert is_comparison(proposal)


def test_each_group_of_fields_is_decided_by_itself(tmp_path: Path) -> None:
    facts = {
        "status": "terminated", "enrolment.count": 30, "enrolment.type": "actual", "dates.start": "2024-12",
        "countries": ["JP", "US"],
    }  # fmt: skip
    found = {proposal.key: proposal for proposal in compared(tmp_path, facts, "2026-06-30")}
    assert set(found) == {"t1-status", "t1-enrolment", "t1-dates", "t1-countries"}
    words = found["t1-enrolment"].words
    assert words.en == (
        "Participants › Number of people: 24 → 30; Participants › Planned or actual: Planned → Actual "
        "(ClinicalTrials.gov, as of 2026-06-30)"
    )
    assert "人数: 24 → 30" in words.ja
    assert "Japan → Japan, United States" in found["t1-countries"].words.en
    assert found["t1-countries"].confidence == "medium"


def test_a_statement_older_than_the_entry_is_doubtful(tmp_path: Path) -> None:
    (proposal,) = compared(tmp_path, {"status": "recruiting", "status_as_of": "2024-01"})
    assert proposal.confidence == "low"
    assert "2024-01" in proposal.reasons[-1].ja


def test_a_version_that_moves_every_night_is_not_in_the_words(tmp_path: Path) -> None:
    one, other = (compared(tmp_path / day, {"phase": "2"}, f"{day}T09:00:00") for day in ("2026-07-01", "2026-07-02"))
    assert one == other
    assert one[0].words.en == "Phase: Phase 1 → Phase 2 (ClinicalTrials.gov)"


def test_a_default_that_nobody_wrote_is_no_old_value(tmp_path: Path) -> None:
    (proposal,) = compared(tmp_path, {"registration_timing": "prospective"})
    assert (proposal.changes[0].old, proposal.changes[0].new) == (None, "prospective")
    assert proposal.words.en.startswith("Registered before or after the start: nothing → ")


def test_the_hash_is_about_the_fields_and_not_about_their_date(tmp_path: Path) -> None:
    states = [
        compared(tmp_path / name, {"status": status, "status_as_of": day}, day)[0].source_hash
        for name, status, day in (
            ("a", "terminated", "2026-06"),
            ("b", "terminated", "2026-07"),
            ("c", "unknown", "2026-06"),
        )
    ]
    assert states[0] == states[1] != states[2]


@pytest.mark.parametrize(("facts", "words"), [
    ({"status": "ENDED"}, "ENDED"), ({"enrolment.count": -1}, "-1"),
])  # fmt: skip
def test_what_does_not_fit_the_model_is_a_fault(tmp_path: Path, facts: dict[str, Any], words: str) -> None:
    with pytest.raises(SourceFault) as told:
        compared(tmp_path, facts)
    assert words in told.value.found.en
    assert "trials/t1" in told.value.found.ja


def test_words_of_fields_that_no_model_knows_stay() -> None:
    assert field_words("trials", "registrations.0.number", "ja") == "登録番号 › 登録番号(登録機関の表記のまま)"
    assert field_words("trials", "strange.inner", "en") == "strange › inner"


def test_a_key_is_a_name_however_long_the_entry_is_called() -> None:
    long = "a-" * 59 + "b"
    key = comparison_key(long, "status_of_it")
    assert len(key) <= MAX_ID_LENGTH
    assert key != comparison_key(long, "status")
    assert comparison_key("t1", "ev_source") == "t1-ev-source"


def test_the_words_of_a_source_stay_words(tmp_path: Path) -> None:
    hostile = "<script>alert(1)</script>\n" + "x" * 500
    (proposal,) = compared(tmp_path, {"acronym": hostile})
    assert "\n" not in proposal.words.en
    assert len(proposal.words.en) < 300
    assert proposal.changes[0].new == hostile
