"""Proposals and observations for tests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kb.observed import facts_hash
from kb.proposals import Proposal, write_proposal
from tests.entries import minimal
from tests.samples import write_kb

TRIAL = "trials/t1"


def trial_kb(folder: Path, **changes: Any) -> Path:
    """A knowledge base with one trial, ``trials/t1``, and a comment in its file."""
    trial = minimal("trials") | {"id": "t1"} | changes
    root = write_kb(folder, trials=[trial])
    path = root / "entries" / "trials" / "t1.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("status: ", "# seen by the group\nstatus: ", 1), encoding="utf-8"
    )
    return root


def change(key: str = "t1-status", **changes: Any) -> Proposal:
    """A proposal that changes the status of the trial."""
    fields: dict[str, Any] = {
        "source": "register",
        "key": key,
        "kind": "change",
        "entry": TRIAL,
        "words": {"en": "The status changed.", "ja": "状況が変わった。"},
        "url": "https://example.org/t1",
        "confidence": "high",
        "changes": [
            {"field": "status", "old": "completed", "new": "terminated"},
            {"field": "status_as_of", "old": "2026-05", "new": "2026-06-30"},
        ],
        "source_hash": facts_hash({"status": "terminated"}),
        "found": "2026-07-01",
    }
    return Proposal.model_validate(fields | changes)


def new_trial(id_: str = "t2") -> Proposal:
    """A proposal of a whole new trial."""
    return change(
        f"new-{id_}", kind="new-entry", entry=f"trials/{id_}", changes=[], draft=minimal("trials") | {"id": id_}
    )


def in_inbox(root: Path, *proposals: Proposal) -> None:
    """Put proposals into the inbox."""
    for proposal in proposals:
        write_proposal(root, proposal)
