"""The rule review-signed: a status is worth nothing without sign-offs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kb.checks.review_signed import RULE
from kb.problems import Finding
from kb.validation import validate
from tests.entries import minimal
from tests.kb.checks.examining import TODAY, examine, paths
from tests.reviewing import CARBERRY, PSYCHOCERAMIST, orcid, signed
from tests.samples import term, write_kb


def findings(*people: dict[str, Any], status: str = "approved") -> list[Finding]:
    data = signed("claims", minimal("claims"), *people, status=status)
    return examine(RULE, "claims", review=data["review"])


def test_what_is_borne_out_passes() -> None:
    assert findings(CARBERRY, PSYCHOCERAMIST) == []
    assert findings(CARBERRY, status="reviewed") == []
    assert findings(CARBERRY, status="draft") == []
    assert RULE.level == "error"


@pytest.mark.parametrize(
    ("people", "status", "words"),
    [
        ([], "approved", "nobody; it needs 2 people of 2 organisations"),
        ([], "reviewed", "nobody; it needs one person"),
        ([CARBERRY], "approved", "one person; it needs 2 people of 2 organisations"),
        ([CARBERRY, {"orcid": orcid(5)}], "approved", "2 people of one organisation; it needs"),
        ([CARBERRY, PSYCHOCERAMIST | {"status": "reviewed"}], "approved", "one person; it needs"),
    ],
)
def test_a_status_without_enough_sign_offs_is_found(people: list[dict[str, Any]], status: str, words: str) -> None:
    (finding,) = findings(*people, status=status)
    assert finding.path == ("review", "status")
    assert words in finding.found.en


def test_one_person_twice() -> None:
    found = findings(CARBERRY, CARBERRY | {"organisation": "elsewhere"})
    assert paths(found) == [("review", "by", 1, "orcid"), ("review", "status")]
    assert "signed twice" in found[0].found.en


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"status": "draft"}, "status"),
        ({"on": "2026-06"}, "on"),
        ({"hash": "0" * 64}, "hash"),
        ({"hash": f"9:{'0' * 64}"}, "hash"),
        ({"group": "quality"}, "group"),
    ],
)
def test_malformed_sign_offs_are_found(change: dict[str, Any], field: str) -> None:
    found = findings(CARBERRY | change, status="draft")
    assert paths(found) == [("review", "by", 0, field)]


def test_the_near_miss_of_a_working_group_is_offered(tmp_path: Path) -> None:
    data = signed("glossary", term("a"), CARBERRY | {"group": "qualty"}, status="reviewed")
    root = write_kb(tmp_path, glossary=[data])
    (root / "reviewers.yaml").write_text("groups: {quality: {en: Quality, ja: 品質}}", encoding="utf-8")
    found = [problem for problem in validate(root, today=TODAY).problems if problem.rule == "review-signed"]
    assert [problem.field for problem in found] == ["review.by[0].group"]
    assert "Did you mean «quality»?" in found[0].found.en


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"orcid": "0000-0002-1825-0098"}, "identifiers"),
        ({"on": "2026-12-24"}, "dates-in-order"),
        ({"conflict_of_interest": None}, "required-field"),
        ({"orcid": None}, "required-field"),
    ],
)
def test_other_rules_see_to_the_rest(tmp_path: Path, change: dict[str, Any], rule: str) -> None:
    data = signed("glossary", term("a"), CARBERRY, PSYCHOCERAMIST)
    by = data["review"]["by"]
    by[0] = {key: value for key, value in (by[0] | change).items() if value is not None}
    root = write_kb(tmp_path, glossary=[data])
    rules = {problem.rule for problem in validate(root, today=TODAY).problems if problem.level == "error"}
    assert rule in rules
