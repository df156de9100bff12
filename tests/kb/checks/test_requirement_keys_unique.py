"""The rule requirement-keys-unique."""

from __future__ import annotations

from typing import Any

import pytest

from kb.checks.requirement_keys_unique import RULE
from tests.kb.checks.examining import examine, paths


def _requirement(key: str | None) -> dict[str, Any]:
    statement = {"en": "A statement.", "ja": "記載である。"}
    item = {"key": key, "topic": "potency", "level": "mentioned", "statement": statement, "basis": "text"}
    return {name: value for name, value in item.items() if value is not None}


@pytest.mark.parametrize("collection", ["guidelines", "enforcement"])
def test_a_repeated_key_is_found(collection: str) -> None:
    requirements = [_requirement(key) for key in ("a", None, "b", None, "a")]
    (finding,) = examine(RULE, collection, requirements=requirements)
    assert finding.path == ("requirements", 4, "key")
    assert "requirements[0]" in finding.found.ja
    assert RULE.level == "error"


def test_different_and_missing_keys_pass() -> None:
    assert paths(examine(RULE, "guidelines", requirements=[_requirement(key) for key in ("a", None, "b", None)])) == []
