"""The rule review-stale."""

from __future__ import annotations

from datetime import date

import pytest

from kb.checks.review_stale import RULE
from tests.kb.checks.examining import examine, paths


@pytest.mark.parametrize(
    ("collection", "verified", "stale"),
    [
        ("claims", "2025-07-01", False),
        ("claims", "2025-06-30", True),
        ("claims", "2025-06", True),
        ("claims", "2025-07", False),
        ("claims", "2025", False),
        ("claims", "2024", True),
        ("trials", "2026-01-01", False),
        ("trials", "2025-12-31", True),
        ("glossary", "2024-07-01", False),
        ("glossary", "2024-06-30", True),
    ],
)
def test_the_term_depends_on_the_collection(collection: str, verified: str, stale: bool) -> None:
    found = examine(RULE, collection, review={"status": "draft", "verified": verified}, today=date(2026, 7, 1))
    assert paths(found) == [("review", "verified")] * stale


def test_a_day_that_has_passed_is_found() -> None:
    review = {"status": "approved", "verified": "2026-06-01"}
    assert paths(examine(RULE, "claims", review=review | {"due": "2026-06-30"})) == [("review", "due")]
    assert examine(RULE, "claims", review=review | {"due": "2026-07-01"}) == []
    assert RULE.level == "warning"


def test_withdrawn_entries_are_left_in_peace() -> None:
    withdrawn = {"on": "2021-01-01", "reason": {"en": "Merged.", "ja": "統合した。"}}
    review = {"status": "draft", "verified": "2020-01-01"}
    assert examine(RULE, "claims", review=review, withdrawn=withdrawn) == []
