"""ORCID iDs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.orcid import EXAMPLE, check_character, is_orcid, orcid_hint

DIGITS = st.text("0123456789", min_size=15, max_size=15)


@pytest.mark.parametrize("text", [EXAMPLE, "0000-0002-1694-233X", "0000-0001-5109-3700"])
def test_published_examples_fit(text: str) -> None:
    assert is_orcid(text)
    assert orcid_hint(text).en == ""


@given(DIGITS, st.integers(0, 14), st.integers(1, 9))
def test_the_check_character_notices_every_changed_digit(digits: str, place: int, step: int) -> None:
    changed = str((int(digits[place]) + step) % 10)
    other = digits[:place] + changed + digits[place + 1 :]
    assert check_character(digits) != check_character(other)


@given(DIGITS, st.integers(0, 13))
def test_it_notices_two_digits_that_changed_places(digits: str, place: int) -> None:
    other = digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]
    assert (check_character(digits) == check_character(other)) == (digits == other)


@pytest.mark.parametrize(
    "text",
    [
        "https://orcid.org/0000-0002-1825-0097",
        "orcid.org/0000-0002-1825-0097/",
        "0000000218250097",
        "0000‐0002‐1825‐0097",
        "".join(chr(ord(sign) + 0xFEE0) for sign in EXAMPLE),  # full width
        " 0000-0002-1825-0097 ",
    ],
)
def test_another_form_of_an_orcid_is_recognised(text: str) -> None:
    assert not is_orcid(text)
    assert orcid_hint(text).en == f" Did you mean «{EXAMPLE}»?"
    assert EXAMPLE in orcid_hint(text).ja


def test_a_mistyped_digit_is_named_as_such() -> None:
    hint = orcid_hint("0000-0002-1825-0098")
    assert "would be «7», not «8»" in hint.en
    assert "「8」ではなく「7」" in hint.ja


@given(st.text(max_size=30))
def test_any_text_gets_an_answer(text: str) -> None:
    assert is_orcid(text) or isinstance(orcid_hint(text).en, str)


@pytest.mark.parametrize("text", ["", "x", "0000-0002-1825", "0000-0002-1825-0097\n", "0000-0002-1825-00971"])
def test_what_is_no_orcid(text: str) -> None:
    assert not is_orcid(text)
