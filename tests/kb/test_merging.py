"""Three-way merging: what two people changed is put together, and nothing of either is lost in silence."""

from __future__ import annotations

import copy
import random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from kb.field_values import set_value, value_at
from kb.files import entry_files, find_root
from kb.merging import merge
from kb.yaml12 import read_yaml

BASE: dict[str, Any] = {
    "id": "x",
    "title": {"en": "One", "ja": "一"},
    "phase": "1",
    "events": [{"date": "2024", "title": {"en": "a", "ja": "あ"}}, {"date": "2025", "title": {"en": "b", "ja": "い"}}],
    "routes": ["iv", "topical"],
}


def _edited(**changes: Any) -> dict[str, Any]:
    data = copy.deepcopy(BASE)
    for field, value in changes.items():
        set_value(data, field.replace("__", "."), value)
    return data


def test_changes_of_different_fields_stand_beside_each_other() -> None:
    merged = merge(BASE, _edited(title__en="Uno"), _edited(title__ja="壱", phase="2"))
    assert merged.conflicts == ()
    assert merged.data == _edited(title__en="Uno", title__ja="壱", phase="2")


def test_the_same_change_on_both_sides_is_no_conflict() -> None:
    assert merge(BASE, _edited(phase="3"), _edited(phase="3")) == (_edited(phase="3"), ())


def test_a_contradiction_is_named_and_what_stands_there_stays() -> None:
    data, conflicts = merge(BASE, _edited(phase="2", title__en="Uno"), _edited(phase="3"))
    assert conflicts == (("phase", "1", "2", "3"),)
    assert data == _edited(phase="3", title__en="Uno")


def test_a_field_that_one_side_removed_and_the_other_changed_is_a_contradiction() -> None:
    _, conflicts = merge(BASE, _edited(phase=None), _edited(phase="3"))
    assert conflicts == (("phase", "1", None, "3"),)
    assert merge(BASE, _edited(phase=None), BASE).data == _edited(phase=None)


def test_items_of_a_list_are_merged_one_by_one() -> None:
    merged = merge(BASE, _edited(events__0__title__en="A"), _edited(events__1__title__ja="イ"))
    assert merged == (_edited(events__0__title__en="A", events__1__title__ja="イ"), ())


def test_an_item_is_found_again_when_others_were_added_before_it() -> None:
    theirs = copy.deepcopy(BASE)
    theirs["events"].insert(0, {"date": "2023", "title": {"en": "z", "ja": "零"}})
    merged = merge(BASE, _edited(events__1__date="2026"), theirs)
    assert merged.conflicts == ()
    assert [event["date"] for event in merged.data["events"]] == ["2023", "2024", "2026"]


def _records(*levels: str) -> list[dict[str, Any]]:
    return [{"topic": f"topic {name}", "statement": {"en": f"{name} is asked", "ja": f"{name}を求める"}, "level": level}
            for name, level in (item.split(":") for item in levels)]  # fmt: skip


def test_an_edit_stays_with_its_record_when_others_insert_remove_or_move_some() -> None:
    def lists(*items: str) -> dict[str, Any]:
        return {"requirements": _records(*items)}

    base, mine = lists("a:x", "b:x", "c:x"), lists("a:x", "b:y", "c:x")
    for theirs, wanted in (
        (lists("a:x", "new:x", "b:x", "c:x"), lists("a:x", "new:x", "b:y", "c:x")),
        (lists("b:x", "c:x"), lists("b:y", "c:x")),
        (lists("c:x", "a:x", "b:x"), lists("c:x", "a:x", "b:y")),
        (lists("c:z", "b:x", "a:x"), lists("c:z", "b:y", "a:x")),
    ):
        assert merge(base, mine, theirs) == (wanted, ())
        assert merge(base, theirs, mine) == (wanted, ())


def test_an_item_that_one_changed_and_the_other_removed_is_never_lost_in_silence() -> None:
    base = {"requirements": _records("a:x", "b:x", "c:x")}
    changed = {"requirements": _records("a:x", "b:y", "c:x")}
    for removed in (_records("a:x", "c:x"), _records("c:x", "a:x")):
        for mine, theirs in ((changed, {"requirements": removed}), ({"requirements": removed}, changed)):
            data, conflicts = merge(base, mine, theirs)
            assert len(conflicts) == 1
            assert data == theirs or mine == changed, "what stands there stays"
            assert "y" in repr(conflicts[0])


def test_two_different_orders_are_a_contradiction() -> None:
    base = {"routes": ["a", "b", "c"]}
    _, conflicts = merge(base, {"routes": ["b", "a", "c"]}, {"routes": ["a", "c", "b"]})
    assert [conflict.field for conflict in conflicts] == ["routes"]
    assert merge(base, {"routes": ["b", "a", "c"]}, {"routes": ["b", "a", "c", "d"]}).data["routes"] == list("bacd")


