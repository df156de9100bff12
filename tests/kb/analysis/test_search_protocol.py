"""What was searched, found and decided."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kb.analysis.search_protocol import left_out, not_listed, search_protocol
from kb.decisions import Action, Decision, remember
from kb.problems import EvregError
from kb.searches import Excluded, Search, write_search
from kb.validation import validate
from tests.kb.inbox_samples import change, in_inbox, trial_kb


def search(source: str = "register", key: str = "words", **changes: Any) -> Search:
    fields = {"source": source, "key": key, "query": "exosome", "on": "2026-07-01", "hits": 0} | changes
    return Search.model_validate(fields)


def excluded(id_: str, reason: str) -> Excluded:
    return Excluded.model_validate({"id": id_, "reason": {"en": reason, "ja": reason}})


def decided(root: Path, key: str, action: Action, **changes: Any) -> None:
    until = "2027-01-01" if action == "snooze" else None
    fields = {"proposal": f"register/{key}", "action": action, "on": "2026-07-02", "source_hash": "x", "until": until}
    remember(root, Decision.model_validate(fields | changes))


def test_nothing_kept(tmp_path: Path) -> None:
    assert search_protocol(tmp_path, ["register"]) == ()


def test_sources_stand_in_the_order_of_the_register(tmp_path: Path) -> None:
    for name in ("z", "a", "register", "b"):
        write_search(tmp_path, search(name))
    assert [item.source for item in search_protocol(tmp_path, ["register", "z", "never-asked"])] == [
        "register", "z", "a", "b",
    ]  # fmt: skip


def test_the_last_decision_about_a_proposal_counts(tmp_path: Path) -> None:
    root = trial_kb(tmp_path)
    in_inbox(root, change("waiting"), change("put-off"), change("asked-again"))
    decided(root, "put-off", "snooze")
    decided(root, "taken", "snooze")
    decided(root, "taken", "accept")
    decided(root, "left", "reject", reason="Cells only.")
    decided(root, "asked-again", "reject")
    (found,) = search_protocol(root)
    assert (found.accepted, found.put_off, found.waiting) == (1, 1, 2)
    assert [(item.proposal, item.reason) for item in found.rejected] == [
        ("register/left", "Cells only."),
        ("register/asked-again", None),
    ]


def test_reasons_are_grouped_the_most_frequent_first() -> None:
    kept = search(
        hits=9, known=["k"], excluded=[excluded("1", "noise"), excluded("2", "measured"), excluded("3", "measured")]
    )
    assert [(item.reason.en, item.ids) for item in left_out(kept)] == [("measured", ("2", "3")), ("noise", ("1",))]
    assert not_listed(kept) == 5
    assert not_listed(kept.model_copy(update={"hits": 2})) == 0


def test_a_search_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    root = trial_kb(tmp_path)
    write_search(root, search(hits=2))
    assert not [item for item in validate(root).problems if item.rule == "scraped-file"]
    file = root / "searches" / "register" / "words.yaml"
    file.write_text(file.read_text("utf-8").replace("hits: 2", "hits: many"), "utf-8")
    (problem,) = [item for item in validate(root).problems if item.rule == "scraped-file"]
    assert (problem.field, problem.level) == ("hits", "error")
    with pytest.raises(EvregError, match=r"words\.yaml"):
        search_protocol(root)
