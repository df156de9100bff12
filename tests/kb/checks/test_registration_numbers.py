"""The rule registration-numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.checks.registration_numbers import FORMS, RULE
from kb.problems import Finding
from kb.vocabulary import packaged_vocabularies
from tests.kb.checks.examining import ANY_TEXT, examine


def _examine(registry: str, number: str) -> list[Finding]:
    return examine(RULE, "trials", registrations=[{"registry": registry, "number": number}])


def test_every_registry_of_the_vocabulary_has_a_form() -> None:
    assert set(FORMS) == set(packaged_vocabularies()["registries"])


@pytest.mark.parametrize("registry", FORMS)
def test_the_examples_in_messages_are_right(registry: str) -> None:
    for number in FORMS[registry].example.split(", "):
        assert _examine(registry, number) == []


@pytest.mark.parametrize(
    ("registry", "number"),
    [
        ("jRCT", "jRCT1030200136"),
        ("jRCT", "jRCTb030190107"),
        ("ChiCTR", "ChiCTR1800012345"),
        ("ChiCTR", "ChiCTR2600118070"),
        ("ChiCTR", "ChiCTR-OON-17013357"),
        ("ChiCTR", "ChiCTR-ONRC-13003034"),
        ("IRCT", "IRCT138712011652N1"),
        ("IRCT", "IRCT2013012912302N1"),
        ("IRCT", "IRCT20130812014333N223"),
        ("CTRI", "CTRI/2008/091/000012"),
        ("CTIS", "2023-505607-33-01"),
    ],
)
def test_numbers_as_registries_issue_them_pass(registry: str, number: str) -> None:
    assert _examine(registry, number) == []


@pytest.mark.parametrize(
    ("registry", "number", "hint"),
    [
        ("ClinicalTrials.gov", "NCT0427698", ""),
        ("ClinicalTrials.gov", "NCT 04276987", "«NCT04276987»"),
        ("ClinicalTrials.gov", "nct04276987", "«NCT04276987»"),
        ("ClinicalTrials.gov", "NCT０４２７６９８７", "«NCT04276987»"),
        ("ClinicalTrials.gov", "ChiCTR2400083627", "ChiCTR"),
        ("jRCT", "jRCTs03119013", ""),
        ("jRCT", "jRCTd031190136", ""),
        ("jRCT", "JPRN-jRCTs031190136", "«jRCTs031190136»"),
        ("jRCT", "JRCTS031190136", "«jRCTs031190136»"),
        ("UMIN-CTR", "JPRN-UMIN000042791", "«UMIN000042791»"),
        ("UMIN-CTR", "UMIN00004279", ""),
        ("ChiCTR", "ChiCTR24000836270", ""),
        ("ChiCTR", "chictr-trc-12002345", "«ChiCTR-TRC-12002345»"),
        ("IRCT", "74219", ""),
        ("CRIS", "KCT000552", ""),
        ("CTRI", "CTRI/2021/05/33456", ""),
        ("ANZCTR", "ACTRN1262000094493", ""),
        ("ISRCTN", "33578935", ""),
        ("EudraCT", "2022-500293-34", ""),
        ("EudraCT", "EUCTR2020-001978-29", "«2020-001978-29»"),
        ("EudraCT", "2024-512498-29-00", "CTIS"),
        ("CTIS", "2022-500293-34", ""),
        ("CTIS", "2020-001978-29", "EudraCT"),
        ("UTN", "1111-1291-0283", ""),
        ("IRAS", "IRAS 1005941", "«1005941»"),
        ("IRAS", "12", ""),
    ],
)
def test_other_numbers_are_found_with_a_near_miss(registry: str, number: str, hint: str) -> None:
    (finding,) = _examine(registry, number)
    assert finding.path == ("registrations", 0, "number")
    assert hint in finding.found.en
    assert bool(hint) == ("Did you mean" in finding.found.en or "looks like" in finding.found.en)
    assert FORMS[registry].example in finding.expected.ja


@given(ANY_TEXT, st.sampled_from(sorted(FORMS)))
def test_any_text_gets_an_answer(number: str, registry: str) -> None:
    assert len(_examine(registry, number)) <= 1


def test_the_level_is_error() -> None:
    assert RULE.level == "error"
