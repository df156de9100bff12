"""The rule known-concepts."""

from __future__ import annotations

from kb.checks.known_concepts import RULE
from tests.kb.checks.examining import examine, paths


def test_a_concept_that_no_lexicon_defines_is_found_with_the_near_miss() -> None:
    rules = [{"all": ["@joint", "knee | @joimt"], "unless": ["@cancer"]}]
    found = examine(RULE, "claims", detection=rules)
    assert paths(found) == [("detection", 0, "all", 1)]
    assert "«joimt»" in found[0].found.en
    assert "«joint»" in found[0].found.en


def test_plain_words_and_known_concepts_pass() -> None:
    assert examine(RULE, "claims", detection=[{"all": ["@joint | knee", "heals"], "needs": ["@ev-product"]}]) == []
    assert examine(RULE, "claims") == []


def test_a_term_without_letters_is_found() -> None:
    found = examine(RULE, "claims", detection=[{"all": ["knee | ✨"], "unless": ["a .. !"]}])
    assert paths(found) == [("detection", 0, "all", 0)]
    assert "«✨»" in found[0].found.en
