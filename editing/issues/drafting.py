"""One issue after another: each becomes a draft, a proposal or an explained refusal, and never holds up the next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

from editing.issues.advertisements import wording
from editing.issues.amendments import AMENDMENTS
from editing.issues.cleaning import reaches_somebody
from editing.issues.entries import DRAFTS
from editing.issues.forms import Form, read_forms
from editing.issues.issue import Issue
from editing.issues.reading import Answers, read_answers
from kb.files import EntryFile, entry_files
from kb.problems import EvregError, Message, Problem
from kb.proposals import Proposal, proposal_file, write_proposal
from kb.rewriting import rewritten
from kb.saving import problems_after, save
from kb.vocabulary import vocabularies_of
from kb.writing_lock import writing

#: Answers that are addresses by their nature.
_ADDRESSES: Final = frozenset(("url", "entry", "document_number", "number"))


class Outcome(NamedTuple):
    """What became of one issue."""

    #: What the issue is called; ``[2]`` for a record without number.
    name: str
    number: int | None = None
    form: Form | None = None
    #: Collection and id of the new entry, or of the one that a proposal is about.
    entry: str | None = None
    #: Id of the proposal; None for a new entry.
    proposal: str | None = None
    #: The file that was written.
    path: Path | None = None
    #: Warnings about a new entry, which an editor should see.
    warnings: tuple[Problem, ...] = ()
    error: EvregError | None = None


def draft_issues(
    root: Path, issues: Sequence[Issue | EvregError], today: date, dry_run: bool = False, wait: float = 0.0
) -> list[Outcome]:
    """What becomes of each issue.

    Args:
        root: The knowledge base.
        issues: What :func:`editing.issues.issue.read_issues` found.
        today: The day that counts as present.
        dry_run: True to write nothing.
        wait: Seconds to wait for another writer.

    Raises:
        OSError: when a file cannot be written.
    """
    forms = read_forms(vocabularies_of(root))
    return [_outcome(root, issue, forms, today, dry_run, wait) for issue in issues]


def _outcome(
    root: Path, issue: Issue | EvregError, forms: Mapping[str, Form], today: date, dry_run: bool, wait: float
) -> Outcome:
    if isinstance(issue, EvregError):
        number = issue.where.removeprefix("#")
        return Outcome(issue.where, int(number) if number.isdecimal() else None, error=issue)
    try:
        answers = read_answers(issue.body, forms, issue.name)
        _refuse_contacts(answers, issue)
        if answers.form.id in DRAFTS:
            return _drafted(root, answers, issue, today, dry_run, wait)
        make = AMENDMENTS.get(answers.form.id, wording)
        return _proposed(root, make(root, answers, issue, today), answers, issue, dry_run, wait)
    except EvregError as error:
        return Outcome(issue.name, issue.number, error=error)


def _drafted(root: Path, answers: Answers, issue: Issue, today: date, dry_run: bool, wait: float) -> Outcome:
    collection, make = DRAFTS[answers.form.id]
    draft = make(answers, issue, issue.opened or today.isoformat())
    key = f"{collection}/{draft['id']}"
    path = root / "entries" / collection / f"{draft['id']}.yaml"
    if any(file.stem == draft["id"] for file in entry_files(root)):
        raise _exists(issue, key)
    file = EntryFile(path, collection, path.as_posix(), 0)
    text = rewritten(None, file, draft)
    problems = problems_after(root, {file: text}, today)
    if errors := [problem for problem in problems if problem.level == "error"]:
        first = errors[0]
        raise EvregError(f"{issue.name} ({first.field})", first.found, first.expected, first.remedy)
    if not dry_run:
        save(root, {file: text}, {file: None}, today, wait)
    warnings = tuple(problem for problem in problems if problem.level == "warning")
    return Outcome(issue.name, issue.number, answers.form, key, None, path, warnings)


def _proposed(root: Path, proposal: Proposal, answers: Answers, issue: Issue, dry_run: bool, wait: float) -> Outcome:
    if not dry_run:
        with writing(root, wait):
            write_proposal(root, proposal)
    path = proposal_file(root, proposal.id)
    return Outcome(issue.name, issue.number, answers.form, proposal.entry, proposal.id, path)


def _refuse_contacts(answers: Answers, issue: Issue) -> None:
    """Nothing by which somebody can be reached comes into the knowledge base; what it was is not repeated."""
    for field in answers.form.fields:
        text = answers.get(field.id)
        if text and not field.options and field.id not in _ADDRESSES and (what := reaches_somebody(text)):
            raise EvregError(
                issue.name,
                Message(
                    f"The answer under «{field.heading}» holds {what.en}.",
                    f"「{field.heading}」の回答に{what.ja}が含まれている。",
                ),
                Message(
                    "No clinic, firm or person that can be reached: reports are public.",
                    "投稿は公開されるため、医療機関・企業・個人の連絡先を含まないこと。",
                ),
                Message(
                    "Edit the issue and remove it; an editor can be told in private.",
                    "issueを編集して削除する。必要な場合は編集者に非公開で知らせる。",
                ),
            )


def _exists(issue: Issue, key: str) -> EvregError:
    return EvregError(
        issue.name,
        Message(f"There is an entry of this name already: {key}.", f"同名のエントリー({key})がすでにある。"),
        Message("Something that EVReg does not have yet.", "未収載のものであること。"),
        Message("Use the form «Correction» for that entry.", "そのエントリーについては「訂正」フォームを使う。"),
    )
