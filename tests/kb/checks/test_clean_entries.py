"""The smallest entries of all collections pass every rule."""

from __future__ import annotations

import pytest

from kb.checks import ENTRY_RULES, WHOLE_RULES
from kb.checks.rule import EntryRule, WholeRule
from kb.models import COLLECTIONS
from tests.entries import minimal
from tests.kb.checks.examining import examine, examine_whole


@pytest.mark.parametrize("rule", ENTRY_RULES, ids=lambda rule: rule.name)
@pytest.mark.parametrize("collection", COLLECTIONS)
def test_a_minimal_entry_passes(rule: EntryRule, collection: str) -> None:
    assert examine(rule, collection) == []


@pytest.mark.parametrize(
    "rule", [rule for rule in WHOLE_RULES if rule.name != "references-exist"], ids=lambda rule: rule.name
)
def test_minimal_entries_pass_together(rule: WholeRule) -> None:
    assert examine_whole(rule, *((collection, minimal(collection)) for collection in COLLECTIONS)) == []
