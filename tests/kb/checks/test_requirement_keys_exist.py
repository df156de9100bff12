"""The rule requirement-keys-exist."""

from __future__ import annotations

from typing import Any

from kb.checks.requirement_keys_exist import RULE
from tests.entries import minimal
from tests.kb.checks.examining import examine_whole


def _document(*keys: str) -> tuple[str, dict[str, Any]]:
    requirements = [{"key": key, "topic": "advertising"} for key in keys]
    return "guidelines", minimal("guidelines", "ad-rules", aliases=["old-ad-rules"], requirements=requirements)


def _claim(guideline: str, requirement: str) -> tuple[str, dict[str, Any]]:
    rules = [{"guideline": "ad-rules", "basis": "text"}, {"guideline": guideline, "requirement": requirement}]
    return "claims", minimal("claims", "c", rules=rules)


def test_a_key_that_stands_in_the_document_passes() -> None:
    assert examine_whole(RULE, _document("exaggeration"), _claim("ad-rules", "exaggeration")) == []
    assert examine_whole(RULE, _document("exaggeration"), _claim("old-ad-rules", "exaggeration")) == []


def test_another_key_is_found_with_a_near_miss() -> None:
    ((id_, finding),) = examine_whole(RULE, _document("exaggeration", "x"), _claim("ad-rules", "exageration"))
    assert (id_, finding.path) == ("c", ("rules", 1, "requirement"))
    assert "Did you mean «exaggeration»?" in finding.found.en
    assert "exaggeration、x" in finding.expected.ja
    assert RULE.level == "error"


def test_a_document_without_keys_says_so() -> None:
    ((_, finding),) = examine_whole(RULE, _document(), _claim("ad-rules", "x"))
    assert "none has a key" in finding.expected.en


def test_a_missing_document_is_told_by_another_rule() -> None:
    assert examine_whole(RULE, _claim("nowhere", "x")) == []
