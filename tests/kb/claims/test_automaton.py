from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kb.claims.automaton import Automaton

_FEW = st.text("abあ", min_size=1, max_size=4)


@given(st.lists(_FEW, unique=True, max_size=12), st.text("abあc", max_size=60))
def test_it_finds_what_a_search_word_by_word_finds(words: list[str], text: str) -> None:
    wanted = {
        (number, place, place + len(word))
        for number, word in enumerate(words)
        for place in range(len(text))
        if text.startswith(word, place)
    }
    found = list(Automaton(words).find(text))
    assert set(found) == wanted
    assert len(found) == len(wanted)
    assert [end for _, _, end in found] == sorted(end for _, _, end in found)


def test_no_words_find_nothing() -> None:
    assert list(Automaton([]).find("abc")) == []
