"""High confidence rests on a source that somebody has read."""

from __future__ import annotations

from collections.abc import Iterator

from kb.checks.rule import Context, EntryRule, Subject
from kb.problems import Finding, Message


def _check(subject: Subject, _context: Context) -> Iterator[Finding]:
    entry = subject.entry
    if entry.confidence == "high" and all(source.read == "not-read" for source in entry.sources):
        yield Finding(
            ("confidence",),
            Message(
                "Confidence is «high», but no source was read.", "確からしさは「high」であるが、読まれた資料がない。"
            ),
            Message(
                "«high» only with a source whose page or excerpt was read.",
                "「high」とするには、全文又は抜粋を読んだ資料が必要である。",
            ),
            Message(
                "Read a source and note it under «read», or lower the confidence.",
                "資料を読んで「read」に記すか、確からしさを下げる。",
            ),
        )


RULE = EntryRule(
    name="confidence-needs-reading",
    level="error",
    description=Message("High confidence needs a source that was read.", "「high」には読まれた資料が必要であること。"),
    check=_check,
)
