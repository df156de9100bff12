"""What people decided about proposals: ``kb/inbox/decisions.yaml``, remembered so that nothing is asked twice."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Final, Literal

from kb.atomic import remove_left_overs, write_text
from kb.canonical import dump
from kb.models.base import Model, PartialDate, Text, described
from kb.proposals import FOLDER, Proposal
from kb.record_files import plain, read_record

#: Below the knowledge base.
FILE: Final = f"{FOLDER}/decisions.yaml"
_HEADING = "# What was decided about proposals; written by «evreg inbox».\n"
Action = Literal["accept", "reject", "snooze"]


class Decision(Model):
    """One decision."""

    proposal: Text = described("Source and key of the proposal.", "提案のID。")
    action: Action = described("accept, reject or snooze.", "採用・却下・保留の別。")
    on: PartialDate = described("Day of the decision.", "決定日。")
    source_hash: Text = described("What the source stated then.", "決定時の情報源の内容のハッシュ値。")
    reason: Text | None = described("Why it was rejected.", "却下の理由。", None)
    until: PartialDate | None = described("Day on which it is asked again.", "再び提示する日。", None)
    by: Text | None = described("Who decided.", "決定者。", None)


class Decisions(Model):
    """The file."""

    decisions: tuple[Decision, ...] = ()


def read_decisions(root: Path) -> tuple[Decision, ...]:
    """All decisions in the order in which they were made.

    Raises:
        EvregError: when the file cannot be read.
    """
    path = root / FILE
    return read_record(path, Decisions).decisions if path.is_file() else ()


def remember(root: Path, decision: Decision) -> None:
    """Add a decision; the same one twice is one. Call it while holding the lock for writing.

    Raises:
        EvregError: when the file that is there cannot be read.
        OSError: when it cannot be written; the old file is then untouched.
    """
    known = read_decisions(root)
    if decision in known:
        return
    path = root / FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    remove_left_overs(path)
    text = _HEADING + dump({"decisions": [plain(item) for item in (*known, decision)]})
    write_text(path, text)


def is_settled(proposal: Proposal, decisions: Iterable[Decision], today: date) -> bool:
    """True when a proposal was decided and must not be shown.

    A rejected or accepted proposal comes back when its source states something else than it did then, a snoozed one
    on its day.
    """
    last = next((item for item in reversed(tuple(decisions)) if item.proposal == proposal.id), None)
    if last is None:
        return False
    if last.action == "snooze":
        return last.until is not None and today.isoformat() < last.until
    return last.source_hash == proposal.source_hash
