"""What to review next."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

import kb
from kb import KnowledgeBase
from kb.models import model_of
from kb.review.agenda import REASONS, agenda, due_day, for_group, for_reviewer
from kb.review.policy import policy_of
from kb.review.register import Group
from tests.entries import minimal
from tests.reviewing import CARBERRY, PSYCHOCERAMIST, signed
from tests.samples import guideline, term, write_kb

TODAY = date(2026, 7, 10)
CARBERRY_ID = "0000-0002-1825-0097"
OTHER = {"en": "Something else.", "ja": "別の内容である。"}
REGISTER = f"""
organisations: {{brown-university: {{en: Brown University, ja: ブラウン大学}}}}
groups:
  terms: {{en: Terms, ja: 用語, collections: [glossary]}}
people:
  {CARBERRY_ID}:
    name: Josiah Carberry
    affiliation: {{en: Brown University, ja: ブラウン大学}}
    organisation: brown-university
    groups: [terms]
    since: '2026'
"""


def verified(day: str, **more: Any) -> dict[str, Any]:
    return {"review": {"status": "draft", "verified": day, **more}}


@pytest.fixture
def base(tmp_path: Path) -> KnowledgeBase:
    two = (CARBERRY, PSYCHOCERAMIST)
    lapsed = signed("glossary", term("lapsed"), *two) | {"summary": OTHER}
    root = write_kb(
        tmp_path,
        glossary=[
            term("a-sound-draft", confidence="high"),
            term("doubtful-draft", confidence="low"),
            term("gone", withdrawn={"on": "2026-01-01", "reason": OTHER}, confidence="low"),
            lapsed,
            signed("glossary", term("approved"), *two),
            signed("glossary", term("approved-overdue"), *two, due="2026-07-09"),
            signed("glossary", term("half"), CARBERRY, status="reviewed"),
        ],
        guidelines=[guideline("due-now", **verified("2025-07-10"))],
        trials=[minimal("trials", "late", **verified("2025-12"))],
        attributes=[],
    )
    (root / "reviewers.yaml").write_text(REGISTER, encoding="utf-8")
    return kb.load(root)


def test_the_order_is_the_published_one(base: KnowledgeBase) -> None:
    found = agenda(base, TODAY)
    assert [(task.key[1], task.reasons) for task in found] == [
        ("late", ("overdue", "draft")),
        ("approved-overdue", ("overdue",)),
        ("lapsed", ("lapsed",)),
        ("due-now", ("due", "draft")),
        ("half", ("awaiting",)),
        ("doubtful-draft", ("draft",)),
        ("a-sound-draft", ("draft",)),
    ]
    assert [REASONS.index(task.reasons[0]) for task in found] == sorted(
        REASONS.index(task.reasons[0]) for task in found
    )


def test_entries_on_which_others_rely_come_first_among_equals(tmp_path: Path) -> None:
    needed = minimal("attributes", "count")
    root = write_kb(tmp_path, attributes=[minimal("attributes", "another"), needed], guidelines=[guideline("g")])
    assert agenda(kb.load(root), TODAY)[0].key == ("attributes", "count")


def test_what_is_due_at_the_end_of_the_month_is_due_now_and_not_overdue(base: KnowledgeBase) -> None:
    reasons = {task.key[1]: task.reasons for task in agenda(base, date(2026, 7, 1))}
    assert reasons["due-now"] == ("due", "draft")
    assert "approved" not in reasons
    later = {task.key[1]: task.reasons for task in agenda(base, date(2026, 7, 11))}
    assert later["due-now"] == ("overdue", "draft")


@pytest.mark.parametrize(
    ("collection", "review", "due"),
    [
        ("claims", {"verified": "2026-01-31"}, date(2027, 1, 31)),
        ("claims", {"verified": "2026-02"}, date(2027, 2, 28)),
        ("trials", {"verified": "2026-08-31"}, date(2027, 2, 28)),
        ("glossary", {"verified": "2024-02-29"}, date(2026, 2, 28)),
        ("claims", {"verified": "2026-01-31", "due": "2026-05"}, date(2026, 5, 31)),
        ("claims", {"verified": "2026-01-31", "due": "2029-05"}, date(2027, 1, 31)),
    ],
)
def test_the_day_on_which_an_entry_is_due(collection: str, review: dict[str, str], due: date) -> None:
    entry = model_of(collection).model_validate(minimal(collection, review={"status": "draft"} | review))
    assert due_day(entry, policy_of(None)) == due


def test_a_working_group_sees_its_own(base: KnowledgeBase) -> None:
    found = agenda(base, TODAY)
    japan = Group(en="Japan", ja="日本", jurisdictions=("JP",))
    assert [task.key[1] for task in for_group(base, found, japan)] == ["due-now"]
    assert {task.key[0] for task in for_group(base, found, base.reviewers.groups["terms"])} == {"glossary"}
    assert for_group(base, found, Group(en="All", ja="全体")) == found


def test_a_reviewer_sees_what_a_sign_off_would_move_on(base: KnowledgeBase) -> None:
    found = agenda(base, TODAY)
    mine = [task.key[1] for task in for_reviewer(base, found, CARBERRY_ID)]
    assert mine == ["approved-overdue", "lapsed", "doubtful-draft", "a-sound-draft"]
    assert for_reviewer(base, found, PSYCHOCERAMIST["orcid"]) == found


def test_the_first_edition_is_one_agenda() -> None:
    whole = kb.load()
    assert len(agenda(whole, date(2000, 1, 1))) == sum(entry.withdrawn is None for entry in whole)
