"""The rule source-keys-exist."""

from __future__ import annotations

from typing import Any

import pytest

from kb.checks.source_keys_exist import RULE
from tests.entries import source
from tests.kb.checks.examining import examine, paths

PAIR = {"en": "A statement.", "ja": "記載である。"}
CONFLICT = {"field": "dates", "values": [{"value": PAIR, "sources": ["s1"]}, {"value": PAIR, "sources": ["s4"]}]}


@pytest.mark.parametrize(
    ("collection", "changes", "path"),
    [
        ("products", {"doses": [PAIR | {"sources": ["s1", "s9"]}]}, ("doses", 0, "sources", 1)),
        ("surveys", {"conflicts": [CONFLICT]}, ("conflicts", 0, "values", 1, "sources", 0)),
        (
            "jurisdictions",
            {"market_facts": [{"statement": PAIR, "sources": ["t1"]}]},
            ("market_facts", 0, "sources", 0),
        ),
        ("process-steps", {"parameters": [{"name": PAIR, "sources": ["s2"]}]}, ("parameters", 0, "sources", 0)),
    ],
)
def test_a_key_without_source_is_found(collection: str, changes: dict[str, Any], path: tuple[str | int, ...]) -> None:
    (finding,) = examine(RULE, collection, **changes)
    assert finding.path == path
    assert "One of: s1." in finding.expected.en


def test_keys_of_sources_pass() -> None:
    sources = [source(), source(key="law")]
    assert examine(RULE, "products", sources=sources, doses=[PAIR | {"sources": ["law", "s1"]}]) == []


def test_a_near_miss_is_offered() -> None:
    (finding,) = examine(RULE, "products", sources=[source(key="label")], doses=[PAIR | {"sources": ["lable"]}])
    assert "Did you mean «label»?" in finding.found.en
    assert RULE.level == "error"


def test_requirement_keys_are_no_source_keys() -> None:
    rules = [{"guideline": "g", "requirement": "potency", "basis": "text"}]
    assert paths(examine(RULE, "claims", rules=rules)) == []
