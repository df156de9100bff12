"""Proposals and decisions: comments kept, nothing invalid written, nothing lost however a run ends."""

from __future__ import annotations

import multiprocessing
import os
import random
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kb
from kb.accepting import accept, reject, snooze
from kb.decisions import is_settled, read_decisions
from kb.problems import EvregError
from kb.proposals import Change, Proposal, find_proposal, read_proposals, write_proposal
from kb.validation import validate
from kb.writing_lock import writing
from tests.kb.inbox_samples import change, in_inbox, new_trial, trial_kb

TODAY = date(2026, 7, 2)
ROOT = Path(__file__).parents[2]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return trial_kb(tmp_path)


def text_of(root: Path, id_: str = "t1") -> str:
    return (root / "entries" / "trials" / f"{id_}.yaml").read_text(encoding="utf-8")


# --- The inbox


@given(
    text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60),
    values=st.lists(st.none() | st.text(max_size=20) | st.integers() | st.booleans(), min_size=2, max_size=2),
)
def test_a_proposal_is_read_as_it_was_written(tmp_path_factory: pytest.TempPathFactory, text: str, values: Any) -> None:
    folder = tmp_path_factory.mktemp("inbox")
    made = change(words={"en": text, "ja": text}, changes=[{"field": "status", "old": values[0], "new": values[1]}])
    write_proposal(folder, made)
    assert read_proposals(folder) == {"register/t1-status": made}


def test_the_same_proposal_changes_nothing(root: Path) -> None:
    assert write_proposal(root, change())
    assert not write_proposal(root, change(found="2026-09-09"))
    assert find_proposal(root, "t1-status").found == "2026-07-01"


def test_a_draft_found_again_on_another_day_changes_nothing(root: Path) -> None:
    def draft(day: str) -> Proposal:
        data = new_trial().draft or {}
        sources = [{**data["sources"][0], "accessed": day}]  # type: ignore[index,dict-item]
        review = {"status": "draft", "verified": day}
        return new_trial().model_copy(update={"draft": {**data, "sources": sources, "review": review}, "found": day})

    assert write_proposal(root, draft("2026-07-01"))
    assert not write_proposal(root, draft("2026-07-02"))
    assert write_proposal(root, draft("2026-07-03").model_copy(update={"source_hash": "0" * 64}))


def test_a_key_cannot_lead_out_of_the_inbox() -> None:
    for key in ("../x", "a/b", "", "x" * 200, "A"):
        with pytest.raises(ValueError, match="key"):
            change(key)


def test_an_unknown_proposal_offers_the_near_miss(root: Path) -> None:
    in_inbox(root, change())
    with pytest.raises(EvregError) as told:
        find_proposal(root, "register/t1-statsu")
    assert "register/t1-status" in told.value.found.en


def test_a_key_of_two_sources_must_be_told_apart(root: Path) -> None:
    in_inbox(root, change(), change(source="other"))
    with pytest.raises(EvregError, match="Several sources"):
        find_proposal(root, "t1-status")
    assert find_proposal(root, "other/t1-status").source == "other"


# --- Accepting


def test_accepting_writes_the_entry_and_keeps_its_comment(root: Path) -> None:
    in_inbox(root, change())
    accept(root, change(), TODAY, "A. Reader")
    trial = kb.load(root).trials["t1"]
    assert (trial.status, trial.status_as_of) == ("terminated", "2026-06-30")
    assert "# seen by the group\nstatus: terminated" in text_of(root)
    assert read_proposals(root) == {}
    assert [(item.action, item.by) for item in read_decisions(root)] == [("accept", "A. Reader")]
    assert validate(root).count("error") == 0


def test_accepting_twice_is_accepting_once(root: Path) -> None:
    in_inbox(root, change())
    accept(root, change(), TODAY)
    before = text_of(root), read_decisions(root)
    accept(root, change(), TODAY)
    assert (text_of(root), read_decisions(root)) == before


def test_a_new_entry_is_written(root: Path) -> None:
    in_inbox(root, new_trial())
    assert accept(root, new_trial(), TODAY).name == "t2.yaml"
    assert "t2" in kb.load(root).trials


