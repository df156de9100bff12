"""The rule confidence-needs-reading."""

from __future__ import annotations

from kb.checks.confidence_needs_reading import RULE
from tests.entries import source
from tests.kb.checks.examining import examine, paths


def test_high_confidence_without_reading_is_found() -> None:
    sources = [source(read="not-read"), source(key="s2", read="not-read")]
    assert paths(examine(RULE, "claims", confidence="high", sources=sources)) == [("confidence",)]
    assert RULE.level == "error"


def test_one_source_that_was_read_is_enough() -> None:
    for read in ("page", "excerpt"):
        sources = [source(read="not-read"), source(key="s2", read=read)]
        assert examine(RULE, "claims", confidence="high", sources=sources) == []


def test_lower_confidence_needs_none() -> None:
    assert examine(RULE, "claims", confidence="medium", sources=[source(read="not-read")]) == []
