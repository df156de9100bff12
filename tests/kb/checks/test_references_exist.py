"""The rule references-exist."""

from __future__ import annotations

from kb.checks.references_exist import RULE
from tests.entries import minimal
from tests.kb.checks.examining import examine_whole


def test_a_reference_to_nothing_is_found_with_a_near_miss() -> None:
    ((id_, finding),) = examine_whole(
        RULE,
        ("products", minimal("products", critical_attributes=["potenci"])),
        ("attributes", minimal("attributes", "potency")),
    )
    assert (id_, finding.path) == ("e", ("critical_attributes", 0))
    assert "potency" in finding.expected.en
    assert "potency" in finding.expected.ja


def test_an_alias_is_a_name_too() -> None:
    entries = (
        ("products", minimal("products", critical_attributes=["strength"])),
        ("attributes", minimal("attributes", "potency", aliases=["strength"])),
    )
    assert examine_whole(RULE, *entries) == []
