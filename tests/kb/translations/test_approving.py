"""Recording and approving pairs in files, and what an edit makes of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kb import load
from kb.files import entry_files
from kb.problems import EvregError
from kb.translations.approving import approve, file_states, record_new
from kb.translations.change_days import all_change_days
from kb.translations.overview import all_states, parity
from kb.translations.records import read_records, state_file
from kb.validation import validate
from tests.entries import minimal
from tests.repository import Repository
from tests.samples import write_kb

KEY = ("claims", "c")
DAY = date(2026, 11, 23)
LATER = date(2026, 12, 1)
QUESTIONS = [{"en": "Who?", "ja": "誰か。"}, {"en": "When?", "ja": "いつか。"}]


def _kb(folder: Path, **changes: Any) -> Path:
    return write_kb(folder, claims=[minimal("claims", "c", **({"questions": QUESTIONS} | changes))])


def _states(root: Path) -> dict[str, str]:
    (file,) = entry_files(root)
    return {item.pair.field: item.state for item in file_states(root, file)}


def test_recording_twice_writes_once(tmp_path: Path) -> None:
    root = _kb(tmp_path)
    number = len(_states(root))
    assert record_new(root, {KEY}, DAY) == {KEY: number}
    content = state_file(root, KEY).read_bytes()
    assert record_new(root, {KEY}, LATER) == {}
    assert state_file(root, KEY).read_bytes() == content
    assert set(_states(root).values()) == {"recorded"}
    assert validate(root).problems == []


def test_recording_leaves_stale_pairs_stale_and_takes_new_ones(tmp_path: Path) -> None:
    root = _kb(tmp_path)
    record_new(root, {KEY}, DAY)
    changed = [{"en": "Who else?", "ja": "誰か。"}, *QUESTIONS[1:], {"en": "Where?", "ja": "どこか。"}]
    _kb(tmp_path, questions=changed)
    assert record_new(root, {KEY}, LATER) == {KEY: 1}
    states = _states(root)
    assert [states[f"questions.{index}"] for index in range(3)] == ["stale", "recorded", "recorded"]


def test_approving_makes_a_stale_pair_examined_and_forgets_the_former_text(tmp_path: Path) -> None:
    root = _kb(tmp_path)
    record_new(root, {KEY}, DAY)
    _kb(tmp_path, questions=[{"en": "Who else?", "ja": "誰か。"}, *QUESTIONS[1:]])
    (file,) = entry_files(root)
    stale = [item.pair for item in file_states(root, file) if item.state == "stale"]
    assert approve(root, {KEY: stale}, "A Person", LATER) == {KEY: 1}
    assert _states(root)["questions.0"] == "examined"
    records = read_records(root, KEY)
    assert len(records) == len(_states(root))
    assert [record.day for record in records if record.examined] == [LATER.isoformat()]
    assert approve(root, {KEY: stale}, "A Person", LATER) == {}
    assert record_new(root, {KEY}, LATER) == {}
    # The examined pair stays examined when its twin is recorded later.
    assert _states(root)["questions.0"] == "examined"


def test_a_pair_that_changed_after_it_was_shown_is_not_approved(tmp_path: Path) -> None:
    root = _kb(tmp_path)
    (file,) = entry_files(root)
    seen = [item.pair for item in file_states(root, file)]
    _kb(tmp_path, questions=QUESTIONS[1:])
    with pytest.raises(EvregError, match="changed after they were shown"):
        approve(root, {KEY: seen}, "A Person", LATER)
    assert not state_file(root, KEY).exists()


def test_counts_by_collection(tmp_path: Path) -> None:
    root = _kb(tmp_path)
    record_new(root, {KEY}, DAY)
    _kb(tmp_path, questions=[{"en": "Who else?", "ja": "誰か。"}, *QUESTIONS[1:]])
    kb = load(root)
    (counted,) = [item for item in parity(kb) if item.entries]
    assert (counted.collection, counted.entries, counted.stale_entries) == ("claims", 1, 1)
    assert counted.pairs == len(all_states(kb)[KEY]) == counted.in_step + 1
    assert (counted.states["stale"], counted.harm_stale) == (1, 1)
    assert counted.harm == counted.pairs - 2  # Everything but title and summary.
    assert all_change_days(kb) == {}  # No repository, no day.


def test_the_day_of_a_change_is_that_of_its_commit(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "r")
    data = minimal("claims", "c", questions=QUESTIONS)
    write_kb(repository.folder, claims=[data])
    record_new(repository.root, {KEY}, DAY)
    repository.commit("2026-11-23")
    changed = {**data, "questions": [{"en": "Who else?", "ja": "誰か。"}, *QUESTIONS[1:]]}
    repository.commit("2026-12-03", claims=[changed])
    changed = {**changed, "aliases": ["former"]}
    repository.commit("2026-12-20", claims=[changed])
    changed = {**changed, "summary": {"en": "Not committed.", "ja": changed["summary"]["ja"]}}
    write_kb(repository.folder, claims=[changed])
    assert all_change_days(load(repository.root)) == {(KEY, "questions.0"): "2026-12-03"}


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("claims/c.txt", "nonsense\n", "does not fit"),
        ("claims/d.txt", "field english japanese day by\n", "no entry claims/d"),
        ("nowhere/c.txt", "field english japanese day by\n", "no entry nowhere/c"),
        (
            "claims/c.txt",
            "field english japanese day by\nb 000000000000 000000000000 2026-01-01 -\na 000000000000 000000000000 2026-01-01 -\n",
            "not in order",
        ),
    ],
)
def test_validation_reads_the_files_of_records(tmp_path: Path, name: str, content: str, said: str) -> None:
    root = _kb(tmp_path)
    path = root / "translation-state" / name
    path.parent.mkdir(parents=True)
    path.write_text(content, encoding="utf-8")
    (problem,) = validate(root).problems
    assert (problem.file, problem.level, problem.rule) == (path.as_posix(), "error", "translation-state")
    assert said in problem.found.en


def test_recording_puts_a_file_in_order(tmp_path: Path) -> None:
    root = _kb(tmp_path)
    record_new(root, {KEY}, DAY)
    path = state_file(root, KEY)
    first, *lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join((first, *reversed(lines), "")), encoding="utf-8")
    assert validate(root).count("error") == 1
    assert record_new(root, {KEY}, LATER) == {KEY: 0}
    assert validate(root).problems == []
