"""Accepting a proposal: the entry, then its new pairs of texts, then the decision, then the inbox.

Each step is whole by itself and does nothing the second time, so that a run that was cut off at any moment is finished
by running it once more, and the knowledge base is valid in between.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kb.amending import amended, file_of
from kb.atomic import remove_left_overs, write_text
from kb.decisions import Decision, remember
from kb.files import EntryFile
from kb.problems import EvregError, Message, YamlProblem
from kb.proposals import Proposal, remove_proposal
from kb.rewriting import rewritten
from kb.saving import errors_after, refuse_errors
from kb.translations.approving import note_new
from kb.writing_lock import writing


def accept(root: Path, proposal: Proposal, today: date, by: str | None = None, wait: float = 0.0) -> Path:
    """Write what a proposal says and remember the decision.

    Args:
        root: The knowledge base.
        proposal: What to accept.
        today: Day of the decision.
        by: Who decided.
        wait: Seconds to wait for another writer.

    Returns:
        The entry's file.

    Raises:
        EvregError: when the entry has changed since, the result would not be valid, or another program is writing.
        OSError: when a file cannot be written; entry, decision and inbox are then each as before or done.
    """
    with writing(root, wait):
        file = file_of(root, proposal.entry)
        remove_left_overs(file.path)
        text = _text_after(file, proposal)
        if text is not None:
            refuse_errors(errors_after(root, {file: text}, today))
            if not file.path.is_file() or file.path.read_bytes() != text.encode("utf-8"):
                file.path.parent.mkdir(parents=True, exist_ok=True)
                write_text(file.path, text)
            note_new(root, [file], today)
        _settle(root, proposal, Decision(
            proposal=proposal.id, action="accept", on=today.isoformat(), source_hash=proposal.source_hash, by=by,
        ))  # fmt: skip
        return file.path


def reject(root: Path, proposal: Proposal, today: date, reason: str, by: str | None = None, wait: float = 0.0) -> None:
    """Remember why a proposal is not followed; it comes back only when its source states something else.

    Raises:
        EvregError: when another program is writing.
    """
    with writing(root, wait):
        _settle(root, proposal, Decision(
            proposal=proposal.id, action="reject", on=today.isoformat(), source_hash=proposal.source_hash,
            reason=reason, by=by,
        ))  # fmt: skip


def snooze(root: Path, proposal: Proposal, today: date, until: date, by: str | None = None, wait: float = 0.0) -> None:
    """Ask again on a day; the proposal stays in the inbox and is not shown until then.

    Raises:
        EvregError: when another program is writing.
    """
    with writing(root, wait):
        _remember(root, proposal, Decision(
            proposal=proposal.id, action="snooze", on=today.isoformat(), source_hash=proposal.source_hash,
            until=until.isoformat(), by=by,
        ))  # fmt: skip


def _text_after(file: EntryFile, proposal: Proposal) -> str | None:
    """The entry's file after the proposal; None when it asks for no change of the entry."""
    try:
        if proposal.draft is not None:
            text = rewritten(None, file, proposal.draft)
            if file.path.is_file() and file.path.read_text(encoding="utf-8") != text:
                raise _exists_already(file)
            return text
        if not proposal.changes:
            return None
        if not file.path.is_file():
            raise _no_entry(file)
        return amended(file.path.read_bytes(), file, proposal.changes)
    except YamlProblem as problem:
        where = f"{file.name}:{problem.line}:{problem.column}"
        raise EvregError(where, problem.found, problem.expected, problem.remedy) from None


def _settle(root: Path, proposal: Proposal, decision: Decision) -> None:
    _remember(root, proposal, decision)
    remove_proposal(root, proposal.id)


def _remember(root: Path, proposal: Proposal, decision: Decision) -> None:
    """Remember a decision for every source that proposes the same; for the one that holds the proposal last."""
    for other in proposal.also:
        remember(root, decision.model_copy(update={"proposal": other.id, "source_hash": other.source_hash}))
    remember(root, decision)


def _exists_already(file: EntryFile) -> EvregError:
    return EvregError(
        file.name,
        Message("There is an entry of this name already.", "同名のエントリーがすでにある。"),
        Message("A name that no entry has.", "未使用の名称でなければならない。"),
        Message("Compare the two and reject the proposal.", "両者を比べ、提案を却下する。"),
    )


def _no_entry(file: EntryFile) -> EvregError:
    return EvregError(
        file.name,
        Message("There is no such entry any more.", "該当するエントリーがない。"),
        Message("The entry that the proposal would change.", "提案の対象となるエントリーが必要である。"),
        Message("Reject the proposal.", "提案を却下する。"),
    )
