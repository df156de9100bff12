"""The id of an entry is its file name."""

from __future__ import annotations

from collections.abc import Iterator

from kb.checks.rule import Context, EntryRule, Subject
from kb.problems import Finding, Message, shorten


def _check(subject: Subject, _context: Context) -> Iterator[Finding]:
    if subject.entry.id != subject.file.stem:
        yield Finding(
            ("id",),
            Message(
                f"The id is «{shorten(subject.entry.id)}», the file «{subject.file.stem}.yaml».",
                f"IDは「{shorten(subject.entry.id)}」、ファイル名は「{subject.file.stem}.yaml」である。",
            ),
            Message("Both are the same.", "両者は一致しなければならない。"),
            Message(
                f"Rename the file to «{subject.entry.id}.yaml» or write «id: {subject.file.stem}».",
                f"ファイル名を「{subject.entry.id}.yaml」にするか、「id: {subject.file.stem}」と書く。",
            ),
        )


RULE = EntryRule(
    name="id-is-file-name",
    level="error",
    description=Message("The id equals the file name.", "IDとファイル名が一致すること。"),
    check=_check,
)
