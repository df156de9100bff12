"""The rule identifiers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.checks.identifiers import RULE
from tests.entries import sign_off, source
from tests.kb.checks.examining import ANY_TEXT, examine, paths

RESULT = {"kind": "publication", "summary": {"en": "A result.", "ja": "結果である。"}}


@pytest.mark.parametrize(
    "doi",
    [
        "10.1002/jev2.12404",
        "10.1016/S0140-6736(20)30183-5",
        "10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2",
        "10.1000.10/123456",
    ],
)
def test_dois_pass(doi: str) -> None:
    assert examine(RULE, "trials", sources=[source(doi=doi)]) == []


@pytest.mark.parametrize(
    ("doi", "hint"),
    [
        ("https://doi.org/10.1002/jev2.12404", "10.1002/jev2.12404"),
        ("doi:10.1002/jev2.12404", "10.1002/jev2.12404"),
        ("10.1002/jev2.12404.", "10.1002/jev2.12404"),
        ("10.1002/jev2.12404)", "10.1002/jev2.12404"),
        ("10.1002%2Fjev2.12404", "10.1002/jev2.12404"),
        ("10.1002/jev2 12404", ""),
        ("10.12/x", ""),
        ("jev2.12404", ""),
        ("10.1002/", ""),
    ],
)
def test_other_dois_are_found(doi: str, hint: str) -> None:
    (finding,) = examine(RULE, "trials", results=[RESULT | {"doi": doi}])
    assert finding.path == ("results", 0, "doi")
    assert (f"Did you mean «{hint}»" in finding.found.en) == bool(hint)


@pytest.mark.parametrize("pmid", ["1", "38326288"])
def test_pubmed_numbers_pass(pmid: str) -> None:
    assert examine(RULE, "claims", sources=[source(pmid=pmid)]) == []


@pytest.mark.parametrize(
    ("pmid", "hint"), [("PMID: 38326288", "38326288"), ("PMC10850029", ""), ("0123", ""), ("123456789", "")]
)
def test_other_pubmed_numbers_are_found(pmid: str, hint: str) -> None:
    (finding,) = examine(RULE, "claims", sources=[source(), source(key="s2", pmid=pmid)])
    assert finding.path == ("sources", 1, "pmid")
    assert (f"«{hint}»" in finding.found.en) == bool(hint)


def test_a_number_written_without_quotes_is_read() -> None:
    assert examine(RULE, "claims", sources=[source(pmid=38326288)]) == []


def test_orcid_check_characters() -> None:
    review = {"status": "reviewed", "verified": "2026-06-01"}
    right = [sign_off(), sign_off(orcid="0000-0002-1694-233X")]
    wrong = [sign_off(orcid="0000-0002-1825-0098")]
    assert examine(RULE, "surveys", review=review | {"by": right}) == []
    assert paths(examine(RULE, "surveys", review=review | {"by": wrong})) == [("review", "by", 0, "orcid")]


@given(ANY_TEXT)
def test_any_text_gets_an_answer(text: str) -> None:
    assert len(examine(RULE, "trials", sources=[source(doi=text)])) <= 1
    assert len(examine(RULE, "trials", sources=[source(pmid=text)])) <= 1


@given(st.integers(1000, 999_999_999), st.from_regex(r"[A-Za-z0-9]([A-Za-z0-9._-]{0,20}[A-Za-z0-9])?", fullmatch=True))
def test_well_formed_dois_always_pass(registrant: int, suffix: str) -> None:
    assert examine(RULE, "trials", sources=[source(doi=f"10.{registrant}/{suffix}")]) == []


def test_the_level_is_error() -> None:
    assert RULE.level == "error"
