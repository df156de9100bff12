from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.claims.folding import fold
from kb.claims.segments import LONGEST, segments


def texts(text: str) -> list[str]:
    return [part.text for part in segments(fold(text))]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("膝が治る。腰も。", ["膝が治る。", "腰も。"]),
        ("軟骨が再\n生します。", ["軟骨が再生します。"]),
        ("regen-\nerates knees.", ["regenerates knees."]),
        ("a cell-free drip.", ["a cell free drip."]),
        ("By Dr. A. It heals.", ["by dr. a.", "it heals."]),
        ("costs 3.5 units. Yes!", ["costs 3.5 units.", "yes!"]),
        ("効能\n・膝\n・腰", ["効能", "・膝", "・腰"]),
        ("適応 ✔膝 ✔腰", ["適応", "膝", "腰"]),
        ("シワ 改善 ✨ です", ["シワ改善です"]),
        ("「治る?」と聞く。", ["「治る?」", "と聞く。"]),
        ("", []),
        ("\n \n✨", []),
    ],
)
def test_sentences_and_items(text: str, parts: list[str]) -> None:
    assert texts(text) == parts


def test_what_goes_before_is_known() -> None:
    head, first, second = segments(fold("対象となる方\n・膝の痛み\n・腰痛"))
    assert head.context is None
    assert first.context is head
    assert second.context is head
    question, answer = segments(fold("膝が痛い?注射で治る。"))
    assert question.is_question
    assert question.introduces(answer)
    assert answer.context is question


def test_far_apart_is_not_context() -> None:
    first, second = segments(fold("膝が痛い。\n\n\n\n治る。"))
    assert second.context is first  # The next block
    assert not first.introduces(second)


def test_no_sentence_is_endless() -> None:
    parts = segments(fold("あ" * 10_000))
    assert max(len(part.text) for part in parts) <= 2 * LONGEST
    assert sum(len(part.text) for part in parts) == 10_000


@given(st.text(st.characters(codec="utf-8"), max_size=300))
def test_places_lead_back(text: str) -> None:
    for part in segments(fold(text)):
        assert part.text
        assert len(part.text) == len(part.starts) == len(part.ends)
        assert list(part.starts) == sorted(part.starts)
        assert all(0 <= start < end <= len(text) for start, end in zip(part.starts, part.ends, strict=True))
