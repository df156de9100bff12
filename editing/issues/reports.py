"""What corrections, translations and wordings have in common: an entry that they are about, and a proposal."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

from editing.issues.cleaning import one_line
from editing.issues.issue import Issue
from editing.issues.reading import Answers
from kb.files import EntryFile, entry_files
from kb.models.base import Localized
from kb.problems import EvregError, Message, YamlProblem, near_miss, shorten
from kb.proposals import Change, Kind, Proposal
from kb.yaml12 import read_yaml

SOURCE: Final = "issues"
_BY_A_READER = Localized(
    en="A reader's report; the program has not opened any source.",
    ja="読者からの報告であり、プログラムは資料を確認していない。",
)


class Report(NamedTuple):
    """What an answered form is about."""

    root: Path
    issue: Issue
    answers: Answers
    file: EntryFile
    data: dict[str, Any]
    today: date


def report_on(root: Path, answers: Answers, issue: Issue, today: date, named: str | None = None) -> Report:
    """The report with the entry that it is about.

    Args:
        root: The knowledge base.
        answers: The form.
        issue: Where it was filled in.
        today: The day that counts as present.
        named: The entry; what stands under «Entry» by default.

    Raises:
        EvregError: when there is no such entry, or it cannot be read.
    """
    file = entry_named(root, named or one_line(answers.given["entry"]), issue.name)
    try:
        data = read_yaml(file.path)
    except YamlProblem as problem:
        where = f"{file.name}:{problem.line}:{problem.column}"
        raise EvregError(where, problem.found, problem.expected, problem.remedy) from None
    return Report(root, issue, answers, file, data, today)


def proposed(report: Report, kind: Kind, changes: tuple[Change, ...], words: Localized) -> Proposal:
    """A proposal of a reader; how sure it is can only be low."""
    return Proposal(
        source=SOURCE,
        key=f"issue-{report.issue.number}",
        kind=kind,
        entry=f"{report.file.collection}/{report.file.stem}",
        words=words,
        url=report.issue.address or f"issue {report.issue.name}",
        confidence="low",
        reasons=(_BY_A_READER,),
        changes=changes,
        source_hash=sha256(report.issue.body.encode("utf-8", "replace")).hexdigest(),
        found=report.today.isoformat(),
    )


def entry_named(root: Path, text: str, name: str) -> EntryFile:
    """The entry that a reporter means: an id, collection and id, or the address of its page.

    Raises:
        EvregError: when there is none; offers the near miss.
    """
    parts = [part for part in _path(text).split("/") if part]
    id_, collection = (parts[-1] if parts else ""), (parts[-2] if len(parts) > 1 else None)
    files = list(entry_files(root))
    for file in files:
        if file.stem == id_ and collection in (None, file.collection):
            return file
    near = near_miss(id_, [file.stem for file in files])
    raise EvregError(
        name,
        Message(
            f"There is no entry «{shorten(text)}».{near.en}", f"「{shorten(text)}」というエントリーはない。{near.ja}"
        ),
        Message(
            "The id of an entry, such as «guidelines/jp-asrm-2013», or the address of its page.",
            "エントリーのID(「guidelines/jp-asrm-2013」など)、又はページのアドレスを記す。",
        ),
        Message("Edit the issue and copy the address of the page.", "issueを編集し、ページのアドレスを写す。"),
    )


def _path(text: str) -> str:
    try:
        return urlsplit(text).path if "://" in text else text
    except ValueError:
        return text
