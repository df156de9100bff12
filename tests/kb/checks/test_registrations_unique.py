"""The rule registrations-unique."""

from __future__ import annotations

from typing import Any

from kb.checks.registrations_unique import RULE
from tests.entries import minimal
from tests.kb.checks.examining import examine_whole


def _trial(id_: str, *numbers: str) -> tuple[str, dict[str, Any]]:
    registrations = [{"registry": "ClinicalTrials.gov", "number": number} for number in numbers]
    return "trials", minimal("trials", id_, registrations=registrations)


def test_a_number_in_two_entries_is_found_whatever_its_spelling() -> None:
    ((id_, finding),) = examine_whole(RULE, _trial("a", "NCT04276987"), _trial("b", "NCT1", "nct 04276987"))
    assert (id_, finding.path) == ("b", ("registrations", 1, "number"))
    assert "/a.yaml" in finding.found.en
    assert RULE.level == "error"


def test_a_number_twice_in_one_entry_is_found() -> None:
    ((_, finding),) = examine_whole(RULE, _trial("a", "NCT04276987", "NCT04276987"))
    assert finding.path == ("registrations", 1, "number")


def test_different_numbers_pass() -> None:
    assert examine_whole(RULE, _trial("a", "NCT04276987", "NCT1"), _trial("b", "NCT2")) == []
