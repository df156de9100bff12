"""The rule status-dated."""

from __future__ import annotations

from kb.checks.status_dated import RULE
from tests.kb.checks.examining import examine, paths


def test_a_known_status_without_date_is_found() -> None:
    assert paths(examine(RULE, "trials", status="recruiting", status_as_of=None)) == [("status",)]
    assert RULE.level == "info"
    assert RULE.collections == ("trials",)


def test_a_dated_or_unknown_status_passes() -> None:
    assert examine(RULE, "trials", status="recruiting", status_as_of="2026") == []
    assert examine(RULE, "trials", status="unknown", status_as_of=None) == []