def test_items_added_by_both_sides_are_all_kept_once() -> None:
    mine, theirs = _edited(routes=["iv", "topical", "nasal"]), _edited(routes=["iv", "topical", "oral"])
    assert merge(BASE, mine, theirs).data["routes"] == ["iv", "topical", "oral", "nasal"]
    assert merge(BASE, mine, mine).data["routes"] == ["iv", "topical", "nasal"]


def test_one_changes_the_last_item_and_the_other_adds_one_behind_it() -> None:
    theirs = copy.deepcopy(BASE)
    theirs["events"].append({"date": "2027", "title": {"en": "c", "ja": "う"}})
    theirs["events"][1]["title"]["ja"] = "イ"
    merged = merge(BASE, _edited(events__1__title__en="B"), theirs)
    assert merged.conflicts == ()
    assert [event["title"] for event in merged.data["events"]] == [
        {"en": "a", "ja": "あ"}, {"en": "B", "ja": "イ"}, {"en": "c", "ja": "う"},
    ]  # fmt: skip


def test_an_item_that_one_removed_and_the_other_changed_is_a_contradiction() -> None:
    mine = copy.deepcopy(BASE)
    del mine["events"][1]
    data, conflicts = merge(BASE, mine, _edited(events__1__date="2026"))
    assert [conflict.field for conflict in conflicts] == ["events.1"]
    assert data["events"][1]["date"] == "2026"


_TEXTS = st.text(alphabet="abあ", max_size=3)
_DATA = st.recursive(
    st.none() | st.booleans() | st.integers() | _TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from("pqr"), inner, max_size=3),
    max_leaves=8,
)
_ENTRIES = st.dictionaries(st.sampled_from("abcd"), _DATA, max_size=4)


@given(_ENTRIES, _ENTRIES)
def test_who_changed_alone_gets_exactly_that(base: dict[str, Any], changed: dict[str, Any]) -> None:
    assert merge(base, changed, base) == (changed, ())
    assert merge(base, base, changed) == (changed, ())
    assert merge(base, changed, changed) == (changed, ())


@given(_ENTRIES, _ENTRIES, _ENTRIES)
def test_without_a_conflict_nothing_of_a_field_only_one_side_changed_is_lost(
    base: dict[str, Any], mine: dict[str, Any], theirs: dict[str, Any]
) -> None:
    before = copy.deepcopy((base, mine, theirs))
    data, conflicts = merge(base, mine, theirs)
    assert (base, mine, theirs) == before
    for name in {*base, *mine, *theirs} - {conflict.field.split(".")[0] for conflict in conflicts}:
        sides = [side.get(name, "absent") for side in (base, mine, theirs)]
        if repr(sides[0]) == repr(sides[2]):
            assert data.get(name, "absent") == sides[1]
        if repr(sides[0]) == repr(sides[1]):
            assert data.get(name, "absent") == sides[2]


def test_two_edits_of_any_entry_arrive_together() -> None:
    moments = random.Random(7)
    for file in entry_files(find_root()):
        base = read_yaml(file.path)
        texts = [f"{name}.{lang}" for name in ("title", "summary") for lang in ("en", "ja")]
        one, other = moments.sample(texts, 2)
        mine, theirs = copy.deepcopy(base), copy.deepcopy(base)
        set_value(mine, one, "mine")
        set_value(theirs, other, "theirs")
        theirs["sources"].append({**theirs["sources"][0], "key": "added"})
        data, conflicts = merge(base, mine, theirs)
        assert conflicts == ()
        assert (value_at(data, one), value_at(data, other)) == ("mine", "theirs")
        assert data["sources"] == theirs["sources"]


_RECORD = st.fixed_dictionaries({"name": st.sampled_from("klmn"), "text": _TEXTS, "level": st.sampled_from("xy")})


@given(
    base=st.lists(_RECORD, max_size=5, unique_by=lambda item: item["name"]),
    mine_at=st.integers(0, 4),
    theirs_at=st.integers(0, 4),
    inserted_at=st.integers(0, 5),
)
def test_edits_of_two_records_and_an_inserted_one_all_arrive(
    base: list[dict[str, Any]], mine_at: int, theirs_at: int, inserted_at: int
) -> None:
    records = [{**item, "id": f"record {number}", "of": "a list"} for number, item in enumerate(base)]
    mine, theirs = copy.deepcopy(records), copy.deepcopy(records)
    if mine_at < len(mine) and mine_at != theirs_at:
        mine[mine_at]["level"] = "mine"
    if theirs_at < len(theirs):
        theirs[theirs_at]["level"] = "theirs"
    theirs.insert(inserted_at, {"id": "inserted", "of": "nothing"})
    data, conflicts = merge({"list": records}, {"list": mine}, {"list": theirs})
    assert conflicts == ()
    wanted = [dict(item) for item in theirs]
    for item in wanted:
        if mine_at < len(mine) and mine_at != theirs_at and item["id"] == f"record {mine_at}":
            item["level"] = "mine"
    assert data["list"] == wanted
