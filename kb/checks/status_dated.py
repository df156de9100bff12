"""A known trial status says of which day it is."""

from __future__ import annotations

from collections.abc import Iterator

from kb.checks.rule import Context, EntryRule, Subject
from kb.models.trials import Trial
from kb.problems import Finding, Message


def _check(subject: Subject, _context: Context) -> Iterator[Finding]:
    trial = subject.entry
    if isinstance(trial, Trial) and trial.status != "unknown" and trial.status_as_of is None:
        yield Finding(
            ("status",),
            Message(
                f"The status «{trial.status}» has no date.", f"状況「{trial.status}」がいつ時点のものか示されていない。"
            ),
            Message("«status_as_of» gives the day of the status.", "「status_as_of」に状況の時点を記す。"),
            Message("Look up the day in the registry's record.", "登録機関の記録で時点を確かめる。"),
        )


RULE = EntryRule(
    name="status-dated",
    level="info",
    description=Message("Trial statuses are dated.", "臨床試験の状況に時点が付されていること。"),
    check=_check,
    collections=("trials",),
)
