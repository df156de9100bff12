"""Changes of meaning between two states: what counts, how items correspond, what cannot be read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kb.analysis.changes import Changes, EntryChange, compare, counted
from kb.analysis.differences import differences
from kb.analysis.states import NOTHING, folder_state
from tests.entries import PAIR, minimal, source
from tests.samples import guideline, term, write_kb

_REQUIREMENT = guideline("g")["requirements"][0]


def _compared(
    folder: Path, before: list[dict[str, Any]], after: list[dict[str, Any]], name: str = "guidelines"
) -> Changes:
    states = [
        folder_state(write_kb(folder / side, **{name: entries})) for side, entries in (("1", before), ("2", after))
    ]
    return compare(*states)


def _fields(change: EntryChange) -> list[tuple[str, Any, Any]]:
    return [(field.name, field.before, field.after) for field in change.fields]


def _one(folder: Path, before: dict[str, Any], after: dict[str, Any], name: str = "guidelines") -> EntryChange:
    found = _compared(folder, [before], [after], name)
    assert len(found.entries) == 1
    return found.entries[0]


def test_added_changed_withdrawn_restored_removed(tmp_path: Path) -> None:
    gone = {"on": "2026-01-01", "reason": dict(PAIR)}
    before = [term("changed"), term("gone"), term("back", withdrawn=gone), term("lost"), term("same")]
    after = [term("changed", confidence="high"), term("gone", withdrawn=gone), term("back"), term("new"), term("same")]
    found = _compared(tmp_path, before, after, "glossary")
    assert {change.key[1]: change.kind for change in found.entries} == {
        "new": "added", "changed": "changed", "gone": "withdrawn", "back": "restored", "lost": "removed",
    }  # fmt: skip
    assert found.counts() == {"glossary": dict.fromkeys(("added", "changed", "withdrawn", "restored", "removed"), 1)}


def test_a_changed_field_is_named_with_both_values(tmp_path: Path) -> None:
    change = _one(tmp_path, guideline("g"), guideline("g", dates={"issued": "2024-05-02"}))
    assert _fields(change) == [("dates.issued", "2024-05-01", "2024-05-02")]
    assert change.title == {"en": "guideline g", "ja": "指針g"}


def test_form_alone_is_no_change(tmp_path: Path) -> None:
    """Order of keys, quotes, comments, and a value that equals the default."""
    before = write_kb(tmp_path / "1", glossary=[term("a")])
    after = write_kb(tmp_path / "2", glossary=[term("a")])
    file = after / "entries" / "glossary" / "a.yaml"
    lines = file.read_text(encoding="utf-8").replace("confidence: medium", "confidence: 'medium' # a remark")
    file.write_text(f"aliases: []\n{lines}", encoding="utf-8")
    assert compare(folder_state(before), folder_state(after)).entries == ()
    assert [change.kind for change in counted(folder_state(before), folder_state(after)).entries] == ["touched"]


def test_the_order_of_lists_is_no_change(tmp_path: Path) -> None:
    sources = [source(key="s1", url="https://example.org/1"), source(key="s2", url="https://example.org/2")]
    found = _compared(tmp_path, [guideline("g", sources=sources)], [guideline("g", sources=sources[::-1])])
    assert found.entries == ()


def test_a_requirement_is_recognised_when_its_level_changes(tmp_path: Path) -> None:
    other = _REQUIREMENT | {"statement": {"en": "Another thing.", "ja": "別のこと。"}}
    before = guideline("g", requirements=[_REQUIREMENT, other])
    after = guideline("g", requirements=[other, _REQUIREMENT | {"level": "required"}])
    change = _one(tmp_path, before, after)
    assert _fields(change) == [("requirements.level", "recommended", "required")]
    item = change.fields[0].path[0].item
    assert item is not None
    assert item["statement"] == _REQUIREMENT["statement"]


def test_a_requirement_is_recognised_when_its_words_change(tmp_path: Path) -> None:
    words = {"en": "Count all particles.", "ja": "全粒子を数える。"}
    change = _one(tmp_path, guideline("g"), guideline("g", requirements=[_REQUIREMENT | {"statement": words}]))
    assert _fields(change) == [("requirements.statement", _REQUIREMENT["statement"], words)]


def test_a_source_put_in_front_does_not_look_like_others_changing(tmp_path: Path) -> None:
    old = source(key="s1", url="https://example.org/1")
    new = source(key="s1", url="https://example.org/new")
    change = _one(
        tmp_path,
        term("a", sources=[old]),
        term("a", sources=[new, old | {"key": "s2"}]),
        "glossary",
    )
    assert [(name, bool(before)) for name, before, _ in _fields(change)] == [("sources.key", True), ("sources", False)]


def test_registrations_and_codes_come_and_go(tmp_path: Path) -> None:
    numbers = [{"registry": "ClinicalTrials.gov", "number": f"NCT0000000{number}"} for number in (1, 2)]
    before = minimal("trials", "t", registrations=numbers[:1], routes=["intravenous"])
    after = minimal("trials", "t", registrations=numbers, routes=["inhalation"])
    change = _one(tmp_path, before, after, "trials")
    assert not change.plain
    assert _fields(change) == [
        ("registrations", None, numbers[1]),
        ("routes", "intravenous", None),
        ("routes", None, "inhalation"),
    ]


def test_renamed_and_merged_entries_are_told_from_removed_ones(tmp_path: Path) -> None:
    found = _compared(
        tmp_path,
        [term("old"), term("twin"), term("heir"), term("lost")],
        [term("new", aliases=["old"]), term("heir", aliases=["twin"])],
        "glossary",
    )
    assert {change.key[1]: (change.kind, change.other) for change in found.entries} == {
        "new": ("renamed", ("glossary", "old")),
        "twin": ("merged", ("glossary", "heir")),
        "heir": ("changed", None),
        "lost": ("removed", None),
    }


def test_a_state_that_the_models_refuse_is_compared_as_plain_data(tmp_path: Path) -> None:
    before = write_kb(tmp_path / "1", glossary=[term("a")])
    after = write_kb(tmp_path / "2", glossary=[term("a", confidence="high")])
    file = before / "entries" / "glossary" / "a.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "field_of_old_times: 1\n", encoding="utf-8")
    change = compare(folder_state(before), folder_state(after)).entries[0]
    assert (change.kind, change.plain) == ("changed", True)
    assert {name for name, _, _ in _fields(change)} == {"confidence", "field_of_old_times"}


@pytest.mark.parametrize("content", [b"a: [", b"\xff\xfe\x00", b"- a list\n", b"", b"a: &x [*x]\n"])
def test_files_that_are_no_entries_are_said_and_end_nothing(tmp_path: Path, content: bytes) -> None:
    before = write_kb(tmp_path / "1", glossary=[term("a"), term("b")])
    after = write_kb(tmp_path / "2", glossary=[term("a"), term("b", confidence="high")])
    (before / "entries" / "glossary" / "a.yaml").write_bytes(content)
    found = compare(folder_state(before), folder_state(after))
    assert [(change.key[1], change.kind) for change in found.entries] == [("a", "unreadable"), ("b", "changed")]


def test_everything_is_added_to_nothing(tmp_path: Path) -> None:
    found = compare(NOTHING, folder_state(write_kb(tmp_path, glossary=[term("a")])))
    assert [(change.kind, change.title["en"]) for change in found.entries] == [("added", "term a")]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({}, {}, []),
        ({"a": None}, {}, []),
        ({"a": 1}, {"a": None}, [("a", 1, None)]),
        ({"a": {"b": 1}}, {}, [("a.b", 1, None)]),
        ({"a": [1, 1]}, {"a": [1]}, [("a", 1, None)]),
        ({"a": [{"x": 1}]}, {"a": [{"x": 2}]}, [("a.x", 1, 2)]),
        ({"a": [{"x": 1}, {"x": 2}]}, {"a": [{"x": 3}]}, [("a", {"x": 1}, None), ("a", {"x": 2}, None), ("a", None, {"x": 3})]),
        ({"a": "text"}, {"a": ["text"]}, [("a", "text", ["text"])]),
        ({"a": PAIR}, {"a": PAIR | {"ja": "別"}}, [("a", PAIR, PAIR | {"ja": "別"})]),
        ({"a": [PAIR]}, {"a": [PAIR | {"ja": "別"}]}, [("a", PAIR, PAIR | {"ja": "別"})]),
    ],
)  # fmt: skip
def test_differences_of_plain_data(
    before: dict[str, Any], after: dict[str, Any], expected: list[tuple[str, Any, Any]]
) -> None:
    assert [(field.name, field.before, field.after) for field in differences(before, after)] == expected
