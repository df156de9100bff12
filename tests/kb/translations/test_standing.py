"""What is known of each pair: every kind of edit leads to the state that a person would expect."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kb.translations.pairs import TextPair, text_hash
from kb.translations.records import PairRecord
from kb.translations.standing import pair_states

FIRST = TextPair("notes.0", "One.", "一。")
SECOND = TextPair("notes.1", "Two.", "二。")


def _record(pair: TextPair, by: str = "-") -> PairRecord:
    return PairRecord(pair.field, text_hash(pair.en), text_hash(pair.ja), "2026-11-23", by)


def _states(pairs: list[TextPair], *recorded: TextPair) -> list[tuple[str, str | None]]:
    return [(item.state, item.changed) for item in pair_states(pairs, [_record(pair) for pair in recorded])]


def test_unchanged_pairs_are_recorded_and_a_name_makes_them_examined() -> None:
    assert _states([FIRST, SECOND], FIRST, SECOND) == [("recorded", None)] * 2
    states = pair_states([FIRST], [_record(FIRST, "A Person")])
    assert (states[0].state, states[0].in_step) == ("examined", True)


def test_a_side_that_was_changed_alone_is_named() -> None:
    assert _states([FIRST._replace(ja="壱。")], FIRST) == [("stale", "ja")]
    assert _states([FIRST._replace(en="1.")], FIRST) == [("stale", "en")]


def test_both_sides_changed_is_new_but_remembers_the_record() -> None:
    states = pair_states([FIRST._replace(en="1.", ja="壱。")], [_record(FIRST)])
    assert (states[0].state, states[0].record) == ("unrecorded", _record(FIRST))


def test_reordering_and_inserting_make_nothing_stale() -> None:
    new = TextPair("notes.0", "New.", "新。")
    moved = [new, SECOND._replace(field="notes.1"), FIRST._replace(field="notes.2")]
    assert _states(moved, FIRST, SECOND) == [("unrecorded", None), ("recorded", None), ("recorded", None)]


def test_a_moved_record_with_one_side_changed_is_still_found() -> None:
    moved = [SECOND._replace(field="notes.0"), FIRST._replace(field="notes.1", ja="壱。")]
    assert _states(moved, FIRST, SECOND) == [("recorded", None), ("stale", "ja")]


def test_the_same_words_rendered_otherwise_in_a_new_record_are_no_change() -> None:
    assert _states([FIRST, TextPair("notes.1", "One.", "壱。")], FIRST) == [("recorded", None), ("unrecorded", None)]


def test_one_of_two_equal_pairs_changed_alone_is_noticed() -> None:
    twin = FIRST._replace(field="notes.1")
    assert _states([FIRST, twin._replace(ja="壱。")], FIRST, twin) == [("recorded", None), ("stale", "ja")]


def test_nothing_recorded_means_nothing_known() -> None:
    assert _states([FIRST]) == [("unrecorded", None)]
    assert pair_states([], [_record(FIRST)]) == ()


_PAIRS = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz")), max_size=6)


def _numbered(texts: list[tuple[str, str]]) -> list[TextPair]:
    return [TextPair(f"notes.{index}", *pair) for index, pair in enumerate(texts)]


@given(_PAIRS, st.randoms(use_true_random=False))
def test_any_order_of_recorded_pairs_is_in_step(texts: list[tuple[str, str]], random: st.DataObject) -> None:
    shuffled = list(texts)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    states = pair_states(_numbered(shuffled), [_record(pair) for pair in _numbered(texts)])
    assert all(item.in_step for item in states)


@given(_PAIRS, _PAIRS)
def test_a_record_explains_one_pair_only_and_stale_pairs_keep_one_side(
    before: list[tuple[str, str]], after: list[tuple[str, str]]
) -> None:
    states = pair_states(_numbered(after), [_record(pair) for pair in _numbered(before)])
    used = [item.record for item in states if item.record]
    assert len(used) == len(set(used))
    for item in states:
        if item.changed:
            assert item.record is not None
            same = "en" if item.changed == "ja" else "ja"
            assert item.pair.hashes[("en", "ja").index(same)] == item.record.hashes[("en", "ja").index(same)]
            assert item.pair.hashes != item.record.hashes
