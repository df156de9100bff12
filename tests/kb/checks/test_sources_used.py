"""The rule sources-used."""

from __future__ import annotations

from kb.checks.sources_used import RULE
from tests.entries import source
from tests.kb.checks.examining import examine, paths

EVENT = {"date": "2026-01", "kind": "company", "title": {"en": "An event.", "ja": "出来事である。"}}


def test_a_source_that_supports_a_field_or_a_statement_passes() -> None:
    sources = [source(), source(key="s2", supports=[]), source(key="s3", supports=None)]
    events = [EVENT | {"sources": ["s2", "s3"]}]
    assert examine(RULE, "products", sources=sources, events=events) == []


def test_an_unused_source_is_found() -> None:
    assert paths(examine(RULE, "products", sources=[source(), source(key="s2", supports=[])])) == [("sources", 1)]


def test_a_field_that_does_not_exist_is_found_with_a_near_miss() -> None:
    (finding,) = examine(RULE, "products", sources=[source(supports=["summary", "mecanism"])])
    assert finding.path == ("sources", 0, "supports", 1)
    assert "«mechanism»" in finding.found.en
    assert "「mechanism」" in finding.found.ja


def test_a_repeated_key_is_found() -> None:
    assert paths(examine(RULE, "products", sources=[source(), source()])) == [("sources", 1, "key")]
    assert RULE.level == "error"