@pytest.mark.parametrize(
    "proposal",
    [
        change(changes=[{"field": "status", "old": "completed", "new": "dancing"}]),
        change(changes=[{"field": "status", "old": "recruiting", "new": "terminated"}]),
        change(changes=[{"field": "status.deep", "new": "x"}]),
        change(changes=[{"field": "nonsense", "new": "x"}]),
        change(changes=[{"field": "id", "old": "t1", "new": "t9"}]),
        change(entry="trials/gone"),
        new_trial("t1"),
        new_trial().model_copy(update={"draft": {"id": "t2"}}),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_is_written(root: Path, proposal: Any) -> None:
    in_inbox(root, proposal)
    files = {path: path.read_bytes() for path in root.rglob("*.yaml")}
    with pytest.raises(EvregError) as told:
        accept(root, proposal, TODAY)
    assert all((told.value.where, *told.value.found, *told.value.expected, *told.value.remedy))
    assert {path: path.read_bytes() for path in root.rglob("*.yaml")} == files


def test_two_proposals_may_add_to_one_list(root: Path) -> None:
    def adding(number: int, old: Any = None) -> Proposal:
        event = {"date": f"2026-0{number}-01", "kind": "meeting", "title": {"en": "A meeting.", "ja": "会議。"}}
        return change(f"event-{number}", changes=[{"field": "events", "old": old, "new": [*(old or []), event]}])

    for number in (1, 2, 2):  # the second was cut off before it was remembered
        in_inbox(root, adding(number))
        accept(root, adding(number), TODAY)
    assert [event.date for event in kb.load(root).trials["t1"].events] == ["2026-01-01", "2026-02-01"]
    lost = adding(3, [{"date": "2025"}]).model_copy(
        update={"changes": (Change(field="events", old=[{"x": 1}], new=[]),)}
    )
    with pytest.raises(EvregError):  # to take something away, the list must be the one that was seen
        accept(root, lost, TODAY)


def test_comments_of_values_that_go_stay_with_what_held_them(root: Path) -> None:
    path = root / "entries" / "trials" / "t1.yaml"
    path.write_text(text_of(root).replace("  cell: msc", "  # from the paper\n  cell: msc"), encoding="utf-8")
    proposal = change(
        changes=[{"field": "ev_source", "old": {"cell": "msc"}, "new": {"tissue": "adipose", "cell": "msc"}}]
    )
    accept(root, proposal, TODAY)
    assert "# from the paper" in text_of(root)


# --- Decisions


def test_a_rejected_proposal_comes_back_only_when_the_source_changed(root: Path) -> None:
    in_inbox(root, change())
    reject(root, change(), TODAY, "The registry was wrong.")
    decisions = read_decisions(root)
    assert read_proposals(root) == {}
    assert is_settled(change(), decisions, TODAY)
    assert not is_settled(change(source_hash="f" * 64), decisions, TODAY)


def test_a_snoozed_proposal_comes_back_on_its_day(root: Path) -> None:
    in_inbox(root, change())
    snooze(root, change(), TODAY, date(2026, 8, 1))
    decisions = read_decisions(root)
    assert "register/t1-status" in read_proposals(root)
    assert is_settled(change(), decisions, date(2026, 7, 31))
    assert not is_settled(change(), decisions, date(2026, 8, 1))


def test_the_last_decision_counts(root: Path) -> None:
    snooze(root, change(), TODAY, date(2026, 8, 1))
    reject(root, change(), TODAY, "No.")
    assert is_settled(change(), read_decisions(root), date(2026, 9, 1))


# --- One writer at a time, and sudden ends


def test_a_second_writer_is_told(root: Path) -> None:
    in_inbox(root, change())
    with writing(root):
        assert _inbox(root, "accept", "t1-status").wait(60) == 1
    assert kb.load(root).trials["t1"].status == "completed"
    with writing(root), pytest.raises(EvregError, match="Another program"):
        accept(root, change(), TODAY)


def test_two_programs_that_wait_lose_nothing(root: Path) -> None:
    proposals = [change(), change("t1-phase", changes=[{"field": "phase", "old": "1", "new": "2"}])]
    in_inbox(root, *proposals)
    runs = [_inbox(root, "accept", proposal.id, "--wait", "30") for proposal in proposals]
    assert [run.wait(60) for run in runs] == [0, 0]
    trial = kb.load(root).trials["t1"]
    assert (trial.status, trial.phase) == ("terminated", "2")
    assert len(read_decisions(root)) == 2


@pytest.mark.skipif(os.name == "nt", reason="there is no kill -9")
def test_killed_at_any_moment_the_knowledge_base_is_whole(root: Path) -> None:
    moments = random.Random(7)
    started = time.perf_counter()
    accept(root, new_trial("k0"), TODAY)
    usual = time.perf_counter() - started
    cut_off = 0
    for number in range(1, 31):
        proposal = new_trial(f"k{number}")
        in_inbox(root, proposal)
        run = multiprocessing.get_context("fork").Process(target=accept, args=(root, proposal, TODAY))
        run.start()
        time.sleep(moments.uniform(0.0, 1.2) * usual)
        run.kill()
        run.join()
        assert validate(root).count("error") == 0
        if proposal.id in read_proposals(root):
            cut_off += 1
            accept(root, proposal, TODAY)
        assert f"k{number}" in kb.load(root).trials
        assert proposal.id in {item.proposal for item in read_decisions(root)}
        assert proposal.id not in read_proposals(root)
        assert list((root / "entries").rglob("*.tmp")) == []
    assert cut_off  # otherwise nothing was tried


def _inbox(root: Path, *arguments: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "evreg", "inbox", *arguments, "--kb", str(root)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
