"""Other spellings: near enough to be meant, and no nearer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.spelling import beginning_with, distance, near, near_enough, slips_allowed, sorted_words

WORDS = sorted_words(
    [("exosome", 90), ("exosomal", 5), ("therapy", 40), ("therapist", 2), ("エクソソーム", 70), ("力価試験", 3)]
)
LETTERS = st.text(alphabet="abcかき", max_size=8)


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [
        ("therapy", "therapy", 0),
        ("therpay", "therapy", 1),
        ("excosome", "exosome", 1),
        ("abc", "xyz", 3),
        ("", "ab", 2),
    ],
)
def test_distance(one: str, other: str, slips: int) -> None:
    assert distance(one, other, 5) == slips


@given(LETTERS, LETTERS)
def test_distance_is_the_same_both_ways_and_bounded(one: str, other: str) -> None:
    assert distance(one, other, 8) == distance(other, one, 8) <= max(len(one), len(other))
    assert distance(one, other, 1) == min(distance(one, other, 8), 2)
    assert (distance(one, other, 8) == 0) == (one == other)


@pytest.mark.parametrize(
    ("typed", "slips"),
    [
        ("cel", 0),
        ("asay", 1),
        ("exosm", 1),
        ("excosome", 1),
        ("lyophilization", 2),
        ("nct0427", 0),
        ("再生医療", 1),
        ("小胞", 0),
    ],
)
def test_slips_allowed(typed: str, slips: int) -> None:
    assert slips_allowed(typed) == slips


def test_near_words_come_nearest_first() -> None:
    assert near("excosome", WORDS, 5) == ["exosome"]
    assert near("therpay", WORDS, 5) == ["therapy"]
    assert near("エクスソーム", WORDS, 5) == ["エクソソーム"]
    assert near("力化試験", WORDS, 5) == ["力価試験"]
    assert near("exosome", WORDS, 5) == []
    assert near("xylophone", WORDS, 5) == []


def test_kana_spellings_are_no_slips() -> None:
    assert near("エクソソウム", WORDS, 5) == []


def test_beginning_with_the_most_frequent_first() -> None:
    assert beginning_with("exo", WORDS, 5) == ["exosome", "exosomal"]
    assert beginning_with("えくそ", WORDS, 5) == ["エクソソーム"]
    assert beginning_with("", WORDS, 5) == []


def test_near_enough() -> None:
    assert near_enough("therpay", ["therapist", "therapy"]) == "therapy"
    assert near_enough("quantum", ["therapy"]) is None
    assert near_enough("nct04", ["nct05"]) is None
    assert near_enough("therapy", ["therapy"]) is None
