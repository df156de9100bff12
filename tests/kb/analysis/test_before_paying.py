"""Harm, questions and warning signs: the rules by which the public page chooses them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import kb
from kb.analysis.before_paying import (
    ASSESSMENTS,
    DEATHS_AND_INFECTIONS,
    OF_EXOSOMES,
    QUESTIONS,
    THEMES,
    WARNING,
    WARNING_SIGNS,
    harm,
    ten_questions,
    warning_signs,
)
from tests.entries import PAIR, minimal
from tests.samples import write_kb

GONE = {"on": "2026-01-02", "reason": PAIR}


def _claim(id_: str, assessed: str, *questions: str, **changes: Any) -> dict[str, Any]:
    changes.setdefault("category", "safety-claim")
    assessment = {"value": assessed, "reason": PAIR}
    asked = [{"en": question, "ja": "何か。"} for question in questions]
    return minimal("claims", id_, assessment=assessment, questions=asked or None, **changes)


def _seen(*codes: str) -> list[dict[str, str]]:
    return [{"jurisdiction": code} for code in codes]


def _questions(folder: Path, *claims: dict[str, Any]) -> list[str]:
    return [found.question.en for found in ten_questions(kb.load(write_kb(folder, claims=list(claims))))]


def _event(id_: str, event_type: str, date: str | None, **changes: Any) -> dict[str, Any]:
    return minimal("safety-events", id_, event_type=event_type, date=date, **changes)


def test_harm_keeps_neighbouring_products_apart_and_leaves_out_the_withdrawn(tmp_path: Path) -> None:
    events = [
        _event("old-death", "death", "2020"),
        _event("new-infection", "infection", "2024-05-01", causality={"value": "unclear", "reason": PAIR}),
        _event("lump", "granuloma", "2023"),
        _event("second-lump", "granuloma", None),
        _event("cells", "death", "2025", ev_relevance="cell-product-context"),
        _event("gone", "death", "2026", withdrawn=GONE),
    ]
    ours, others = harm(kb.load(write_kb(tmp_path, safety_events=events)))
    assert [event.id for event in ours.gravest] == ["new-infection", "old-death"]
    assert [(kind, len(found)) for kind, found in ours.kinds] == [("granuloma", 2), ("death", 1), ("infection", 1)]
    assert (ours.number, ours.causality["suspected"], ours.causality["unclear"], ours.causality["confirmed"]) == (
        4,
        3,
        1,
        0,
    )
    assert [event.id for event in others.gravest] == ["cells"]


def test_the_themes_take_turns(tmp_path: Path) -> None:
    claims = [_claim(f"c-{theme}", "false", f"One {theme}?", f"Another {theme}?", category=theme) for theme in THEMES]
    words = [theme.removesuffix("-claim") for theme in THEMES]
    found = [question.split()[1].removesuffix("-claim?") for question in _questions(tmp_path, *claims)]
    assert found == [*words, *words]


def test_false_comes_before_misleading_and_short_before_long(tmp_path: Path) -> None:
    claims = [
        _claim("seen-once", "misleading", "Short?", seen_in=_seen("JP")),
        _claim("seen-twice", "misleading", "Rather long?", seen_in=_seen("JP", "US", "US")),
        _claim("false", "false", "A very long question?", "A long question?"),
    ]
    assert _questions(tmp_path, *claims) == ["A long question?", "A very long question?", "Rather long?", "Short?"]


def test_questions_with_abbreviations_of_illnesses_or_of_withdrawn_claims_are_left_out(tmp_path: Path) -> None:
    claims = [
        _claim("jargon", "false", "May I see the BLA number?", "Which HbA1c data exist?", "What is in it?"),
        _claim("illness", "false", "Does my doctor agree?", category="oncology"),
        _claim("gone", "false", "Who pays?", withdrawn=GONE),
    ]
    japanese = _claim("japanese", "false")
    japanese["questions"] = [{"en": "Is there a test?", "ja": "potency assayはあるか。"}]
    assert _questions(tmp_path, *claims, japanese) == ["What is in it?"]


def test_there_are_never_more_than_ten_questions(tmp_path: Path) -> None:
    claims = [_claim(f"c{number}", "false", f"Question {number}?") for number in range(QUESTIONS + 3)]
    assert len(_questions(tmp_path, *claims)) == QUESTIONS


def test_warning_signs_are_counted_claims_first_then_the_widely_seen(tmp_path: Path) -> None:
    def counted(value: str) -> list[dict[str, Any]]:
        return [{"value": {"en": value, "ja": value}, "population": PAIR, "survey": "s"}]

    claims = [
        _claim("unproven", "unproven", seen_in=_seen("JP", "US", "KR")),
        _claim("few", "false", frequency=counted("6 of 38 businesses")),
        _claim("many", "unsupported", frequency=counted("532 of 669 institutions (79.5%)")),
        _claim("words", "misleading", frequency=counted("fewer than half of 978"), seen_in=_seen("JP")),
        _claim("wide", "misleading", seen_in=_seen("JP", "US")),
        _claim("gone", "false", seen_in=_seen("JP", "US", "KR"), withdrawn=GONE),
    ]
    signs = warning_signs(kb.load(write_kb(tmp_path, claims=claims, surveys=[minimal("surveys", "s")])))
    assert [(sign.claim.id, sign.counted, sign.places) for sign in signs] == [
        ("many", 532, 0),
        ("few", 6, 0),
        ("wide", 0, 2),
        ("words", 0, 1),
    ]
    assert [sign.frequency is not None for sign in signs] == [True, True, False, False]


def test_every_code_belongs_to_its_vocabulary() -> None:
    known = kb.load().vocabularies
    assert set(ASSESSMENTS) == set(known["claim-assessments"])
    assert set(known["claim-categories"]) > set(THEMES)
    assert set(known["safety-event-types"]) > DEATHS_AND_INFECTIONS
    assert set(known["ev-relevance"]) > OF_EXOSOMES


def test_the_first_edition_gives_ten_of_each_and_its_groups_cover_all_events() -> None:
    base = kb.load()
    assert len({found.question.en for found in ten_questions(base)}) == QUESTIONS
    signs = warning_signs(base)
    assert len(signs) == WARNING_SIGNS
    assert {sign.claim.assessment.value for sign in signs} <= WARNING
    ours, others = harm(base)
    assert ours.number + others.number == len(base.safety_events.where(withdrawn=None))
