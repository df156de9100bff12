"""Observed facts: written once, laid over entries, never stronger than what people wrote."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kb
from kb.field_values import is_empty, same_fact, set_value, value_at
from kb.observed import Observation, facts_hash, observation, observed_file, read_observed, write_observed
from kb.problems import EvregError
from kb.record_files import read_record, write_record
from kb.validation import validate
from tests.kb.inbox_samples import TRIAL, trial_kb

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


def seen(day: str = "2026-07-01", **facts: Any) -> Observation:
    named = {name.replace("__", "."): value for name, value in facts.items()}
    return observation("register", TRIAL, "https://example.org/t1", day, named, "v1")


@given(facts=st.dictionaries(st.from_regex(r"[a-z_]{1,12}(\.[a-z_]{1,8})?", fullmatch=True), JSON, max_size=5))
def test_an_observation_is_read_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, facts: dict[str, Any]
) -> None:
    folder = tmp_path_factory.mktemp("observed")
    made = observation("register", TRIAL, "https://example.org/<script>", "2026-07", facts)
    write_observed(folder, made)
    assert read_observed(folder) == {TRIAL: (made,)}


def test_the_same_facts_change_no_byte_also_on_another_day(tmp_path: Path) -> None:
    assert write_observed(tmp_path, seen(status="completed", phase="1"))
    before = observed_file(tmp_path, "register", TRIAL).read_bytes()
    assert not write_observed(tmp_path, seen("2026-08-15", phase="1", status="completed"))
    assert observed_file(tmp_path, "register", TRIAL).read_bytes() == before
    assert write_observed(tmp_path, seen("2026-08-15", phase="2", status="completed"))
    assert b"2026-08-15" in observed_file(tmp_path, "register", TRIAL).read_bytes()


def test_hashes_do_not_depend_on_the_order() -> None:
    assert facts_hash({"a": 1, "b": [1, 2]}) == facts_hash({"b": [1, 2], "a": 1})
    assert facts_hash({"a": 1}) != facts_hash({"a": "1"})


def test_a_damaged_file_is_told_in_four_parts(tmp_path: Path) -> None:
    path = observed_file(tmp_path, "register", TRIAL)
    path.parent.mkdir(parents=True)
    path.write_text("entry: [", encoding="utf-8")
    with pytest.raises(EvregError) as told:
        read_observed(tmp_path)
    assert "t1.yaml:2:1" in told.value.where
    path.write_text("source: register\nentry: trials/t1\nfacts: 3\n", encoding="utf-8")
    with pytest.raises(EvregError) as told:
        read_observed(tmp_path)
    assert "«" in told.value.found.en
    assert "「" in told.value.found.ja


# --- Laid over entries


def test_a_curated_value_wins_and_the_disagreement_is_kept(tmp_path: Path) -> None:
    root = trial_kb(tmp_path)
    write_observed(root, seen(status="terminated", phase="1"))
    base = kb.load(root)
    over = base.overlaid(base.trials["t1"])
    assert over.entry == base.trials["t1"]
    assert [(item.field, item.curated, item.observed) for item in over.disagreements] == [
        ("status", "completed", "terminated")
    ]
    assert over.disagreements[0].observation.url == "https://example.org/t1"


def test_an_empty_field_is_filled(tmp_path: Path) -> None:
    root = trial_kb(tmp_path)
    write_observed(root, seen(enrolment__count=24, enrolment__type="actual", dates__start="2020-02"))
    base = kb.load(root)
    over = base.overlaid(base.trials["t1"])
    assert over.entry.enrolment is not None  # type: ignore[attr-defined]
    assert over.entry.enrolment.count == 24  # type: ignore[attr-defined]
    assert over.entry.dates.start == "2020-02"  # type: ignore[attr-defined]
    assert {item.field for item in over.filled} == {"enrolment.count", "enrolment.type", "dates.start"}
    assert base.trials["t1"].enrolment is None


def test_what_does_not_fit_the_model_fills_nothing(tmp_path: Path) -> None:
    root = trial_kb(tmp_path)
    write_observed(root, seen(enrolment__count="many", enrolment__type="actual"))
    base = kb.load(root)
    assert base.overlaid(base.trials["t1"]).entry == base.trials["t1"]


def test_without_observations_nothing_is_laid_over(tmp_path: Path) -> None:
    base = kb.load(trial_kb(tmp_path))
    assert base.overlaid(base.trials["t1"]) == (base.trials["t1"], (), ())


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (["JP", "US"], ["US", "JP"], True),
        (["JP"], ["JP", "US"], False),
        ("2020", "2020-02-15", True),
        ("2020-02-15", "2020-02", True),
        ("2020-02", "2020-03", False),
        ("completed", "complete", False),
        (24, 24, True),
        (24, "24", False),
    ],
)
def test_same_facts(one: Any, other: Any, same: bool) -> None:
    assert same_fact(one, other) is same


def test_values_by_dotted_fields() -> None:
    data: dict[str, Any] = {"a": {"b": [{"c": 1}]}, "t": "text"}
    assert value_at(data, "a.b.0.c") == 1
    assert value_at(data, "a.b.1.c") is None
    assert value_at(data, "t.x") is None
    set_value(data, "a.b.0.c", 2)
    set_value(data, "new.deep", [1])
    assert data == {"a": {"b": [{"c": 2}]}, "t": "text", "new": {"deep": [1]}}
    set_value(data, "new.deep", None)
    assert data["new"] == {}
    for impossible in ("t.x", "a.b.7.c", "a.b.7"):
        with pytest.raises(KeyError):
            set_value(data, impossible, 1)
    assert not is_empty(0)
    assert not is_empty(False)
    assert is_empty([])
    assert is_empty(None)


# --- Validation


def test_an_observation_of_no_entry_is_a_finding(tmp_path: Path) -> None:
    root = trial_kb(tmp_path)
    write_observed(root, observation("register", "trials/gone", "https://example.org", "2026-07-01", {"status": "x"}))
    problems = [item for item in validate(root).problems if item.rule == "scraped-file"]
    assert [(item.field, item.level) for item in problems] == [("entry", "error")]
    assert "trials/gone" in problems[0].found.en


def test_records_that_say_the_same_are_not_written_again(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b.yaml"
    assert write_record(path, seen(status="completed"))
    assert not write_record(path, seen(status="completed"))
    assert read_record(path, Observation).facts == {"status": "completed"}
