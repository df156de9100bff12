"""The rule statements-have-sources."""

from __future__ import annotations

from typing import Any

import pytest

from kb.checks.statements_have_sources import RULE, statement_lists
from tests.entries import source
from tests.kb.checks.examining import examine, paths

PAIR = {"en": "A statement.", "ja": "記載である。"}
EVENT = {"date": "2026-01", "kind": "company", "title": PAIR}
REQUIREMENT = {"topic": "potency", "level": "mentioned", "statement": PAIR, "basis": "text"}
OPTION = {"name": PAIR, "advantages": PAIR, "drawbacks": PAIR, "basis": "source"}
VALUES = [{"value": PAIR, "sources": ["s1"]}, {"value": PAIR}]
#: Collection, its list of statements, a statement without source.
STATEMENTS = [
    ("guidelines", "requirements", REQUIREMENT),
    ("enforcement", "requirements", REQUIREMENT),
    ("trials", "events", EVENT),
    ("trials", "results", {"kind": "publication", "summary": PAIR}),
    ("attributes", "reported_values", {"kind": "measured", "value": PAIR, "context": PAIR}),
    ("surveys", "key_figures", {"label": PAIR, "unit": "percent"}),
    ("jurisdictions", "market_facts", {"statement": PAIR}),
    ("jurisdictions", "classification", {"product": PAIR, "legal_class": "cosmetic", "statement": PAIR}),
    ("jurisdictions", "pathways", {"name": PAIR, "status": "unclear"}),
    ("products", "release_tests", {"attribute": "potency", "criterion": PAIR}),
    ("products", "process", PAIR | {"step": "isolation"}),
    ("products", "doses", PAIR),
    ("process-steps", "options", OPTION),
    ("process-steps", "parameters", {"name": PAIR}),
]


def test_the_models_tell_what_a_statement_is() -> None:
    for collection, name, _ in STATEMENTS:
        assert (name, None) in statement_lists(collection)
    assert ("conflicts", None, "values", None) in statement_lists("glossary")


@pytest.mark.parametrize(("collection", "name", "item"), STATEMENTS)
def test_a_statement_without_source_is_found(collection: str, name: str, item: dict[str, Any]) -> None:
    other = [source(supports=["title"])]
    items = [item | {"sources": ["s1"]}, item]
    changes: dict[str, Any] = {"requirements": None, "sources": other, name: items}
    assert paths(examine(RULE, collection, **changes)) == [(name, 1)]


@pytest.mark.parametrize(("collection", "name", "item"), STATEMENTS)
@pytest.mark.parametrize("supported", ["summary", "the list"])
def test_a_source_that_supports_the_list_or_the_summary_is_enough(
    collection: str, name: str, item: dict[str, Any], supported: str
) -> None:
    sources = [source(supports=[name if supported == "the list" else "summary"])]
    changes: dict[str, Any] = {"requirements": None, "sources": sources, name: [item]}
    assert examine(RULE, collection, **changes) == []


@pytest.mark.parametrize(
    ("collection", "name", "item"),
    [
        ("process-steps", "options", OPTION | {"basis": "general-knowledge"}),
        ("products", "events", EVENT | {"document": "some-letter"}),
        ("jurisdictions", "pathways", {"name": PAIR, "status": "unclear", "guidelines": ["some-law"]}),
        ("jurisdictions", "market_facts", {"statement": PAIR, "record": "some-survey"}),
    ],
)
def test_a_statement_may_rest_on_another_entry(collection: str, name: str, item: dict[str, Any]) -> None:
    changes: dict[str, Any] = {"sources": [source(supports=["title"])], name: [item]}
    assert examine(RULE, collection, **changes) == []


def test_values_in_conflict_have_sources() -> None:
    conflicts = [{"field": "dates", "values": VALUES}]
    found = examine(RULE, "glossary", sources=[source(supports=["title"])], conflicts=conflicts)
    assert paths(found) == [("conflicts", 0, "values", 1)]


def test_the_summary_needs_a_source_that_supports_something() -> None:
    assert paths(examine(RULE, "glossary", sources=[source(supports=None)])) == [("sources",)]
    assert RULE.level == "error"
